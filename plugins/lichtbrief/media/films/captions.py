"""Captions: a WebVTT file beside a film, of which only the times and the words go out."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from lichtbrief.errors import LichtbriefError

MOST_BYTES = 500_000

_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)[.](\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t].*)?")
_TAG = re.compile(r"<[^>]*>?")
_OTHER = re.compile(r"(NOTE|STYLE|REGION)([ \t]|$)")


class BadCaptionsError(LichtbriefError):
    """Captions that cannot be shown: the line where it goes wrong, why, and what to do."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message, hint)
        self.line = line


def read_captions(path: Path) -> str:
    """The captions of a WebVTT file, written anew: times and plain words.

    Notes, styles, places, names of cues and of speakers stay out. Raises BadCaptionsError for
    what is no WebVTT (W3C WebVTT, section 4) or holds no caption.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise BadCaptionsError(1, "cannot be opened", "look at the file") from error
    except UnicodeDecodeError as error:
        raise BadCaptionsError(1, "is not readable text", "save it as UTF-8") from error
    if len(data) > MOST_BYTES:
        raise BadCaptionsError(1, "is too large for captions", "leave words and times only")
    lines = re.split(r"\r\n|\r|\n", text)
    if not re.fullmatch(r"WEBVTT([ \t].*)?", lines[0]):
        raise BadCaptionsError(1, "is no WebVTT file", "write WEBVTT on its first line")
    cues = list(_cues(lines))
    if not cues:
        raise BadCaptionsError(1, "holds no caption", "write some, or remove the file")
    return "\n\n".join(("WEBVTT", *cues)) + "\n"


def _cues(lines: Sequence[str]) -> Iterator[str]:
    for start, block in _blocks(lines):
        if start == 0 or _OTHER.match(block[0]):
            continue
        # A cue may have a name of its own above its times.
        at = 0 if "-->" in block[0] else 1
        times = _TIMES.fullmatch(block[at].strip()) if at < len(block) else None
        if times is None:
            hint = "write it as 00:01.000 --> 00:04.000, with the words below"
            raise BadCaptionsError(start + at + 1, "has no times of a caption", hint)
        begin, end = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
        if end <= begin:
            hint = "correct one of the times"
            raise BadCaptionsError(start + at + 1, "has a caption that ends too early", hint)
        words = "\n".join(filter(None, (_plain(line) for line in block[at + 1 :])))
        if words:
            yield f"{_written(begin)} --> {_written(end)}\n{words}"


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Each run of lines that are not blank, and the number of its first, from 0."""
    block: list[str] = []
    for number, line in enumerate((*lines, "")):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _plain(line: str) -> str:
    return _TAG.sub("", line).replace("-->", "→").strip()


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _written(seconds: float) -> str:
    thousandths = round(seconds * 1000)
    whole, rest = divmod(thousandths, 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{rest:03}"
