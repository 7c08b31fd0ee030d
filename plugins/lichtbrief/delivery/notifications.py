"""Amazon SES's notifications: JSON by itself, or in the envelope of SNS.

https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lichtbrief.delivery.identity import identities_in

_CODE = re.compile(r"[A-Za-z0-9.-]{1,40}")


@dataclass(frozen=True, slots=True)
class Notification:
    """What it says: `hard`, `soft` or `complaint`, SES's word for it, and of which mail."""

    kind: str
    code: str
    identities: tuple[str, ...]


def read_notification(content: bytes) -> Notification | None:
    """A bounce or a complaint; None for every other notification, and for what is none."""
    try:
        value, _ = json.JSONDecoder().raw_decode(content.decode().lstrip())
        if isinstance(value.get("Message"), str):
            value = json.loads(value["Message"])
        what = value.get("notificationType") or value.get("eventType")
        # The address it was sent by, its head and its tags; what they hold is for nobody else.
        identities = identities_in(json.dumps(value["mail"], ensure_ascii=False))
        if what == "Bounce":
            return _bounce(value["bounce"], identities)
        if what == "Complaint":
            word = value["complaint"].get("complaintFeedbackType")
            return Notification("complaint", _plain(word), identities)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return None


def _bounce(bounce: Mapping[str, Any], identities: tuple[str, ...]) -> Notification:
    kind = "hard" if bounce.get("bounceType") == "Permanent" else "soft"
    return Notification(kind, _plain(bounce.get("bounceSubType")), identities)


def _plain(word: object) -> str:
    """A word of SES's as it may be shown: nothing that somebody else could have written."""
    return word if isinstance(word, str) and _CODE.fullmatch(word) else "unknown"
