"""Documents as teachers' programs write them, made here, with everything that tells of people."""

import io
import subprocess
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from tests.exiftool import find_exiftool
from tests.media.drawing import CANARY, four_corners, save

WHO = CANARY.decode()
WORDS = "Soep van de week"

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument"


@cache
def photo(kind: str = "jpg") -> bytes:
    """A photo with what its camera noted."""
    with TemporaryDirectory() as folder:
        path = save(Path(folder) / f"a.{kind}", four_corners())
        plant = (f"-EXIF:Artist={WHO}", f"-XMP-dc:Creator={WHO}", f"-Comment={WHO}")
        subprocess.run([find_exiftool(), "-q", "-overwrite_original", *plant, path], check=True)
        return path.read_bytes()


def a_pdf(**of_root: object) -> Pdf:
    """A page with a photo on it, a remark, and an author."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(120, 80))
    image = pdf.make_stream(photo())
    image.update(
        {
            "/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 120, "/Height": 80,
            "/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": Name.DCTDecode,
        }
    )  # fmt: skip
    page.Resources = Dictionary(XObject=Dictionary(M=image))
    page.Contents = pdf.make_stream(b"q 120 0 0 80 0 0 cm /M Do Q")
    page.PieceInfo = Dictionary(Word=Dictionary(Private=pikepdf.String(WHO)))
    page.Thumb = pdf.make_stream(photo())
    remark = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), T=WHO, Contents=WORDS
    )
    page.Annots = Array([pdf.make_indirect(remark)])
    for key, value in of_root.items():
        pdf.Root[f"/{key}"] = value
    return pdf


def pdf_bytes(pdf: Pdf | None = None, **options: object) -> bytes:
    """A PDF as it is saved, with its author."""
    pdf = a_pdf() if pdf is None else pdf
    out = io.BytesIO()
    pdf.docinfo["/Author"] = WHO
    with pdf.open_metadata() as metadata:
        metadata["dc:creator"] = [WHO]
    pdf.save(out, **options)  # type: ignore[arg-type] # whatever a test asks for
    return out.getvalue()


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts in one file, as Office does it."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def _types(**parts: str) -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts.items()
    )
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{overrides}</Types>'


def relations(**targets: str) -> str:
    """The links of a part: `kind="target"`, or `kind="http://…"` to elsewhere."""
    links = "".join(
        f'<Relationship Id="{kind}" Type="{_RELS}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if ':' in target else ''}/>"
        for kind, target in targets.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


_CORE = (
    f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"<dc:creator>{WHO}</dc:creator><cp:lastModifiedBy>{WHO}</cp:lastModifiedBy></cp:coreProperties>"
)


def docx_parts() -> dict[str, str | bytes]:
    """A letter with a photo, a remark and a changed word."""
    picture = (
        '<pic:cNvPr xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
        f' id="1" name="{WHO}.jpg"/>'
    )
    return {
        "[Content_Types].xml": _types(**{
            "word/document.xml": f"{_OFFICE}.wordprocessingml.document.main+xml",
            "word/comments.xml": f"{_OFFICE}.wordprocessingml.comments+xml",
            "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        }),
        "_rels/.rels": relations(officeDocument="word/document.xml", core="docProps/core.xml"),
        "docProps/core.xml": _CORE,
        "docProps/thumbnail.jpeg": photo(),
        "word/document.xml": (
            f'{_HEAD}<w:document {_W} {_R}><w:body><w:p><w:r><w:t>{WORDS}</w:t></w:r>'
            f'<w:ins w:id="1" w:author="{WHO}"><w:r><w:t>!</w:t></w:r></w:ins>{picture}</w:p>'
            "</w:body></w:document>"
        ),
        "word/comments.xml": (
            f'{_HEAD}<w:comments {_W}><w:comment w:id="0" w:author="{WHO}" w:initials="{WHO}">'
            "<w:p/></w:comment></w:comments>"
        ),
        "word/people.xml": f'<w15:people xmlns:w15="urn:15"><w15:person w15:author="{WHO}"/>'
        "</w15:people>",
        "word/settings.xml": f'<w:settings {_W} {_R}><w:attachedTemplate r:id="a"/></w:settings>',
        "word/_rels/settings.xml.rels": relations(attachedTemplate=f"file:///C:/Users/{WHO}/a.dot"),
        "word/_rels/document.xml.rels": relations(
            image="media/image1.jpeg", comments="comments.xml", people="people.xml",
            settings="settings.xml", hyperlink="https://school.example/",
        ),
        "word/media/image1.jpeg": photo(),
        "word/media/image2.png": photo("png"),
        "customXml/item1.xml": f"<who>{WHO}</who>",
    }  # fmt: skip


def xlsx_parts() -> dict[str, str | bytes]:
    """A sheet with a remark, saved in somebody's own folder."""
    return {
        "[Content_Types].xml": _types(**{
            "xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet.main+xml",
            "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        }),
        "_rels/.rels": relations(officeDocument="xl/workbook.xml", core="docProps/core.xml"),
        "docProps/core.xml": _CORE,
        "xl/workbook.xml": (
            f'{_HEAD}<workbook {_S} xmlns:mc="urn:mc" xmlns:x15ac="urn:x15ac">'
            f'<fileSharing userName="{WHO}"/><mc:AlternateContent><mc:Choice Requires="x15">'
            f'<x15ac:absPath url="C:\\Users\\{WHO}"/></mc:Choice></mc:AlternateContent></workbook>'
        ),
        "xl/worksheets/sheet1.xml": (
            f'{_HEAD}<worksheet {_S} {_R}><sheetData><row><c t="inlineStr"><is><t>{WORDS}</t>'
            '</is></c></row></sheetData><pageSetup r:id="printerSettings"/></worksheet>'
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            printerSettings="../printerSettings/printerSettings1.bin", comments="../comments1.xml"
        ),
        "xl/printerSettings/printerSettings1.bin": WHO,
        "xl/comments1.xml": f"<comments {_S}><authors><author>{WHO}</author></authors></comments>",
        "xl/persons/person.xml": f'<personList><person displayName="{WHO}" userId="{WHO}" id="1"/>'
        "</personList>",
    }  # fmt: skip


ICS = f"""\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//{WHO}//Agenda//NL
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Amsterdam
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:{WHO}@mail.example
DTSTAMP:20261101T120000Z
DTSTART;TZID=Europe/Amsterdam:20261124T193000
DTEND;TZID=Europe/Amsterdam:20261124T210000
SUMMARY;X-CN={WHO}:{WORDS}
ORGANIZER;CN={WHO}:mailto:{WHO}@mail.example
ATTENDEE;CN={WHO};PARTSTAT=ACCEPTED:mailto:{WHO}@mail.example
CONTACT:{WHO}
X-WHO:{WHO}
BEGIN:VALARM
ACTION:EMAIL
TRIGGER:-PT15M
ATTENDEE:mailto:{WHO}@mail.example
END:VALARM
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n").encode()

EVERY: Mapping[str, Callable[[], bytes]] = {
    "menu.pdf": pdf_bytes,
    "brief.docx": lambda: packed(docx_parts()),
    "rooster.xlsx": lambda: packed(xlsx_parts()),
    "avond.ics": lambda: ICS,
}
"""One file of each kind, by its name."""
