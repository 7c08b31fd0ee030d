"""Why a reply is kept aside instead of being filed."""

from enum import StrEnum


class Why(StrEnum):
    """The reason, as `lichtbrief inbox` counts it; FORMAT.md, "Refusals"."""

    no_letter = "no-letter"
    size = "size"
    flood = "flood"
    unsealed = "unsealed"
    forged = "forged"
    malformed = "malformed"
    again = "again"
    age = "age"
    rights = "rights"


class AsideError(Exception):
    """A reply that is kept aside; `why` is all that is told of it."""

    def __init__(self, why: Why) -> None:
        super().__init__(f"a reply is kept aside: {why}")
        self.why = why
