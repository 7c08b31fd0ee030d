"""Appending: rows for a table of the office, written as the rest of the file is."""

import csv
import io
import re
from collections.abc import Iterable, Mapping

from lichtbrief.roster.people import Answer, Appointment

BOM = b"\xef\xbb\xbf"
_LINE_END = re.compile("\r\n|\r|\n")


def append_rows(data: bytes, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The file with `rows` (cells by column) after its last: same separator, line end, columns.

    `data` is a table that reads without a problem. A column that a row lacks stays empty.
    """
    mark = BOM if data.startswith(BOM) else b""
    text = data[len(mark) :].decode("utf-8")
    found = _LINE_END.search(text)
    end = found[0] if found else "\n"
    first = _LINE_END.split(text, maxsplit=1)[0]
    delimiter = ";" if ";" in first else ","
    columns = [name.strip() for name in next(csv.reader([first], delimiter=delimiter))]
    new = io.StringIO()
    writer = csv.writer(new, delimiter=delimiter, lineterminator=end)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    gap = "" if text.endswith(("\n", "\r")) else end
    return mark + (text + gap + new.getvalue()).encode()


def answer_row(answer: Answer) -> dict[str, str]:
    """An answer as a row of consents.csv."""
    return {
        "pupil": answer.pupil,
        "guardian": answer.guardian,
        "audience": answer.audience,
        "kind": answer.kind,
        "decision": answer.decision,
        "said_at": answer.said_at.isoformat(timespec="seconds"),
        "recorded_at": answer.recorded_at.isoformat(timespec="seconds"),
        "source": answer.source,
        "form": str(answer.form),
        "recorded_by": answer.recorded_by,
    }


def appointment_row(talk: Appointment) -> dict[str, str]:
    """A talk as a row of talks.csv."""
    changed = talk.changed_at
    return {
        "post": talk.post,
        "pupil": talk.pupil,
        "guardians": " ".join(talk.guardians),
        "teacher": talk.teacher,
        "start": talk.start.isoformat(timespec="minutes"),
        "status": "cancelled" if talk.cancelled else "",
        "changed_at": changed.isoformat(timespec="seconds") if changed else "",
    }
