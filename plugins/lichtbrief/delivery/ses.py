"""Amazon SES, API version 2: one HTTPS request a mail, with nothing tracked.

SES writes the Message-ID and the envelope's sender itself, so the mail's identity goes along as a
tag (it stands in every notification) and our bounce address as the one for feedback.
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError, SSLError

from lichtbrief.delivery.mail import Mail
from lichtbrief.delivery.outcomes import Later, Lost, Outcome, Refused, Sent, Uncertain, scrub
from lichtbrief.errors import LichtbriefError

TAG = "lichtbrief"
TRACKING = frozenset({"OPEN", "CLICK"})
# https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html, Errors
BUSY = frozenset({"TooManyRequestsException", "LimitExceededException", "ThrottlingException"})
REFUSED = frozenset({"MessageRejected", "BadRequestException"})
SERVERS_FAULT = 500


class SesClient(Protocol):
    """What is used of boto3's client `sesv2`."""

    def send_email(self, **parameters: Any) -> Any:  # noqa: ANN401 -- boto3 makes it at run time
        """SendEmail."""

    def get_account(self) -> Any:  # noqa: ANN401 -- the same
        """GetAccount."""

    def get_configuration_set_event_destinations(self, **parameters: Any) -> Any:  # noqa: ANN401 -- the same
        """GetConfigurationSetEventDestinations."""


def open_client(region: str, connections: int) -> SesClient:
    """A client with credentials from where boto3 looks for them, for so many threads.

    It never tries twice by itself: botocore would send a mail again whose answer was lost.
    """
    config = Config(
        retries={"total_max_attempts": 1},
        connect_timeout=10,
        read_timeout=60,
        max_pool_connections=connections,
    )
    client: SesClient = boto3.client("sesv2", region_name=region, config=config)
    return client


class SesTransport:
    """Hands mails to SES under a configuration set that tracks nothing."""

    def __init__(self, client: SesClient, configuration: str) -> None:
        self._client = client
        self._configuration = configuration

    def check(self) -> None:
        """Raises LichtbriefError when the account may not send, or the set would track parents."""
        try:
            account = self._client.get_account()
            found = self._client.get_configuration_set_event_destinations(
                ConfigurationSetName=self._configuration
            )
        except (ClientError, BotoCoreError) as error:
            raise LichtbriefError(
                f"Amazon SES cannot be asked ({_name(error)})",
                "check the region and the configuration set in LICHTBRIEF_MAIL, and the credentials"
                " (ses:GetAccount, ses:GetConfigurationSetEventDestinations, ses:SendEmail)",
            ) from error
        if not account.get("SendingEnabled") or not account.get("ProductionAccessEnabled"):
            raise LichtbriefError(
                "the account at Amazon SES may not send to everybody",
                "ask AWS to take it out of the sandbox, or to let it send again",
            )
        if any(map(_tracks, found.get("EventDestinations", ()))):
            raise LichtbriefError(
                f"the configuration set {self._configuration} tracks who opens or clicks",
                "take OPEN and CLICK out of its event destinations: nothing was sent",
            )

    def send(self, mail: Mail, before_data: Callable[[], None]) -> Outcome:
        """Hand over one mail; see `Transport`."""
        before_data()
        try:
            self._client.send_email(
                Destination={"ToAddresses": [mail.recipient]},
                FeedbackForwardingEmailAddress=mail.sender,
                Content={"Raw": {"Data": mail.content}},
                ConfigurationSetName=self._configuration,
                EmailTags=[{"Name": TAG, "Value": mail.message_id.replace(".", "_")}],
            )
        except ClientError as error:
            return _declined(error, mail)
        except (HTTPClientError, SSLError) as error:
            return Uncertain(f"the connection to Amazon SES broke ({_name(error)})")
        except BotoCoreError as error:
            return Lost(f"Amazon SES cannot be reached ({_name(error)})")
        return Sent()

    def abort(self) -> None:
        """Nothing to do: botocore gives up by itself after a minute without a byte."""

    def close(self) -> None:
        """The client's connections end with the process; other threads use them too."""


def _tracks(destination: Mapping[str, Any]) -> bool:
    return bool(destination.get("Enabled") and TRACKING & {*destination["MatchingEventTypes"]})


def _declined(error: ClientError, mail: Mail) -> Outcome:
    """What SES' answer means; its words are kept without what tells of the guardian."""
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    name = _name(error)
    said = scrub(str(error.response.get("Error", {}).get("Message", "")).encode(), mail.recipient)
    words = f"{name} {said}".strip()
    if status >= SERVERS_FAULT:
        return Uncertain(f"Amazon SES failed ({status}) and perhaps has the mail")
    if name in BUSY or status == 429:
        return Later(status, words)
    if name in REFUSED:
        return Refused(status, words)
    return Lost(words)


def _name(error: Exception) -> str:
    if isinstance(error, ClientError):
        return str(error.response.get("Error", {}).get("Code", "unknown"))
    return type(error).__name__
