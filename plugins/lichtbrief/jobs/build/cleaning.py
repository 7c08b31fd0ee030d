"""The files of an edition as parents get them."""

from lichtbrief.editions import EditionPlan
from lichtbrief.errors import LichtbriefError
from lichtbrief.media import CleanFile, RefusedFile, clean_file


def clean_files(plan: EditionPlan) -> dict[str, CleanFile]:
    """The edition's files by the digest that was looked into, cleaned.

    Raises LichtbriefError for one that cannot be: it could when its post was read.
    """
    cleaned: dict[str, CleanFile] = {}
    for file in plan.files:
        try:
            cleaned[file.digest] = clean_file(file.path)
        except RefusedFile as error:
            where = f"{file.path.parent.name}/{file.path.name}"
            raise LichtbriefError(f"{where} {error.reason}", error.hint) from error
    return cleaned
