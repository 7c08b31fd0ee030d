"""The log: what was decided, shown, hidden and sent, every line chained to the one before it.

Nobody needs a key to check it. That it was not cut short, or made anew as a whole, is what the
sealed heads in the store show.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from lichtbrief.consent.lines import Event, Line, Mention, What, read_line

START = "0" * 64
SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking found: lines that are wrong, with why; ranges that are missing; forgotten ids.

    `missing` are first and last numbers of lines that are not here though the chain goes on
    after them: they were on another machine, or somebody took them away.
    """

    faults: tuple[tuple[int, str], ...] = ()
    missing: tuple[tuple[int, int], ...] = ()
    forgotten: int = 0

    @property
    def sound(self) -> bool:
        """Whether every line is there and as it was written."""
        return not self.faults and not self.missing


@dataclass(frozen=True, slots=True)
class Chain:
    """The lines in order, each chained to the one before."""

    lines: tuple[Line, ...] = ()

    @property
    def length(self) -> int:
        """The number of the last line; 0 for none."""
        return self.lines[-1].n if self.lines else 0

    @property
    def head(self) -> str:
        """The chain of the last line."""
        return self.lines[-1].chain if self.lines else START

    def add(self, events: Iterable[Event], at: str, random: Callable[[int], bytes]) -> "Chain":
        """With these events at its end; `random(n)` gives n unguessable bytes for each salt.

        What continues another log (`What.continued`) takes its number and head from that.
        """
        added, n, head = list(self.lines), self.length, self.head
        for event in events:
            if event.what is What.continued:
                n, head = event.about["after"], event.about["head"]
            who = tuple(Mention.of(*each, random(SALT_BYTES).hex()) for each in event.who)
            bare = Line(n + 1, at, event.what, event.about, who, "")
            line = replace(bare, chain=bare.chained(head))
            added.append(line)
            n, head = line.n, line.chain
        return Chain(tuple(added))

    def verify(self) -> Verdict:
        """Look for every line that was edited, taken away, added or moved."""
        faults: list[tuple[int, str]] = []
        missing: list[tuple[int, int]] = []
        n, head = 0, START
        for line in self.lines:
            if line.what is What.continued and line.n > n + 1:
                missing.append((n + 1, line.n - 1))
                n, head = line.n - 1, str(line.about.get("head"))
            if line.n != n + 1:
                faults.append((line.n, f"follows line {n}"))
            elif line.chain != line.chained(head) or not all(each.holds() for each in line.who):
                faults.append((line.n, "is not what was written"))
            n, head = line.n, line.chain
        forgotten = sum(each.id is None for line in self.lines for each in line.who)
        return Verdict(tuple(faults), tuple(missing), forgotten)

    def forget(self, ids: Collection[str]) -> "Chain":
        """Without these people: their ids and salts are gone, and every chain stays as it was."""

        def without(each: Mention) -> Mention:
            return replace(each, id=None, salt=None) if each.id in ids else each

        lines = (replace(one, who=tuple(map(without, one.who))) for one in self.lines)
        return Chain(tuple(lines))


def read_lines(texts: Sequence[str]) -> tuple[Chain, tuple[tuple[int, str], ...]]:
    """The chain of all that can be read, and the places in the file of what cannot."""
    lines: list[Line] = []
    wrong: list[tuple[int, str]] = []
    for place, text in enumerate(texts, 1):
        try:
            lines.append(read_line(text))
        except ValueError:
            wrong.append((place, "cannot be read"))
    return Chain(tuple(lines)), tuple(wrong)
