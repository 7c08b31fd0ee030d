"""A small school in which everybody and everything has a name that nobody else has."""

import secrets
from io import BytesIO
from pathlib import Path

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.TiffImagePlugin import IFDRational

from lichtbrief.sealing import make_ring, write_ring
from tests.road.leaks import Canary, of_photo, text
from tests.road.roads import YEAR
from tests.school import CONSENTS, YES, SmallSchool, answer, photo

PUPILS = ("anna-b", "sem-k", "tess-v", "bram-b", "noor-d")
FIRST = ("Xandriëlle", "Quibertus", "Yvolotte", "Wolfrikus", "Zaphiretta")
LAST = ("Vossenkamper", "Wijnstekker", "Uitterdijken", "Quadackers", "Zonderlander")
GUARDIANS = (
    ("g1", "Ottokarine Vossenkamper", "ottokarine", "nl,weekly"),
    ("g2", "Philibert Wijnstekker", "philibert77", "nl,weekly"),
    ("g3", "Rosamunde Klapwijker", "rosamunde.k", "en,weekly"),
    ("g4", "Theodorik Zonderlander", "theodorik", "nl,direct"),
    ("g5", "Wilhelmina Uitterdijken", "", "nl,paper"),
    ("g6", "Evangelientje Uitterdijken", "evangelientje", "nl,weekly"),
)
PEOPLE = [text(f"the name of pupil {n}", name) for n, name in enumerate(FIRST + LAST)] + [
    canary
    for guardian, name, address, _ in GUARDIANS
    for canary in (
        text(f"the name of {guardian}", name.partition(" ")[0]),
        *([text(f"the address of {guardian}", address)] if address else []),
    )
]

OF_A_POST = {
    "title": "Kikkerdrilfeest",
    "words": "Dotterbloemslootje",
    "alt": "Waterjufferlarven",
    "caption": "Libellenvleugeltje",
    "location": "Kastanjelaantje",
}
SHOWN = [text(f"the {what} that parents read", word) for what, word in OF_A_POST.items()]
SHOWN.append(text("the question that parents read", "Roerdompvraagje"))
REPLIED = [
    text("a word to the teacher", "Kweepeergelei"),
    text("what somebody doubts", "Wolfskersverwarring"),
    text("the words of a ballot", "Zoutkristalletje"),
    text("a word to nobody", "Niemendalletje"),
]
NOTED = text("the words of a note to one mother", "Bramenstruikje")
SURVEY, TALKS = "school/2026-11-19-vragen", "groep-3/2026-11-19-praten"
PLACES = [
    text("the folder of a post", "zwanebloemig"),
    text("the file name of a photo", "rietpluimfoto"),
    text("the file name of a photo left out", "moerasgeheimfoto"),
]
DENIED = [
    text("the alt of a photo left out", "Verbodenkuiltje"),
    text("the caption of a photo left out", "Stiekemgraverij"),
    PLACES[-1],
]
IN_FILES = {
    "description": "Cameraomschrijving",
    "artist": "Fotografiste",
    "software": "Bewerkingsstudio",
    "serial number": "SN8812730045",
    "comment": "Randaantekening",
    "xmp": "Persoonlijkheidslabel",
    "place": "Zeggelaarsveen",
}
LATITUDE = (IFDRational(52, 1), IFDRational(7, 1), IFDRational(3141592, 65537))
MARKED_POST = "content/groups/groep-3/2026-11-19-zwanebloemig/post.md"
POST = f"""Kijk eens, een {OF_A_POST["words"]}.

![{OF_A_POST["alt"]}](rietpluimfoto.jpg "{OF_A_POST["caption"]}"){{: people="anna-b" }}

![Verbodenkuiltje](moerasgeheimfoto.jpg "Stiekemgraverij"){{: people="sem-k" }}
"""


def marked(seed: int) -> bytes:
    """A photo as a telephone makes it: with who, where and what with in the file."""
    image, exif = Image.open(BytesIO(photo(seed))), Image.Exif()
    exif[Base.ImageDescription] = IN_FILES["description"]
    exif[Base.Artist] = IN_FILES["artist"]
    exif[Base.Software] = IN_FILES["software"]
    exif.get_ifd(IFD.Exif)[Base.BodySerialNumber] = IN_FILES["serial number"]
    place: dict[int, object] = {GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: LATITUDE}
    place[GPS.GPSAreaInformation] = IN_FILES["place"].encode()
    exif.get_ifd(IFD.GPSInfo).update(place)
    data, label = BytesIO(), f"<x:xmpmeta>{IN_FILES['xmp']}</x:xmpmeta>".encode()
    image.save(data, "JPEG", quality=95, exif=exif, comment=IN_FILES["comment"], xmp=label)
    return data.getvalue()


PHOTOS = {"a photo": marked(11), "a photo left out": marked(12)}
OF_FILES = [
    *(text(f"the {what} in a photo's file", word) for what, word in IN_FILES.items()),
    *(
        Canary(
            "the latitude", b"".join(n.to_bytes(4, end) for n in (3141592, 65537)), is_text=False
        )
        for end in ("big", "little")
    ),
    *(canary for what, data in PHOTOS.items() for canary in of_photo(what, data)),
]
NOWHERE = [*PEOPLE, *DENIED, *OF_FILES, *REPLIED]
"""Not even sealed for parents: of people only ids are in play, a reader's own name and those of the
reader's children; of files, pixels."""


def write_marked_school(folder: Path) -> SmallSchool:
    """The small school with these names, and a post with one photo shown and one left out."""
    school = SmallSchool.build(folder)
    rows = zip(PUPILS, FIRST, LAST, strict=True)
    pupils = "".join(f"{pupil},{first},{last}\n" for pupil, first, last in rows)
    school.write("school/pupils.csv", f"id,first_name,last_name\n{pupils}")
    guardians = "".join(
        f"{guardian},{name},{address and address + '@thuis.example'},{ways}\n"
        for guardian, name, address, ways in GUARDIANS
    )
    school.write("school/guardians.csv", f"id,name,email,language,delivery\n{guardians}")
    answers = (answer(pupil, who, "no" if pupil == "sem-k" else "yes") for pupil, who in YES)
    school.write("school/consents.csv", CONSENTS + "".join(answers))
    school.post(
        "groep-3/2026-11-19-zwanebloemig",
        "juf-sanne",
        POST,
        head=f"Kind: event\nStart: 2026-11-24 19:30\nLocation: {OF_A_POST['location']}",
        rietpluimfoto=PHOTOS["a photo"],
        moerasgeheimfoto=PHOTOS["a photo left out"],
    )
    post = school.folder / MARKED_POST
    words = post.read_text(encoding="utf-8").replace("Zwanebloemig", OF_A_POST["title"])
    post.write_text(words, encoding="utf-8")
    questions = "1. Vindt u dit een Roerdompvraagje?\n"
    school.post(SURVEY, "directeur-els", questions, "Kind: survey\nUntil: 2026-11-27")
    dates = "Kind: talks\nLength: 10\nDates: 2026-12-01 15:30-16:10"
    school.post(TALKS, "juf-sanne", "Kom praten.\n", dates)
    school.settings(LICHTBRIEF_REPLIES="post")
    write_ring(school.folder / ".lichtbrief/keys.json", make_ring(YEAR, secrets.token_bytes))
    return school
