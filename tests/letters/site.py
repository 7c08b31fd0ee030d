"""A small site with a letter and its editions, really sealed; it fails when it is told to."""

import gzip
import io
import json
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from PIL import Image, ImageDraw

from lichtbrief.editions import Week
from lichtbrief.letters import (
    GrantedEdition,
    Letter,
    Letterhead,
    OlderEdition,
    build_letter,
    render_months,
)
from lichtbrief.sealing import Header, Secret, code_of, letter_key, name_of, object_key, seal
from lichtbrief.theme import Theme

ROOT = Path(__file__).parents[2] / "theme"
THEME = Theme([ROOT / "templates"], ROOT / "static", ROOT / "translations")
SECRET = Secret(bytes(range(32)))
WEEK = Week.parse("2026-W47")
UNTIL = datetime(2026, 11, 27, 15, 0, tzinfo=UTC)
NO_FILES: Mapping[str, bytes] = {}
SCHOOL_NAME = "De Lichtbron"
CONTACT = "administratie@lichtbron.example"
READER = "Samira el Idrissi"
LETTERHEAD = Letterhead(SCHOOL_NAME, CONTACT)
KEY = letter_key(SECRET, "mother", str(WEEK))
CODE = code_of(KEY)
LETTER_ID = name_of(SECRET, "letter", "mother", str(WEEK))


NO_CALENDAR: Mapping[str, object] = {}


def page_of(*posts: Mapping[str, object]) -> str:
    """The page of an edition with these posts, by the theme's own template."""
    plain = {"kind": "message", "lang": "nl", "author": "Juf Marieke", "on": date(2026, 11, 17)}
    parts: dict[str, object] = {"code": "", "bring": "", "html": "", "event": None, "talks": ()}
    parts |= {"album": (), "changed": None, "cancelled": False, "until": None}
    return THEME.render("edition.html", "nl", posts=[{**plain, **parts, **post} for post in posts])


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo to draw: its size, its colour, what it shows."""

    width: int = 1280
    height: int = 960
    colour: str = "#4a7c59"
    alt: str = "Bladeren op het schoolplein"

    def jpeg(self, long_edge: int) -> bytes:
        scale = long_edge / max(self.width, self.height)
        size = (round(self.width * scale), round(self.height * scale))
        image = Image.new("RGB", size, self.colour)
        pen = ImageDraw.Draw(image)
        for step in range(0, size[0], max(size[0] // 8, 1)):
            pen.line([(step, 0), (size[0] - step, size[1])], fill="#f4d58d", width=3)
        file = io.BytesIO()
        image.save(file, "JPEG", quality=80)
        return file.getvalue()


def edition(
    group: str,
    name: str,
    page: str,
    pictures: Sequence[Picture] = (),
    week: Week = WEEK,
    calendar: Mapping[str, object] = NO_CALENDAR,
    files: Mapping[str, bytes] = NO_FILES,
) -> tuple[bytes, GrantedEdition]:
    """The sealed object and what a letter says of it; its address is `<group>.sealed`."""
    segments = [gzip.compress(page.encode(), mtime=0)]
    photos = []
    for picture in pictures:
        photos.append(
            {
                "width": picture.width,
                "height": picture.height,
                "alt": picture.alt,
                "small": len(segments) + 1,
                "large": len(segments) + 2,
                "mime": "image/jpeg",
            }
        )
        segments += [picture.jpeg(480), picture.jpeg(1280)]
    offered = []
    for file, data in files.items():
        kind = {"name": file, "kind": "PDF", "mime": "application/pdf"}
        offered.append({**kind, "segment": len(segments) + 1})
        segments.append(data)
    index = {
        "format": "lichtbrief edition 1",
        "group": group,
        "group_name": name,
        "week": str(week),
        "counts": {"posts": 1, "photos": len(photos), "events": 0},
        "dates": [],
        "calendar": calendar,
        "sizes": [len(segment) for segment in segments],
        "photos": photos,
        "attachments": offered,
    }
    fields = ("edition", group, str(week))
    data = seal(SECRET, fields, [json.dumps(index).encode(), *segments])
    header = Header.parse(data)
    key = object_key(SECRET, fields, header.salt).reveal()
    granted = GrantedEdition(
        group=group,
        url=f"{group}.sealed",
        key=key,
        start=header.start,
        index=index,
        page=page,
    )
    return data, granted


def older(
    group: str, name: str, page: str, week: str, pictures: Sequence[Picture] = ()
) -> tuple[bytes, OlderEdition]:
    """The same of an earlier week; its address is `<group>-<week>.sealed`."""
    when = Week.parse(week)
    data, one = edition(group, name, page, pictures, when)
    return data, OlderEdition(group, name, when, f"{group}-{week}.sealed", one.key, one.start)


def letter(
    editions: Sequence[GrantedEdition],
    language: str = "nl",
    until: datetime = UNTIL,
    older: Sequence[OlderEdition] = (),
    letterhead: Letterhead = LETTERHEAD,
    record: str = "",
) -> bytes:
    """The mother's letter of this week."""
    calendar = render_months(THEME, language, [one.index for one in editions])
    return build_letter(
        THEME,
        language,
        letterhead,
        Letter(LETTER_ID, WEEK, until, editions, older, READER, calendar, record),
        lambda segments: seal(KEY, ("letter", LETTER_ID), segments),
    )


@dataclass
class Site:
    """What is served, how it fails, and what was asked: (path, Range header)."""

    address: str = ""
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    status: int = 200
    knows_range: bool = True
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def put(self, path: str, data: bytes, kind: str = "application/octet-stream") -> str:
        self.files[path] = (kind, data)
        return f"{self.address}{path}"

    def put_letter(
        self,
        *editions: tuple[bytes, GrantedEdition],
        language: str = "nl",
        until: datetime = UNTIL,
        older: Sequence[tuple[bytes, OlderEdition]] = (),
        letterhead: Letterhead = LETTERHEAD,
        record: str = "",
    ) -> str:
        """Store editions and a letter that grants them; the letter's address, without its key."""
        granted, earlier = [one for _, one in editions], [one for _, one in older]
        objects = [data for data, _ in (*editions, *older)]
        addresses = [one.url for one in granted] + [one.url for one in earlier]
        for address, data in zip(addresses, objects, strict=True):
            self.put(f"/{address}", data)
        html = letter(granted, language, until, earlier, letterhead, record)
        return self.put("/letter.html", html, "text/html; charset=utf-8")

    def asked_for(self, path: str) -> list[str | None]:
        return [ranges for asked, ranges in self.asked if asked == path]


@contextmanager
def serve() -> Iterator[Site]:
    """A site on a free port of loopback, until the end of the block."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            ranges = self.headers.get("Range")
            site.asked.append((path, ranges))
            kind, data = site.files.get(path, ("text/plain", b""))
            status = site.status if path.endswith(".sealed") else 200
            if path not in site.files:
                status = 404
            found = re.fullmatch(r"bytes=(\d+)-(\d+)", ranges or "") if site.knows_range else None
            if found and status == 200:
                first, last = (int(number) for number in found.groups())
                status, data = 206, data[first : last + 1]
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
            """A test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
