"""What can be sent, each kind with its own strict form; FORMAT.md, "Kinds"."""

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from lichtbrief.replies.sealed_words import SealedWords, read_sealed
from lichtbrief.replies.words import read_some_words, read_words
from lichtbrief.roster import Answered, Audience, Delivery, Kind, a_language, is_id

MOST_ALT = 300
MOST_PEOPLE = 20
MOST_TIMES = 5
MOST_QUESTIONS = 20
_CODE = re.compile(r"[a-z2-7]{8}")


class To(StrEnum):
    """Whom a word is for."""

    teacher = "teacher"
    director = "director"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in a post should not be shown: the post's code, a photo's description or none."""

    post: str
    photo: str = field(repr=False)
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Word:
    """A word in private about the sender's own child: plain, or `sealed` for those it is for."""

    to: To
    pupil: str
    words: str = field(repr=False)
    sealed: SealedWords | None = None


@dataclass(frozen=True, slots=True)
class Coming:
    """The answer to an invitation, a post with a date: how many come; 0 is *not*."""

    post: str
    people: int
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Times:
    """When the sender can come to the talks of a post, best first; no `times`: none of them suits.

    `together` with the child's other guardians, or to a talk of one's own; `elsewhere` says that
    another time will do too when none of these is free.
    """

    post: str
    times: tuple[datetime, ...]
    together: bool
    elsewhere: bool
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Preferences:
    """Yes or no for some purposes (audience, kind) of one child."""

    pupil: str
    answers: Mapping[tuple[Audience, Kind], Answered]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How, and in which language, the sender wants to get the letter."""

    delivery: Delivery
    language: str


class Scale(StrEnum):
    """The five words in which a question of a survey is answered, and the sixth for no answer."""

    yes = "yes"
    mostly = "mostly"
    partly = "partly"
    hardly = "hardly"
    no = "no"
    unanswered = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """Answers to the questions of a survey, in their order, and words; counted, never filed."""

    post: str
    answers: tuple[Scale, ...] = field(repr=False)
    words: str = field(repr=False)


Body = Doubt | Word | Coming | Times | Preferences | Wishes | Survey


def kind_of(body: Body) -> str:
    """The word for its kind, as in FORMAT.md."""
    return next(kind for kind, (form, _) in KINDS.items() if isinstance(body, form))


def read_body(kind: object, value: object) -> Body:
    """The body of a reply; raises ValueError, TypeError or KeyError for any other form."""
    if not isinstance(kind, str) or not isinstance(value, dict):
        raise TypeError("not a body")
    _, read = KINDS[kind]
    return read(value)


def _fields(value: Mapping[str, Any], names: Set[str]) -> Mapping[str, Any]:
    if value.keys() != names:
        raise ValueError("other fields than it should have")
    return value


def _code(value: object) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise ValueError("not a code")
    return value


def _pupil(value: object) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise ValueError("not an id")
    return value


def _doubt(value: Mapping[str, Any]) -> Doubt:
    given = _fields(value, {"post", "photo", "words"})
    return Doubt(
        _code(given["post"]), read_words(given["photo"], MOST_ALT), read_words(given["words"])
    )


def _word(value: Mapping[str, Any]) -> Word:
    if "sealed" not in value:
        given = _fields(value, {"to", "pupil", "words"})
        return Word(To(given["to"]), _pupil(given["pupil"]), read_some_words(given["words"]))
    given = _fields(value, {"to", "pupil", "sealed"})
    return Word(To(given["to"]), _pupil(given["pupil"]), "", read_sealed(given["sealed"]))


def _coming(value: Mapping[str, Any]) -> Coming:
    given = _fields(value, {"post", "people", "words"})
    people = given["people"]
    if type(people) is not int or not 0 <= people <= MOST_PEOPLE:
        raise ValueError("not a number of people")
    return Coming(_code(given["post"]), people, read_words(given["words"]))


def _times(value: Mapping[str, Any]) -> Times:
    given = _fields(value, {"post", "times", "together", "elsewhere", "words"})
    together, elsewhere = given["together"], given["elsewhere"]
    if type(together) is not bool or type(elsewhere) is not bool:
        raise TypeError("neither true nor false")
    if not isinstance(given["times"], list) or len(given["times"]) > MOST_TIMES:
        raise ValueError("not a list of times")
    times = tuple(map(_minute, given["times"]))
    if len(set(times)) < len(times) or (elsewhere and not times):
        raise ValueError("times that say nothing, or the same twice")
    return Times(_code(given["post"]), times, together, elsewhere, read_words(given["words"]))


def _minute(value: object) -> datetime:
    if not isinstance(value, str):
        raise TypeError("not a time")
    at = datetime.strptime(value, "%Y-%m-%dT%H:%M")
    if at.isoformat(timespec="minutes") != value:
        raise ValueError("not a time as it is written")
    return at


def _preferences(value: Mapping[str, Any]) -> Preferences:
    given = _fields(value, {"pupil", "answers"})
    answers: dict[tuple[Audience, Kind], Answered] = {}
    for name, said in dict(given["answers"]).items():
        audience, kind = name.split("/")
        if said not in (Answered.yes, Answered.no):
            raise ValueError("neither yes nor no")
        answers[Audience(audience), Kind(kind)] = Answered(said)
    if not answers:
        raise ValueError("no answer")
    return Preferences(_pupil(given["pupil"]), MappingProxyType(answers))


def _wishes(value: Mapping[str, Any]) -> Wishes:
    given = _fields(value, {"delivery", "language"})
    if not isinstance(given["language"], str):
        raise TypeError("not a language")
    return Wishes(Delivery(given["delivery"]), a_language(given["language"]))


def _survey(value: Mapping[str, Any]) -> Survey:
    given = _fields(value, {"post", "answers", "words"})
    answers, words = given["answers"], read_words(given["words"]).strip()
    if not isinstance(answers, list) or not 1 <= len(answers) <= MOST_QUESTIONS:
        raise ValueError("not the answers of a survey")
    found = tuple(map(Scale, answers))
    if not words and set(found) == {Scale.unanswered}:
        raise ValueError("no answer")
    return Survey(_code(given["post"]), found, words)


KINDS: Mapping[str, tuple[type, Callable[[Mapping[str, Any]], Body]]] = MappingProxyType(
    {
        "doubt": (Doubt, _doubt),
        "word": (Word, _word),
        "coming": (Coming, _coming),
        "talks": (Times, _times),
        "preferences": (Preferences, _preferences),
        "wishes": (Wishes, _wishes),
        "survey": (Survey, _survey),
    }
)
