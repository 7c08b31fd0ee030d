"""The whole examination of a school's store and mail, and what is said about each trouble."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lichtbrief.cli.main import make_parser
from lichtbrief.delivery import Catcher, Security, mails_by_recipient
from lichtbrief.errors import LichtbriefError
from lichtbrief.findings import Finding, Verdict
from lichtbrief.jobs.office import canary
from lichtbrief.jobs.office.doctor import Doctor
from lichtbrief.jobs.runs.demo import link_in
from lichtbrief.settings import read_settings
from tests.delivery.relays import LOOPBACK_NAME, OTHER_NAME, Manners, relay, self_signed
from tests.jobs.given import site_of
from tests.road.roads import open_letter
from tests.school import SmallSchool
from tests.storage.test_probing import opened
from tests.stores import Guarded

pytestmark = pytest.mark.xdist_group("guarded")

Examine = Callable[..., dict[str, Finding]]
SENDER = "weekbrief@dijk.example"


@pytest.fixture
def examine(guarded: Guarded, school: SmallSchool, monkeypatch: pytest.MonkeyPatch) -> Examine:
    """Examines the school with these settings over its own; what is found, by what was checked."""
    names = ("LICHTBRIEF_STORE", "LICHTBRIEF_S3_ENDPOINT")
    settings = {name: guarded.environment()[name] for name in names}
    for name, value in guarded.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(canary, "LOOKS", 2)
    monkeypatch.setattr(canary, "PAUSE", 0.01)

    def run(to: str | None = None, **more: object) -> dict[str, Finding]:
        own = {"LICHTBRIEF_MOMENT": None, "LICHTBRIEF_OFFICE": "kantoor@dijk.example"}
        read = read_settings(site_of(school, **(own | settings | more)))
        return {finding.what: finding for finding in Doctor(read, to).findings()}

    return run


def test_a_school_that_takes_answers_has_its_forms_tried(
    examine: Examine, guarded: Guarded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    access, secret = guarded.key("local-replies")
    monkeypatch.setenv("LICHTBRIEF_REPLIES_ACCESS_KEY_ID", access)
    monkeypatch.setenv("LICHTBRIEF_REPLIES_SECRET_ACCESS_KEY", secret)
    with caught(tmp_path) as settings:
        found = examine(**settings, LICHTBRIEF_REPLIES="post")
    assert set() == failures(found)
    assert "a letter's answer gets into the store" == found["Answering"].words


@contextmanager
def caught(folder: Path) -> Iterator[dict[str, str]]:
    """A mail relay on this machine, and the settings that name it and its mailbox."""
    with Catcher(folder / "mail") as catcher:
        yield {"LICHTBRIEF_MAIL": catcher.address, "LICHTBRIEF_MAILBOX": f"maildir:{folder}/mail"}


def failures(found: dict[str, Finding]) -> set[str]:
    return {what for what, one in found.items() if one.verdict is Verdict.FAILED}


def test_everything_is_good_and_nothing_is_left_of_it(
    examine: Examine, guarded: Guarded, tmp_path: Path
) -> None:
    with caught(tmp_path) as settings:
        found = examine(**settings)
    assert set() == failures(found)
    assert "arrived, and its link is the same byte for byte" == found["Canary mail"].words
    assert ["Sender", "Mail relay", "Office", "Canary mail"] == list(found)[-4:]
    assert {} == mails_by_recipient(tmp_path / "mail")
    assert {} == guarded.store("publisher").list("doctor/")


def test_where_there_is_no_mailbox_a_person_is_told_what_they_must_see(
    examine: Examine, tmp_path: Path
) -> None:
    with caught(tmp_path) as settings:
        found = examine("els@dijk.example", LICHTBRIEF_MAIL=settings["LICHTBRIEF_MAIL"])
    line = found["Canary mail"]
    (mail,) = mails_by_recipient(tmp_path / "mail")["els@dijk.example"]
    letter = open_letter(link_in(mail))
    assert Verdict.WARNING is line.verdict
    assert f"an empty letter for “{letter.about['reader']}”" in line.todo
    assert [] == letter.about["editions"]


def test_a_mail_that_never_comes_is_waited_for_a_while(examine: Examine, tmp_path: Path) -> None:
    other = tmp_path / "other/new"
    other.mkdir(parents=True)
    with caught(tmp_path) as settings:
        found = examine(**settings | {"LICHTBRIEF_MAILBOX": f"maildir:{other.parent}"})
    assert Verdict.WARNING is found["Canary mail"].verdict
    assert "did not arrive" in found["Canary mail"].words


@pytest.mark.parametrize("name", [LOOPBACK_NAME, OTHER_NAME], ids=["self-signed", "another name"])
def test_a_wrong_certificate_of_the_relay_is_found_and_explained(
    examine: Examine, tmp_path: Path, name: object
) -> None:
    certificate = self_signed(tmp_path, name)  # type: ignore[arg-type]  # a GeneralName
    manners = Manners()
    with relay(manners, Security.TLS, certificate.served()) as there:
        found = examine(LICHTBRIEF_MAIL=f"smtps://127.0.0.1:{there.port}")
    line = found["Mail relay"]
    assert {"Mail relay"} == failures(found)
    assert "the mail relay's certificate is not to be trusted" == line.words
    assert "carries its name" in line.todo
    assert [] == manners.mails
    assert "Canary mail" not in found


def test_a_relay_that_refuses_the_canary_is_quoted(examine: Examine) -> None:
    manners = Manners.at("rcpt", lambda _: "550 no such mailbox here")
    with relay(manners) as there:
        found = examine("els@dijk.example", LICHTBRIEF_MAIL=f"smtp://127.0.0.1:{there.port}")
    assert {"Canary mail"} == failures(found)
    assert "was not taken by the relay: 550 no such mailbox here" == found["Canary mail"].words


def test_a_store_that_fails_keeps_the_canary_at_home(
    examine: Examine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "mistyped")
    with caught(tmp_path) as settings:
        found = examine(**settings)
    assert {"Writing"} == failures(found)
    assert "was not sent" == found["Canary mail"].words
    assert {} == mails_by_recipient(tmp_path / "mail")


def test_nobody_to_read_it_and_nobody_to_tell_are_warnings(
    examine: Examine, tmp_path: Path
) -> None:
    with caught(tmp_path) as settings:
        found = examine(LICHTBRIEF_MAIL=settings["LICHTBRIEF_MAIL"], LICHTBRIEF_OFFICE=None)
    assert set() == failures(found)
    assert "LICHTBRIEF_OFFICE" in found["Office"].todo
    assert "--to ADDRESS" in found["Canary mail"].todo


def test_the_command_says_a_line_for_each_and_ends_in_1_for_a_failure(
    guarded: Guarded, school: SmallSchool, tmp_path: Path
) -> None:
    school.environment.update(guarded.environment())
    school.add("publishconf.py", "LICHTBRIEF_MOMENT = None\n")
    with caught(tmp_path) as settings:
        good = school.run("doctor", "--json", **settings, LICHTBRIEF_MAIL_FROM=SENDER)
    assert (0, "") == (good.returncode, good.stderr)
    value = json.loads(good.stdout)
    assert value["ok"]
    assert ["Clock", "Canary mail"] == [value["findings"][at]["what"] for at in (0, -1)]
    # Somebody has opened the bucket to everybody, and the relay shows another one's certificate
    certificate = self_signed(tmp_path, OTHER_NAME)
    with (
        opened(guarded, "s3:GetObject", "s3:ListBucket"),
        relay(Manners(), Security.TLS, certificate.served()) as there,
    ):
        bad = school.run("doctor", LICHTBRIEF_MAIL=f"smtps://127.0.0.1:{there.port}")
    assert (1, "") == (bad.returncode, bad.stderr)
    assert "3 failed: mend what failed before anything is mailed\n" in bad.stdout
    text = " ".join(bad.stdout.split())
    for words in (
        "failed Reading without a link your bucket is public: no key was asked for → ",
        "failed Listing without a key everybody can list your bucket: no key was asked for → ",
        "lichtbrief storage setup",
        "failed Mail relay the mail relay's certificate is not to be trusted → ",
    ):
        assert words in text
    assert "\n             → " not in bad.stdout.partition("failed")[0].partition("warning")[0]
    secrets = [*guarded.environment().values(), SENDER]
    assert [] == [each for each in secrets if each in good.stdout + bad.stdout]


def test_setup_says_what_it_will_do_and_asks(
    guarded: Guarded,
    school: SmallSchool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    access, secret = guarded.key("admin")
    own = {"AWS_ACCESS_KEY_ID": access, "AWS_SECRET_ACCESS_KEY": secret}
    store = {"LICHTBRIEF_STORE": "s3://a-new-school"}
    for name, value in (guarded.environment() | own | store).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(school.folder)
    school.add("publishconf.py", "LICHTBRIEF_MOMENT = None\n")

    def run(*arguments: str) -> str:
        options = make_parser("storage").parse_args(["storage", *arguments])
        assert 0 == options.run(options)
        return capsys.readouterr().out

    with pytest.raises(LichtbriefError) as caught:
        run("setup")
    assert "run it again with --yes when that is meant" == caught.value.hint
    asked = capsys.readouterr().out
    assert asked.startswith("This is to be done\n  Bucket a-new-school")
    assert run("setup", "--yes").startswith("Done, and closed to everybody without a key\n")
    allowed = json.loads(run("policy", "signer"))["Statement"][0]["Resource"]
    assert "arn:aws:s3:::a-new-school/letters/*" in allowed
