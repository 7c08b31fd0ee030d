"""PDF: rewritten object by object, without what tells who made it, and without programs."""

import io
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf, Stream

from lichtbrief.media.jpeg import without_notes
from lichtbrief.media.refused import RefusedFile

# A stream of a few bytes may promise gigabytes.
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=100_000_000,
    png_max_memory=100_000_000,
    run_length_max_memory=100_000_000,
    tiff_max_memory=100_000_000,
    doc_max_warnings=1000,
)
PRINT = "print it to PDF, and send that"
_PROGRAMS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE"}
_CARRIERS = {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"}
_OF_REMARKS = ("/M", "/NM", "/CreationDate")
_PICTURES = {"/DCTDecode", "/DCT"}


def clean(data: bytes, _: str) -> bytes:
    """The pages as they are, and nothing else; raises RefusedFile, and what pikepdf raises."""
    try:
        pdf = Pdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise _locked() from error
    with pdf:
        if pdf.is_encrypted:
            raise _locked()
        _clean_root(pdf)
        for item in pdf.objects:
            _clean(item)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    return out.getvalue()


def _locked() -> RefusedFile:
    return RefusedFile("is locked with a password", "save it without one")


def _clean_root(pdf: Pdf) -> None:
    """Take away what is said of the whole; refuse what is done or carried by it."""
    names: Any = pdf.Root.get("/Names", {})
    form: Any = pdf.Root.get("/AcroForm", {})
    if "/JavaScript" in names or "/XFA" in form:
        raise RefusedFile("holds a program", PRINT)
    if "/EmbeddedFiles" in names or "/AF" in pdf.Root or "/Collection" in pdf.Root:
        raise RefusedFile("carries other files", PRINT)
    for item, key in ((pdf.trailer, "/Info"), (pdf.Root, "/OpenAction"), (pdf.Root, "/AA")):
        if key in item:
            del item[key]


def _clean(item: Any) -> None:  # noqa: ANN401 # any object of a PDF
    """Take away what tells of people, in an object and in those that stand within it."""
    if isinstance(item, pikepdf.Array):
        inner = list(item.as_list())
    elif isinstance(item, Dictionary | Stream):
        _refuse(item)
        _forget(item)
        inner = [item[key] for key in item.keys()]  # noqa: SIM118 # it is no mapping of Python's
    else:
        return
    if isinstance(item, Stream):
        _clean_picture(item)
    for one in inner:
        if not getattr(one, "is_indirect", False):
            _clean(one)


def _refuse(item: Any) -> None:  # noqa: ANN401 # a dictionary or a stream
    """Raise RefusedFile for what is more than pages to read."""
    if str(item.get("/S")) in _PROGRAMS or isinstance(item.get("/JS"), pikepdf.String | Stream):
        raise RefusedFile("holds a program", PRINT)
    kinds = {str(item.get("/Type")), str(item.get("/Subtype"))}
    if kinds & _CARRIERS or isinstance(item.get("/EF"), Dictionary):
        raise RefusedFile("carries other files", PRINT)
    if "/ByteRange" in item:
        raise RefusedFile("bears a digital signature, which tells who signed", PRINT)


def _forget(item: Any) -> None:  # noqa: ANN401 # a dictionary or a stream
    """Take away notes; a name alone is no note, since fonts and pictures may be called anything."""
    unwanted = []
    if isinstance(item.get("/Metadata"), Stream):
        unwanted.append("/Metadata")
    if isinstance(item.get("/PieceInfo"), Dictionary):
        unwanted += ["/PieceInfo", "/LastModified"]
    if item.get("/Type") == Name.Page:
        unwanted += ["/Thumb", "/AA"]
    if "/Rect" in item and "/Subtype" in item:
        # In a form the name of a field stands where a remark has its author.
        unwanted += [*_OF_REMARKS, *(["/T"] if item.Subtype != Name.Widget else [])]
    for key in unwanted:
        if key in item:
            del item[key]


def _clean_picture(stream: Stream) -> None:
    """A photo in a page is a whole JPEG, with all that its camera noted."""
    filters: Any = stream.get("/Filter")
    parms: Any = stream.get("/DecodeParms")
    names = [str(one) for one in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if names[-1] not in _PICTURES:
        return
    if len(names) == 1:
        packed = stream.read_raw_bytes()
    else:
        packed = stream.read_bytes(pikepdf.StreamDecodeLevel.generalized)
        parms = None
    stream.write(without_notes(packed), filter=Name.DCTDecode, decode_parms=parms)
