"""Renditions as bytes: how they are kept, and how they come from another process."""

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from lichtbrief.consent import Region
from lichtbrief.errors import LichtbriefError
from lichtbrief.media.film import Film
from lichtbrief.media.photo import Rendition, Renditions

_KINDS: Mapping[str, type] = {kind.__name__: kind for kind in (Rendition, Renditions, Film)}


def pack(made: Renditions | Film) -> bytes:
    """A line of JSON, in which each run of bytes is its length; then these bytes, in order."""
    runs: list[bytes] = []

    def plain(value: Any) -> Any:  # noqa: ANN401 # whatever a field holds
        if isinstance(value, bytes):
            runs.append(value)
            return {"bytes": len(value)}
        if type(value).__name__ in _KINDS:
            named = {field.name: plain(getattr(value, field.name)) for field in fields(value)}
            return {"kind": type(value).__name__, **named}
        return value

    line = json.dumps(plain(made)).encode()
    return b"".join((line, b"\n", *runs))


def unpack(packed: bytes) -> Renditions | Film:
    """What `pack` was given; LichtbriefError when another version of us packed it."""
    line, _, rest = packed.partition(b"\n")

    def whole(value: Any) -> Any:  # noqa: ANN401 # as above
        nonlocal rest
        if isinstance(value, list):  # what is covered
            return tuple(Region(*region) for region in value)
        if not isinstance(value, dict):
            return value
        if "bytes" in value:
            run, rest = rest[: value["bytes"]], rest[value["bytes"] :]
            return run
        named = {name: whole(inner) for name, inner in value.items() if name != "kind"}
        return _KINDS[value["kind"]](**named)

    try:
        made = whole(json.loads(line))
    except (ValueError, TypeError, KeyError) as error:
        raise LichtbriefError("renditions are packed in another way") from error
    if not isinstance(made, Renditions | Film):
        raise LichtbriefError("renditions are packed in another way")
    return made
