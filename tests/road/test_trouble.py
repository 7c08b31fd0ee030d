"""Whatever is wrong is said in words before anything is put into the store or sent."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from subprocess import CompletedProcess

import pytest

from tests.road.roads import Road
from tests.school import WEEK


def said(result: CompletedProcess[str]) -> str:
    """What a command that failed said; it did so in words, and only in words."""
    lines = result.stderr.splitlines()
    assert 1 == result.returncode
    assert "" == result.stdout
    assert lines
    assert all(line.startswith(("error: ", "hint: ")) for line in lines), lines
    assert lines[-1].startswith("hint: ")
    return result.stderr


@contextmanager
def nothing_done(road: Road) -> Iterator[None]:
    """Whatever happens in here leaves store, ledger and mailboxes as they were."""
    store, _, mails = road.written()
    yield
    assert (store, mails) == (road.objects(), road.written()[2])


@contextmanager
def deaf_port() -> Iterator[int]:
    """A port of this machine at which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


WRONG: Mapping[str, tuple[dict[str, str], str]] = {
    "the store is down": (
        {"LICHTBRIEF_S3_ENDPOINT": "http://127.0.0.1:{deaf}"},
        "the store cannot be reached",
    ),
    "the store's key is unknown": (
        {"AWS_ACCESS_KEY_ID": "0" * 20},
        "the store does not know these credentials",
    ),
    "the store's secret is wrong": (
        {"AWS_SECRET_ACCESS_KEY": "0" * 40},
        "the store does not know these credentials",
    ),
    "the store's key may only read": (
        {"AWS_ACCESS_KEY_ID": "{signer}", "AWS_SECRET_ACCESS_KEY": "{signer secret}"},
        "the store refused access (403)",
    ),
    "there is no such bucket": (
        {"LICHTBRIEF_STORE": "s3://nowhere-at-all"},
        "the store refused access (403)",
    ),
    "half of the signer's key is missing": (
        {"LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY": ""},
        "the signer's access key is half there",
    ),
    "the signer's key is temporary": (
        {"LICHTBRIEF_SIGNER_SESSION_TOKEN": "from-a-login-this-morning"},
        "the signer's credentials are temporary",
    ),
    "the key ring is damaged": (
        {"LICHTBRIEF_KEYS": "not a ring"},
        "the environment's key ring",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_nothing_is_done_and_all_is_said_when(what: str, sent: Road) -> None:
    changes, words = WRONG[what]
    own = sent.school.environment
    with deaf_port() as deaf, nothing_done(sent):
        known = {
            "{deaf}": str(deaf),
            "{signer}": own["LICHTBRIEF_SIGNER_ACCESS_KEY_ID"],
            "{signer secret}": own["LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY"],
        }
        for mark, value in known.items():
            changes = {name: text.replace(mark, value) for name, text in changes.items()}
        text = said(sent.weekly(**changes))
    assert words in text
    assert not [secret for secret in own.values() if len(secret) > 30 and secret in text]


def test_a_signer_that_may_not_read_stops_the_week_before_the_first_mail(road: Road) -> None:
    stranger = {"LICHTBRIEF_SIGNER_ACCESS_KEY_ID": "0" * 20}
    assert "does not open with its link (answer 403)" in said(road.weekly(**stranger))
    assert {} == road.mails()
    assert {"sent": 4} == road.done()["mails"]


def test_a_secret_that_was_mistyped_after_the_upload_mails_nobody_a_dead_link(road: Road) -> None:
    with deaf_port() as deaf:
        road.weekly(LICHTBRIEF_MAIL=f"smtp://127.0.0.1:{deaf}")
    result = road.weekly(LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY="0" * 40)
    assert (1, {}) == (result.returncode, road.mails())
    assert "a link that is signed now does not open its letter; nobody was mailed" in result.stderr
    assert {"sent": 4} == road.done()["mails"]


def test_a_relay_that_is_down_mails_nobody_and_holds_nothing_else_back(road: Road) -> None:
    with deaf_port() as deaf:
        result = road.weekly(LICHTBRIEF_MAIL=f"smtp://127.0.0.1:{deaf}")
    assert (1, 7, {}) == (result.returncode, len(road.objects()), road.mails())
    assert "error: the mail relay does not answer" in result.stderr
    assert "Objects uploaded" in result.stdout
    done = road.done()
    assert (0, {"sent": 4}) == (done["uploaded"], done["mails"])


def no_keys(road: Road) -> None:
    """Take the key ring away."""
    (road.school.folder / ".lichtbrief/keys.json").unlink()


def long_links(road: Road) -> None:
    """Ask for links that outlive the seven days that a store allows."""
    road.school.settings(LICHTBRIEF_LINK_DAYS=8)


def two_broken_posts(road: Road) -> None:
    """One post by somebody who may not post there, and one of an unknown kind."""
    road.school.post("groep-3/2026-11-19-rekenen", "meester-tom", "Sommen.\n")
    road.school.post("groep-5/2026-11-20-feest", "meester-tom", "Hoera.\n", head="Kind: party")


def two_broken_rows(road: Road) -> None:
    """A guardian of a pupil who does not exist, and a date that is none."""
    road.school.add("school/relations.csv", "g4,nobody-x,yes,yes,2020-01-01,\n")
    road.school.add("school/memberships.csv", "finn-h,groep-3,2026-13-01,\n")


BROKEN: Mapping[str, tuple[Callable[[Road], None], tuple[str, ...]]] = {
    "there are no keys": (no_keys, ("lichtbrief keys make",)),
    "links are to last eight days": (long_links, ("LICHTBRIEF_LINK_DAYS", "up to 7")),
    "posts are broken": (
        two_broken_posts,
        ("2026-11-19-rekenen/post.md", "meester-tom", "2026-11-20-feest/post.md", "party"),
    ),
    "the roster is broken": (
        two_broken_rows,
        ("relations.csv:10", "nobody-x", "memberships.csv:8", "2026-13-01"),
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_before_the_first_run_nothing_is_done_and_every_problem_is_listed_when(
    what: str, road: Road
) -> None:
    spoil, expected = BROKEN[what]
    spoil(road)
    with nothing_done(road):
        text = said(road.weekly())
    assert [] == [words for words in expected if words not in text]


def test_only_debug_shows_where_an_error_came_from(sent: Road) -> None:
    with deaf_port() as deaf, nothing_done(sent):
        store = {"LICHTBRIEF_S3_ENDPOINT": f"http://127.0.0.1:{deaf}"}
        assert "Traceback" not in sent.weekly(**store).stderr
        assert "Traceback" in sent.weekly("--debug", **store).stderr


def test_two_runs_at_once_are_one_run_and_one_refusal(road: Road) -> None:
    results = [road.school.start("weekly") for _ in range(2)]
    codes = sorted(process.wait() for process in results)
    assert codes in ([0, 0], [0, 1])
    assert {"g1": 1, "g2": 1, "g3": 1, "g4": 1} == {w: len(m) for w, m in road.mails().items()}
    assert (WEEK, {"sent": 4}) == tuple(road.done()[what] for what in ("week", "mails"))
