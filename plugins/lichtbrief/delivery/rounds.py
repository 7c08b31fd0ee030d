"""Further rounds of mails for a week that was mailed already: fresh links for some or for all."""

from dataclasses import dataclass

from lichtbrief.editions import Week


@dataclass(frozen=True, slots=True)
class Round(Week):
    """The `again`-th further round for a week (from 1), with rows of its own in the ledger.

    It is a week to whatever sends, so that it is sent and counted in the same way; it is written
    `2026-W47-1`, so that nothing of it is taken for the week's own.
    """

    again: int = 1

    def __str__(self) -> str:
        return f"{Week.__str__(self)}-{self.again}"
