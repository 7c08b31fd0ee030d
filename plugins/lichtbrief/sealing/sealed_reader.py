"""Opens a sealed object as somebody with the key ring does: an audit, a repair, a test."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lichtbrief.sealing.refusals import Refusal, Refused
from lichtbrief.sealing.sealed import HEADER_BYTES, Header, open_first, open_segment, unlock
from lichtbrief.sealing.secret import Secret
from lichtbrief.sealing.segments import cipher_length


@dataclass(frozen=True, slots=True)
class SealedReader:
    """One sealed object and its object key.

    `lengths` are the plaintext lengths of segments 1, 2, 3 ...; segment 0 tells them. Every method
    raises Refused and gives nothing when what was asked for is not as it was sealed.
    """

    data: bytes = field(repr=False)
    key: Secret

    @classmethod
    def unlock(cls, data: bytes, secret: Secret, fields: Sequence[str]) -> "SealedReader":
        """Find the object key with the year's secret and the context for which it was sealed."""
        return cls(data, unlock(Header.parse(data), secret, fields))

    def first(self) -> bytes:
        """Segment 0."""
        return open_first(self.data, self.key)

    def segment(self, number: int, lengths: Sequence[int]) -> bytes:
        """Segment `number`; IndexError when there is none of that number."""
        every = (Header.parse(self.data).first_length, *lengths)
        if not 0 <= number < len(every):
            raise IndexError(f"there is no segment {number}")
        offset = HEADER_BYTES + sum(map(cipher_length, every[:number]))
        return open_segment(self.data, self.key, number, offset, every[number])

    def every(self, lengths: Sequence[int]) -> tuple[bytes, ...]:
        """All segments from 0 on; an object with more bytes after the last is `truncated`."""
        end = Header.parse(self.data).start + sum(map(cipher_length, lengths))
        opened = tuple(self.segment(number, lengths) for number in range(len(lengths) + 1))
        if len(self.data) != end:
            raise Refused(Refusal.TRUNCATED)
        return opened
