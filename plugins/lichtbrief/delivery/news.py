"""What a mail may say about a week, and the signed link that it carries."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from lichtbrief.editions import Week
from lichtbrief.errors import LichtbriefError

_URL = re.compile(r"https?://[!-~]+")
_UNSAFE = frozenset("\"'<>\\^`{|}#")
_CODE = re.compile(r"[0-9A-HJKMNP-TV-Z]{28}")  # Crockford's base 32


@dataclass(frozen=True, slots=True, order=True)
class Coming:
    """Something that is on: when it starts, naive in the school's zone, and its kind.

    `kind` is `event` or `talks`: the title is the teacher's and may name a child.
    """

    start: datetime
    kind: str


@dataclass(frozen=True, slots=True)
class LetterNews:
    """How much a guardian's letter holds: counts and dates, never a title, a group or a name.

    `until` (aware, in the school's zone) is when the link ends; `again` for a further, fresh link.
    With a `day`, counts and dates are of what is new on that day alone.
    """

    week: Week
    until: datetime
    posts: int
    photos: int
    films: int
    events: int
    dates: tuple[Coming, ...]
    again: bool = False
    day: date | None = None

    def __post_init__(self) -> None:
        if self.until.tzinfo is None:
            raise ValueError("`until` has no time zone")


@dataclass(frozen=True, slots=True, repr=False)
class SignedLink:
    """The signed URL of a letter (without `#`) and the 28-character code of its key.

    Raises LichtbriefError, without the link, when either could be misread in a mail.
    """

    url: str
    code: str

    def __post_init__(self) -> None:
        url = self.url
        whole = _URL.fullmatch(url) and urlsplit(url).hostname and not _UNSAFE & set(url)
        if not whole or not _CODE.fullmatch(self.code):
            raise LichtbriefError(
                "a signed link is not one", "report this: it is a mistake of ours"
            )

    @property
    def whole(self) -> str:
        """The link as it is clicked: the key stands behind `#`, where no server sees it."""
        return f"{self.url}#{self.code}"

    @property
    def typed_code(self) -> str:
        """The code as it is copied by hand: in groups of four."""
        return " ".join(re.findall(".{4}", self.code))
