"""Why a file beside a post cannot be sent along."""

from lichtbrief.errors import LichtbriefError


class RefusedFile(LichtbriefError):  # noqa: N818 # like UnreadablePhoto it is a finding
    """A file that cannot be sent along: why, and what to do about it."""

    @property
    def reason(self) -> str:
        """Why, in words that follow the file's name."""
        return self.message
