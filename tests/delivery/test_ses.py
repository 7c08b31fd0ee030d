"""Mails by Amazon SES: what is asked of it, what its answers mean; never the real service."""

from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest
from botocore.stub import Stubber

from lichtbrief.delivery import (
    Later,
    Ledger,
    Lost,
    Outcome,
    Refused,
    SendingRules,
    Sent,
    Uncertain,
    send_week,
)
from lichtbrief.delivery.ses import SesTransport, open_client
from lichtbrief.delivery.transports import open_transports
from lichtbrief.errors import LichtbriefError
from tests.delivery.school import WEEK, guardians, ignore, nothing, plain_mail, weekly_mail
from tests.delivery.services import GOOD, HANG_UP, Answer, client_of, service

SET = "weekbrief"
ACCOUNT = {"SendingEnabled": True, "ProductionAccessEnabled": True}


@pytest.fixture
def stubber() -> Iterator[Stubber]:
    with Stubber(client_of()) as stubber:  # type: ignore[arg-type] # it is botocore's own
        yield stubber
        stubber.assert_no_pending_responses()


def transport_of(stubber: Stubber) -> SesTransport:
    return SesTransport(stubber.client, SET)  # type: ignore[arg-type] # it is sesv2's


def test_what_is_asked_of_ses(stubber: Stubber) -> None:
    mail = weekly_mail()
    expected = {
        "Destination": {"ToAddresses": [mail.recipient]},
        "FeedbackForwardingEmailAddress": mail.sender,
        "Content": {"Raw": {"Data": mail.content}},
        "ConfigurationSetName": SET,
        "EmailTags": [{"Name": "lichtbrief", "Value": "2026-W47_k4w7qv3ztm5x2rwy6c7dhbnlsf"}],
    }
    stubber.add_response("send_email", {"MessageId": "1"}, expected)
    said: list[str] = []
    assert Sent() == transport_of(stubber).send(mail, lambda: said.append("before"))
    assert ["before"] == said


@pytest.mark.parametrize(
    ("code", "status", "expected"),
    [
        ("TooManyRequestsException", 429, Later(429, "TooManyRequestsException …")),
        ("MessageRejected", 400, Refused(400, "MessageRejected …")),
        ("SendingPausedException", 400, Lost("SendingPausedException …")),
        ("AccessDeniedException", 403, Lost("AccessDeniedException …")),
        ("InternalFailure", 500, Uncertain("Amazon SES failed (500) and perhaps has the mail")),
    ],
)
def test_what_its_answers_mean(stubber: Stubber, code: str, status: int, expected: Outcome) -> None:
    stubber.add_client_error("send_email", code, "<g1@mail.example>", status)
    assert expected == transport_of(stubber).send(plain_mail("g1"), nothing)


@pytest.mark.parametrize("events", [["OPEN"], ["SEND", "CLICK"]])
def test_a_set_that_tracks_parents_is_refused_before_anything_is_sent(
    stubber: Stubber, events: list[str]
) -> None:
    destination = {"Name": "all", "Enabled": True, "MatchingEventTypes": events}
    stubber.add_response("get_account", ACCOUNT)
    stubber.add_response(
        "get_configuration_set_event_destinations",
        {"EventDestinations": [destination]},
        {"ConfigurationSetName": SET},
    )
    with pytest.raises(LichtbriefError, match="tracks who opens or clicks"):
        transport_of(stubber).check()


def test_a_set_that_reports_bounces_alone_is_good(stubber: Stubber) -> None:
    bounces = {"Name": "b", "Enabled": True, "MatchingEventTypes": ["BOUNCE", "COMPLAINT"]}
    unused = {"Name": "o", "Enabled": False, "MatchingEventTypes": ["OPEN"]}
    stubber.add_response("get_account", ACCOUNT)
    stubber.add_response(
        "get_configuration_set_event_destinations", {"EventDestinations": [bounces, unused]}
    )
    transport_of(stubber).check()


@pytest.mark.parametrize("missing", ACCOUNT)
def test_an_account_that_may_not_send_to_everybody_is_refused(
    stubber: Stubber, missing: str
) -> None:
    stubber.add_response("get_account", ACCOUNT | {missing: False})
    stubber.add_response("get_configuration_set_event_destinations", {})
    with pytest.raises(LichtbriefError, match="may not send to everybody"):
        transport_of(stubber).check()


def test_a_set_that_is_not_there_is_refused(stubber: Stubber) -> None:
    stubber.add_response("get_account", ACCOUNT)
    stubber.add_client_error("get_configuration_set_event_destinations", "NotFoundException")
    with pytest.raises(LichtbriefError, match="cannot be asked"):
        transport_of(stubber).check()


def send_all(path: Path, address: str, rules: SendingRules) -> dict[str, int]:
    transports = [SesTransport(client_of(address), SET) for _ in range(2)]
    with Ledger(path) as ledger:
        ledger.freeze(WEEK, guardians(12))
        done = send_week(ledger, WEEK, plain_mail, transports, ignore, rules=rules)
    return {str(state): number for state, number in done.counts.items() if number}


def test_a_week_of_mails_over_the_wire_byte_for_byte(tmp_path: Path) -> None:
    taken: dict[str, bytes] = {}

    def take(recipient: str, content: bytes) -> Answer:
        taken[recipient] = content
        return GOOD

    with service(take) as address:
        assert {"sent": 12} == send_all(tmp_path / "ledger", address, SendingRules())
    expected = {(mail := plain_mail(one)).recipient: mail.content for one in guardians(12)}
    assert expected == taken


def test_an_answer_that_is_lost_leaves_it_open_and_botocore_does_not_ask_again(
    tmp_path: Path,
) -> None:
    asked: list[str] = []
    answers: dict[str, Answer] = {
        "g003@mail.example": (HANG_UP, {}),
        "g007@mail.example": (503, {}),
    }

    def forget(recipient: str, _: bytes) -> Answer:
        asked.append(recipient)
        return answers.get(recipient, GOOD)

    rules = SendingRules(backoff=(), holds=True)
    with service(forget) as address:
        assert {"sent": 10, "uncertain": 2} == send_all(tmp_path / "ledger", address, rules)
    assert 12 == len(asked)
    with Ledger(tmp_path / "ledger") as ledger:
        assert ["g003", "g007"] == [one.guardian for one in ledger.unsent(WEEK)]


def test_too_many_at_once_are_sent_a_little_later(tmp_path: Path) -> None:
    busy = iter([(429, {"code": "TooManyRequestsException"})] * 3)
    answers = (next(busy, GOOD) for _ in repeat(None))
    rules = SendingRules(backoff=(0.01, 0.02))
    with service(lambda *_: next(answers)) as address:
        assert {"sent": 12} == send_all(tmp_path / "ledger", address, rules)


def test_nobody_there_is_a_mail_that_nobody_has() -> None:
    with service(lambda *_: GOOD) as address:
        pass
    outcome = SesTransport(client_of(address), SET).send(plain_mail("g1"), nothing)
    assert Lost("Amazon SES cannot be reached (EndpointConnectionError)") == outcome


def test_the_address_in_the_settings_names_region_and_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    both = open_transports("ses://eu-central-1/weekbrief", None, 2)
    assert [SesTransport, SesTransport] == [type(one) for one in both]
    assert open_client("eu-central-1", 2) is not None


@pytest.mark.parametrize("address", ["ses://", "ses://eu-central-1", "ses:///set", "ses://a/b/c"])
def test_an_address_without_region_or_set_is_refused(address: str) -> None:
    with pytest.raises(LichtbriefError, match="the address of Amazon SES cannot be read"):
        open_transports(address, None, 1)
