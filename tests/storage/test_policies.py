"""The least rights of each key, held by a real server that knows policies."""

from collections.abc import Callable

import pytest

from lichtbrief.errors import LichtbriefError
from lichtbrief.storage import POLICIES, S3Store
from lichtbrief.storage.policies import Policy, closed_policy, lets_everybody, statements
from lichtbrief.storage.refusals import DENIED
from tests.stores import Guarded

pytestmark = pytest.mark.xdist_group("guarded")

PLAIN = "application/octet-stream"
EVERYBODY: Policy = {
    "Version": "2012-10-17",
    "Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "x"},
}
OURS = {"Sid": "Own", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::1:root"}}


def may(call: Callable[[], object]) -> bool:
    """Whether the store lets it through; it may fail for want of rights alone."""
    try:
        call()
    except LichtbriefError as error:
        if (error.message, error.hint) != DENIED:
            raise
        return False
    return True


def rights(store: S3Store, name: str) -> dict[str, bool]:
    """What a key may do with one object, which is there before and after."""
    return {
        "get": may(lambda: store.get(name)),
        "list": may(lambda: store.list(f"{name.partition('/')[0]}/")),
        "put": may(lambda: store.put(name, b"again", content_type=PLAIN)),
        "delete": may(lambda: store.delete(f"{name}-other")),
    }


@pytest.fixture
def filled(guarded: Guarded) -> Guarded:
    folders = "editions letters log ledger filed marks surveys notes"
    for name in (f"{folder}/x" for folder in folders.split()):
        guarded.store("publisher").put(name, b"sealed", content_type=PLAIN)
    return guarded


def test_the_publisher_may_do_all_within_the_prefix_and_nothing_beside_it(filled: Guarded) -> None:
    inside, beside = filled.store("publisher"), filled.store("publisher", prefix="")
    assert dict.fromkeys(("get", "list", "put", "delete"), True) == rights(inside, "editions/x")
    assert dict.fromkeys(("get", "list", "put", "delete"), False) == rights(beside, "other/x")
    assert not may(beside.list)


@pytest.mark.parametrize(("name", "reads"), [("editions/x", True), ("log/x", False)])
def test_the_signer_may_read_what_links_show_and_that_is_all(
    filled: Guarded, name: str, *, reads: bool
) -> None:
    expected = {"get": reads, "list": False, "put": False, "delete": False}
    assert expected == rights(filled.store("signer"), name)


@pytest.mark.parametrize(("name", "reads"), [("ledger/x", True), ("letters/x", False)])
def test_the_office_may_read_records_and_no_letter(
    filled: Guarded, name: str, *, reads: bool
) -> None:
    expected = {"get": reads, "list": reads, "put": False, "delete": False}
    assert expected == rights(filled.store("office"), name)


@pytest.mark.parametrize(
    ("name", "looks", "puts"),
    [
        ("filed/x", True, False),
        ("surveys/x", True, False),
        ("marks/x", True, True),
        ("notes/x", False, False),
    ],
)
def test_who_reads_replies_may_mark_them_and_change_none(
    filled: Guarded, name: str, *, looks: bool, puts: bool
) -> None:
    expected = {"get": looks, "list": looks, "put": puts, "delete": False}
    assert expected == rights(filled.store("inbox"), name)


@pytest.mark.parametrize(("name", "puts"), [("notes/x", True), ("marks/x", False)])
def test_who_writes_to_parents_sees_nothing(filled: Guarded, name: str, *, puts: bool) -> None:
    expected = {"get": False, "list": False, "put": puts, "delete": False}
    assert expected == rights(filled.store("notes"), name)


@pytest.mark.parametrize("who", POLICIES)
def test_nobody_may_open_the_bucket(guarded: Guarded, who: str) -> None:
    client = guarded.store(who).client
    for verb in ("put_bucket_policy", "put_bucket_acl", "put_bucket_versioning"):
        assert f"s3:{verb}" not in str(POLICIES[who]("school", ""))
    with pytest.raises(client.exceptions.ClientError, match="AccessDenied"):
        client.put_bucket_acl(Bucket=guarded.server.bucket, ACL="public-read")


def test_without_a_prefix_the_policies_are_about_the_whole_bucket() -> None:
    listing, objects = POLICIES["publisher"]("school", "")["Statement"]
    assert "Condition" not in listing
    assert ["arn:aws:s3:::school/*"] == objects["Resource"]


def test_what_lets_everybody_in_goes_and_the_rest_stays() -> None:
    found = {"Version": "2012-10-17", "Statement": [OURS, *statements(EVERYBODY)]}
    closed = closed_policy(found, "school")
    assert [OURS] == closed["Statement"][:-1]
    assert "aws:SecureTransport" in str(closed["Statement"][-1])
    assert closed == closed_policy(closed, "school")


@pytest.mark.parametrize("principal", ["*", {"AWS": "*"}, {"AWS": ["arn:aws:iam::1:root", "*"]}])
def test_everybody_has_many_spellings(principal: object) -> None:
    assert lets_everybody({"Effect": "Allow", "Principal": principal})


@pytest.mark.parametrize(
    "principal", [None, {"AWS": "arn:aws:iam::1:root"}, {"Service": "cloudfront.amazonaws.com"}]
)
def test_somebody_is_not_everybody(principal: object) -> None:
    assert not lets_everybody({"Effect": "Allow", "Principal": principal})
