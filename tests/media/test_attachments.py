"""Documents go out with their words and pictures, and nothing that tells of who made them."""

import hashlib
import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import icalendar
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from lichtbrief.media import RefusedFile, clean_file, kind_of
from lichtbrief.media.jpeg import without_notes
from lichtbrief.media.png import without_text
from tests.exiftool import find_exiftool
from tests.media.documents import (
    EVERY,
    ICS,
    WORDS,
    a_pdf,
    docx_parts,
    packed,
    pdf_bytes,
    photo,
    relations,
    xlsx_parts,
)
from tests.media.drawing import CANARY, CORNERS, corners_of


def cleaned(folder: Path, name: str, data: bytes) -> bytes:
    """What parents get of a file."""
    (folder / name).write_bytes(data)
    return clean_file(folder / name).data


def refused(folder: Path, name: str, data: bytes) -> str:
    """Why parents do not get it."""
    (folder / name).write_bytes(data)
    with pytest.raises(RefusedFile) as caught:
        clean_file(folder / name)
    assert caught.value.hint
    return caught.value.reason


def inside(data: bytes) -> bytes:
    """A file with all that is packed in it."""
    if data.startswith(b"PK"):
        with ZipFile(io.BytesIO(data)) as archive:
            return b"\n".join(name.encode() + archive.read(name) for name in archive.namelist())
    if data.startswith(b"%PDF"):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as pdf:
            pdf.save(out, qdf=True, fix_metadata_version=False)
        return out.getvalue()
    return data


def told(folder: Path, name: str, data: bytes) -> str:
    """All that exiftool says about a file, or about the parts that it is packed of."""
    place = folder / hashlib.sha256(data).hexdigest()
    place.mkdir()
    if data.startswith(b"PK"):
        with ZipFile(io.BytesIO(data)) as archive:
            archive.extractall(place)
    else:
        (place / name).write_bytes(data)
    command = [
        find_exiftool(),
        "-json",
        "-r",
        "-ext+",
        "rels",
        "-ext+",
        "xml",
        "-a",
        "-ee",
        "-unknown",
        str(place),
    ]
    out = subprocess.run(command, capture_output=True, check=True).stdout
    return json.dumps(json.loads(out))


@pytest.mark.parametrize("name", EVERY)
def test_nothing_that_tells_of_people_goes_out(tmp_path: Path, name: str) -> None:
    original = EVERY[name]()
    made = cleaned(tmp_path, name, original)
    assert CANARY in inside(original)
    assert CANARY not in inside(made)
    assert CANARY not in made


@pytest.mark.parametrize("name", ["menu.pdf", "brief.docx", "rooster.xlsx"])
def test_a_tool_that_is_not_ours_finds_nobody(tmp_path: Path, name: str) -> None:
    original = EVERY[name]()
    assert CANARY.decode() in told(tmp_path, name, original)
    assert CANARY.decode() not in told(tmp_path, name, cleaned(tmp_path, name, original))


@pytest.mark.parametrize("name", ["brief.docx", "rooster.xlsx", "avond.ics", "menu.pdf"])
def test_the_words_stay_and_the_same_file_is_the_same_bytes(tmp_path: Path, name: str) -> None:
    original = EVERY[name]()
    made = cleaned(tmp_path, name, original)
    assert WORDS.encode() in inside(made)
    assert made == cleaned(tmp_path, name, original)


def test_pictures_stay_bit_for_bit(tmp_path: Path) -> None:
    for kind, clean in (("jpg", without_notes), ("png", without_text)):
        made = clean(photo(kind))
        assert CANARY in photo(kind)
        assert CANARY not in made
        with Image.open(io.BytesIO(made)) as seen, Image.open(io.BytesIO(photo(kind))) as was:
            assert was.tobytes() == seen.tobytes()
    with pikepdf.open(io.BytesIO(cleaned(tmp_path, "a.pdf", pdf_bytes()))) as pdf:
        image = pikepdf.PdfImage(pdf.pages[0].Resources.XObject.M)  # type: ignore[arg-type]
        out = io.BytesIO()
        image.as_pil_image().save(out, "PNG")
    assert CORNERS == corners_of(out.getvalue())


def test_nothing_behind_a_picture_in_a_document_goes_out() -> None:
    for kind, clean in (("jpg", without_notes), ("png", without_text)):
        assert clean(photo(kind)) == clean(photo(kind) + b"PK\3\4 a film")


def test_a_calendar_still_says_when(tmp_path: Path) -> None:
    made = icalendar.Calendar.from_ical(cleaned(tmp_path, "a.ics", ICS))
    (event,) = made.walk("VEVENT")
    assert "2026-11-24T19:30:00+01:00" == event.decoded("DTSTART").isoformat()
    assert event["UID"] == made.walk("VEVENT")[0]["UID"]
    assert {"DTSTART", "DTEND", "DTSTAMP", "SUMMARY", "UID"} == set(event)
    assert "METHOD" not in made


def docx_with(name: str, part: str | bytes = "<a/>") -> bytes:
    return packed(docx_parts() | {name: part})


def encrypted() -> bytes:
    return pdf_bytes(encryption=pikepdf.Encryption(owner="o", user="u"))


def pdf_with(**of_root: object) -> bytes:
    return pdf_bytes(a_pdf(**of_root))


def signed() -> bytes:
    pdf = a_pdf()
    sig = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=b"Anna")
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(sig)]))
    return pdf_bytes(pdf)


def carrying() -> bytes:
    pdf = a_pdf()
    pdf.attachments["a.exe"] = b"MZ"
    return pdf_bytes(pdf)


SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
MACROS = str(docx_parts()["[Content_Types].xml"]).replace(
    "document.main", "document.macroEnabled.main"
)
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a program as pdf": ("a.pdf", lambda: b"MZ\x90\0", "is not what its name says"),
    "a photo as pdf": ("a.pdf", photo, "is not what its name says"),
    "half a pdf": ("a.pdf", lambda: b"%PDF-1.7\n" + bytes(999), "is damaged"),
    "a locked pdf": ("a.pdf", encrypted, "is locked"),
    "a pdf locked for changes": (
        "a.pdf", lambda: pdf_bytes(encryption=pikepdf.Encryption(owner="o", user="")), "is locked",
    ),
    "a script that a pdf begins with": (
        "a.pdf", lambda: pdf_with(Names=Dictionary(JavaScript=Dictionary())), "holds a program",
    ),
    "a script somewhere in a pdf": ("a.pdf", lambda: pdf_with(Foo=SCRIPT), "holds a program"),
    "a program that a pdf starts": (
        "a.pdf", lambda: pdf_with(Foo=Dictionary(S=Name.Launch)), "holds a program",
    ),
    "a form that computes": (
        "a.pdf", lambda: pdf_with(AcroForm=Dictionary(XFA="x")), "holds a program",
    ),
    "a file in a pdf": ("a.pdf", carrying, "carries other files"),
    "a signature": ("a.pdf", signed, "bears a digital signature"),
    "a locked or old docx": ("a.docx", lambda: b"\xd0\xcf\x11\xe0" + bytes(99), "is not what"),
    "an xlsx as docx": ("a.docx", lambda: packed(xlsx_parts()), "is not what its name says"),
    "a zip as docx": ("a.docx", lambda: packed({"a.txt": "x"}), "is damaged"),
    "half a docx": ("a.docx", lambda: packed(docx_parts())[:900], "is damaged"),
    "macros": ("a.docx", lambda: docx_with("word/vbaProject.bin", b"x"), "holds macros"),
    "macros by their type": (
        "a.docx", lambda: docx_with("[Content_Types].xml", MACROS), "is not what its name says",
    ),
    "a control": ("a.docx", lambda: docx_with("word/activeX/activeX1.xml"), "holds macros"),
    "a file in a docx": (
        "a.docx", lambda: docx_with("word/embeddings/oleObject1.bin", b"x"), "carries another file",
    ),
    "an unknown part": ("a.docx", lambda: docx_with("word/media/a.heic", b"x"), "holds a part of"),
    "a picture that is none": ("a.docx", lambda: docx_with("word/media/a.jpg"), "is damaged"),
    "a picture elsewhere": (
        "a.docx",
        lambda: docx_with("word/_rels/a.xml.rels", relations(image="https://spy.example/a.gif")),
        "shows something that lies elsewhere",
    ),
    "a link into a computer": (
        "a.docx",
        lambda: docx_with("word/_rels/a.xml.rels", relations(hyperlink="file:///C:/anna.docx")),
        "has a link to a file on your own computer",
    ),
    "data elsewhere": (
        "a.xlsx", lambda: packed(xlsx_parts() | {"xl/connections.xml": "<a/>"}), "takes data from",
    ),
    "a thousand laughs": (
        "a.docx",
        lambda: docx_with("word/a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        "is not what its name says",
    ),
    "a calendar of nothing": (
        "a.ics", lambda: b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "holds no event",
    ),
    "half a calendar": ("a.ics", lambda: ICS[:300], "is damaged"),
    "an empty file": ("a.pdf", lambda: b"", "is not what its name says"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_only_words_and_pictures_is_refused(tmp_path: Path, name: str) -> None:
    file, make, reason = REFUSED[name]
    assert refused(tmp_path, file, make()).startswith(reason)


def test_a_small_file_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, part in docx_parts().items():
            archive.writestr(name, part)
        with archive.open("word/bomb.xml", "w", force_zip64=True) as bomb:
            for _ in range(250):
                bomb.write(bytes(1_000_000))
    assert "is far larger than it seems" == refused(tmp_path, "a.docx", out.getvalue())


def test_a_file_that_no_phone_should_load_is_refused(tmp_path: Path) -> None:
    assert "is larger than 20 MB" == refused(tmp_path, "a.pdf", bytes(20_000_001))


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "menu.pdf").write_bytes(pdf_bytes())
    (tmp_path / "post").mkdir()
    (tmp_path / "post/menu.pdf").symlink_to(tmp_path / "menu.pdf")
    with pytest.raises(RefusedFile, match="is a link to a file elsewhere"):
        clean_file(tmp_path / "post/menu.pdf")


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.docm", "may hold macros"),
        ("a.XLSM", "may hold macros"),
        ("a.doc", "is a .doc file"),
        ("a.exe", "is of a kind that cannot be sent"),
        ("a.pdf.exe", "is of a kind that cannot be sent"),
        ("pdf", "is of a kind that cannot be sent"),
    ],
)
def test_the_name_alone_may_say_enough(name: str, reason: str) -> None:
    with pytest.raises(RefusedFile, match=reason):
        kind_of(name)


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize("part", [0.2, 0.5, 0.8, 0.99])
def test_half_a_file_is_refused_or_harmless(tmp_path: Path, name: str, part: float) -> None:
    data = EVERY[name]()
    (tmp_path / name).write_bytes(data[: int(len(data) * part)])
    try:
        made = clean_file(tmp_path / name).data
    except RefusedFile:
        return
    assert CANARY not in inside(made)
