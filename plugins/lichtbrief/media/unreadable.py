"""Why a photo is not shown although it may be."""

from lichtbrief.errors import LichtbriefError


class UnreadablePhoto(LichtbriefError):  # noqa: N818 # it is also handed back as a result
    """A photo that cannot be shown: why, and what to do about it; it is then denied."""

    @property
    def reason(self) -> str:
        """Why, in words that follow the file's name."""
        return self.message
