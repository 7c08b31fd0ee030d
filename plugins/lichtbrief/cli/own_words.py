"""What `lichtbrief inbox --for` says around words that only a key of somebody's own opens."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lichtbrief.cli.own_key import ask_for_key, must_be_of
from lichtbrief.cli.tables import plural
from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.own_key_files import read_key_file, usual_place
from lichtbrief.jobs.answers.reading import Closed, Words
from lichtbrief.replies import OwnKey, OwnKeyFile
from lichtbrief.roster import Staff


@dataclass(frozen=True, slots=True)
class KeyAtHand:
    """The key file of one member of staff on this machine, if there is one."""

    staff: Staff
    path: Path
    file: OwnKeyFile | None

    @classmethod
    def of(cls, staff: Staff, named: Path | None) -> "KeyAtHand":
        """The file that was named, or the one in its usual place; raises `LichtbriefError`."""
        path = named or usual_place(staff.id)
        file = read_key_file(path)
        if file is None and named:
            raise LichtbriefError(f"there is no file {path}", "name the file of your own key")
        if file:
            must_be_of(file, path, staff.id)
        return cls(staff, path, file)

    def own(self) -> OwnKey | None:
        """The key, for whose passphrase it asks; None without a file."""
        return ask_for_key(self.path, self.file) if self.file else None

    def notes(self, shown: Sequence[Words]) -> Iterator[str]:
        """What there is to know about what was not shown, a line each."""
        waiting = sum(words.closed is Closed.waits for words in shown)
        if waiting:
            yield (
                f"{plural(waiting, 'message')} can be opened with your own key only: run this"
                f" where {self.path} is, or name the file with --key."
            )
            yield "If you have lost it, tell the office, who then write none in column key."
        if any(words.closed is Closed.others for words in shown) and not self.staff.key:
            yield (
                "Parents seal their words for those who have a key of their own. To read what"
                f" comes from now on, make one: lichtbrief keys own {self.staff.id}"
            )
        if self.file and self.staff.key != self.file.public:
            yield self._other_key(self.file)

    def _other_key(self, file: OwnKeyFile) -> str:
        if not self.staff.key:
            begin = "staff.csv has no key of yours; send the office this line for column key:"
            return f"{begin} {file.public}"
        begin = f"The key in staff.csv is not that of {self.path}, which opens nothing new"
        return f"{begin}. If you did not change it yourself, tell the director."


def closed_text(words: Words, staff: Collection[str]) -> str:
    """Why words are not shown, after `sealed:`; `staff` are the ids of all who work here."""
    if words.closed is Closed.unopened:
        return (
            "this key does not open it; if you had an earlier one, name its file with --key, else"
            " ask the parent to write again"
        )
    if words.closed is Closed.others:
        readers = ", ".join(words.readers)
        if not set(words.readers) & set(staff):
            return f"only {readers} could open it, and left: ask the parent to write again"
        return f"only {readers} can open it"
    return "only your own key opens it"
