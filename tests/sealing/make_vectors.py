"""Writes tests/vectors/sealing.json, which Python and the browser both run.

`python -m tests.sealing.make_vectors` from the repository's root; always the same file.
"""

import json

from tests.sealing.derived_cases import codes, derived, passphrases
from tests.sealing.given import FILE
from tests.sealing.object_cases import objects

FORMAT = "lichtbrief sealing vectors 1"


def text() -> str:
    """The file's text: one case per line, so that a change can be read."""
    lines = ",\n".join(
        json.dumps(vector) for vector in (*objects(), *codes(), *derived(), *passphrases())
    )
    return f'{{"format": "{FORMAT}", "vectors": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    FILE.write_text(text(), encoding="ascii")
