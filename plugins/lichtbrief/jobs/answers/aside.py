"""What came in and was not filed: a beginning of it, on this machine, for whoever looks into it.

It is what strangers put there, refused: noise, or ciphertext as it came. Nobody waits for it, so it
may end with the machine.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from lichtbrief.files import write_whole
from lichtbrief.replies import Why

FOLDER = "aside"
MOST = 200


@dataclass(frozen=True, slots=True)
class Aside:
    """The refused replies in a state folder, as they came; of a flood only the beginning."""

    state: Path

    def room(self) -> int:
        """How many more may be kept."""
        return MOST - len(list((self.state / FOLDER).glob("*")))

    def keep(self, data: bytes, why: Why) -> None:
        """Keep one."""
        name = f"{why}-{hashlib.sha256(data).hexdigest()[:32]}"
        write_whole(self.state / FOLDER / name, data)
