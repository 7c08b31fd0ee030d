"""How many mails a school may hand over: what its settings say."""

from dataclasses import dataclass

SECOND, MINUTE = 1.0, 60.0
MOST_CONNECTIONS = 20


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so many mails a second, minute and day (None: no limit), over so many connections.

    Two connections, because Exchange Online refuses a fourth. Raises ValueError for what is no
    count, TypeError for what is no number.
    """

    second: int | None = None
    minute: int | None = None
    day: int | None = None
    connections: int = 2

    def __post_init__(self) -> None:
        given = (self.second, self.minute, self.day, self.connections)
        if any(type(one) is not int for one in given if one is not None):
            raise TypeError
        if not all(one > 0 for one in given if one is not None):
            raise ValueError
        if self.connections > MOST_CONNECTIONS:
            raise ValueError

    @property
    def windows(self) -> tuple[tuple[int, float], ...]:
        """How many mails in how many seconds, for the limits within which a run can wait."""
        found = ((self.second, SECOND), (self.minute, MINUTE))
        return tuple((count, length) for count, length in found if count is not None)

    def seconds_for(self, mails: int) -> float:
        """How long so many mails take at least, the limit of a day apart."""
        return max((mails / count * length for count, length in self.windows), default=0.0)
