"""What the stories about sealing share: fixed secrets, and the vectors."""

import hashlib
import json
from pathlib import Path
from typing import Any, cast

from hypothesis import strategies as st

from lichtbrief.sealing import Secret

FILE = Path(__file__).parent.parent / "vectors" / "sealing.json"
THIS_YEAR = Secret(hashlib.sha256(b"2026").digest())
LAST_YEAR = Secret(hashlib.sha256(b"2025").digest())
EDITION = ("edition", "groep-3", "2026-W47")
CHUNK = 65_536
HEADER = 104

Vector = dict[str, Any]

texts = st.text(st.characters(codec="utf-8"), max_size=20)
contexts = st.lists(texts, max_size=4)
lengths = st.sampled_from((0, 1, 100, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7))
plains = st.binary(max_size=40) | st.builds(
    lambda length, byte: byte * length, lengths, st.binary(min_size=1, max_size=1)
)
segments = st.lists(plains, min_size=1, max_size=5)


def vectors() -> list[Vector]:
    """The cases of tests/vectors/sealing.json, in the file's order."""
    return cast(list[Vector], json.loads(FILE.read_text("ascii"))["vectors"])
