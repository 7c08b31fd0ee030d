"""Photos in which a photo program has noted who is in them, written as these programs do."""

import hashlib
import subprocess
from pathlib import Path

from PIL import Image

from lichtbrief.media import InFile, read_in_file
from tests.exiftool import find_exiftool

# The form of each program's packet, after files that it wrote.
HEAD = "<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>"
NAMESPACES = (
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" '
    'xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" '
    'xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#" '
    'xmlns:MP="http://ns.microsoft.com/photo/1.2/" '
    'xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#" '
    'xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"'
)
DIGIKAM = (
    '<mwg-rs:Regions rdf:parseType="Resource">'
    '<mwg-rs:AppliedToDimensions stDim:w="{w}" stDim:h="{h}" stDim:unit="pixel"/>'
    "<mwg-rs:RegionList><rdf:Bag><rdf:li>"
    '<rdf:Description mwg-rs:Name="{name}" mwg-rs:Type="Face">'
    '<mwg-rs:Area stArea:x="0.25" stArea:y="0.5" stArea:w="0.1" stArea:h="0.2"'
    ' stArea:unit="normalized"/>'
    "</rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
    '<MP:RegionInfo rdf:parseType="Resource"><MPRI:Regions><rdf:Bag>'
    '<rdf:li MPReg:Rectangle="0.2, 0.4, 0.1, 0.2" MPReg:PersonDisplayName="{name}"/>'
    "</rdf:Bag></MPRI:Regions></MP:RegionInfo>"
)
LIGHTROOM = (
    '<mwg-rs:Regions rdf:parseType="Resource">'
    '<mwg-rs:AppliedToDimensions stDim:w="{w}" stDim:h="{h}" stDim:unit="pixel"/>'
    "<mwg-rs:RegionList><rdf:Bag><rdf:li>"
    '<rdf:Description mwg-rs:Rotation="0.00000" mwg-rs:Name="{name}" mwg-rs:Type="Face">'
    '<mwg-rs:Area stArea:h="0.20000" stArea:w="0.10000" stArea:x="0.25000" stArea:y="0.50000"/>'
    "</rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
    "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>{name}</rdf:li></rdf:Bag>"
    "</Iptc4xmpExt:PersonInImage>"
)
PICASA = (
    '<mwg-rs:Regions rdf:parseType="Resource">'
    '<mwg-rs:AppliedToDimensions rdf:parseType="Resource">'
    "<stDim:w>{w}</stDim:w><stDim:h>{h}</stDim:h><stDim:unit>pixel</stDim:unit>"
    "</mwg-rs:AppliedToDimensions><mwg-rs:RegionList><rdf:Bag>"
    '<rdf:li rdf:parseType="Resource"><mwg-rs:Type>Face</mwg-rs:Type>'
    '<mwg-rs:Name>{name}</mwg-rs:Name><mwg-rs:Area rdf:parseType="Resource">'
    "<stArea:x>0.25</stArea:x><stArea:y>0.5</stArea:y><stArea:w>0.1</stArea:w>"
    "<stArea:h>0.2</stArea:h><stArea:unit>normalized</stArea:unit></mwg-rs:Area></rdf:li>"
    "</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
)
PROGRAMS = {"digiKam": DIGIKAM, "Lightroom": LIGHTROOM, "Picasa": PICASA}


def packet(inside: str) -> bytes:
    """A whole packet around what a program says, with room behind it as programs leave it."""
    rdf = (
        f'<rdf:RDF {NAMESPACES}><rdf:Description rdf:about="">{inside}</rdf:Description></rdf:RDF>'
    )
    meta = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>'
    return f"{HEAD}\n{meta}\n{' ' * 200}\n<?xpacket end='w'?>".encode()


def noting(program: str, name: str, size: tuple[int, int] = (120, 80)) -> bytes:
    """The packet in which this program says that `name` stands left of the middle."""
    return packet(PROGRAMS[program].format(name=name, w=size[0], h=size[1]))


def named_photo(
    path: Path,
    inside: bytes,
    size: tuple[int, int] = (120, 80),
    exif: Image.Exif | None = None,
) -> Path:
    """A photo of the kind that its name says, with this packet."""
    Image.new("RGB", size, "teal").save(path, xmp=inside, exif=exif or Image.Exif())
    return path


def by_exiftool(path: Path, *tags: str) -> Path:
    """The same photo after exiftool, which is not ours, has written these tags."""
    subprocess.run([find_exiftool(), "-q", "-overwrite_original", *tags, path], check=True)
    return path


def said_by(path: Path) -> InFile:
    """What the file says."""
    return read_in_file(path, hashlib.sha256(path.read_bytes()).hexdigest())


def names(said: InFile) -> list[str]:
    """The names alone, of a file that can be read."""
    assert said.readable
    return [noted.name for noted in said.noted]
