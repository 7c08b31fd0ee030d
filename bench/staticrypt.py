"""StatiCrypt, what a school could use instead: one page with its photos in it, one password."""

import base64
import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from bench.measuring import say
from lichtbrief.editions import Week
from lichtbrief.jobs.ground.manifest import Manifest, read_manifest
from lichtbrief.jobs.publish.opening import read_sealed
from lichtbrief.sealing import KeyRing, SealedReader, read_ring

STATICRYPT = "staticrypt@3.5.4"
PASSWORD = "a-password-of-some-length"
SALT = "b93bbaf35459951c47721d1f3eaeb5b9"
FIGURE = re.compile(r'<figure data-photo="(\d+)">')


def installed(kept: Path) -> Path | None:
    """The `staticrypt` command, installed by npm in `kept`; None, and a word, when it cannot be."""
    folder = kept / "npm"
    command = folder / "node_modules" / ".bin" / "staticrypt"
    if not command.exists() and shutil.which("npm"):
        say(f"Installing {STATICRYPT} beside it, to compare with ...")
        folder.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--silent", "--no-fund", "--no-audit", STATICRYPT]
        subprocess.run(install, cwd=folder, capture_output=True, check=False)
    if command.exists():
        return command
    say(f"{STATICRYPT} cannot be installed here (it needs npm): it is left out.")
    return None


def inlined_page(output: Path, keys: Path, style: str) -> str:
    """All editions of a build as one page, each large rendition in it as a `data:` address."""
    manifest, ring = read_manifest(output), read_ring(keys, None)
    parts = [_page(output, manifest, number, ring) for number in range(len(manifest.editions))]
    body = "\n".join(parts)
    return f"<!doctype html><html><head><style>{style}</style></head><body>{body}</body></html>"


def _page(output: Path, manifest: Manifest, number: int, ring: KeyRing) -> str:
    entry = manifest.editions[number]
    secret = ring.year(Week.parse(entry.week).school_year)
    data = read_sealed(output, entry)
    reader = SealedReader.unlock(data, secret, ("edition", entry.group, entry.week))
    index = json.loads(reader.first())

    def image(found: re.Match[str]) -> str:
        photo = index["photos"][int(found[1])]
        inline = base64.b64encode(reader.segment(photo["large"], index["sizes"])).decode()
        size = f'width="{photo["width"]}" height="{photo["height"]}"'
        return f'<figure><img {size} alt="" src="data:{photo["mime"]};base64,{inline}">'

    return FIGURE.sub(image, gzip.decompress(reader.segment(1, index["sizes"])).decode())


@dataclass(frozen=True, slots=True)
class Locked:
    """The locked page: its bytes, and what stands behind its address in the link to remember."""

    page: bytes
    fragment: str


def lock(command: Path, page: str, folder: Path) -> Locked:
    """Lock a page as StatiCrypt's users do; RuntimeError when it fails."""
    folder.mkdir()
    (folder / "page.html").write_text(page, encoding="utf-8")
    common = [str(command), "page.html", "-p", PASSWORD, "-s", SALT, "-c", "false", "--short"]
    said = [
        subprocess.run([*common, *more], cwd=folder, capture_output=True, text=True, check=True)
        for more in (["-d", "out"], ["--share", "http://x/", "--share-remember"])
    ]
    link = re.search(r"http://x/(#\S+)", said[1].stdout)
    if link is None:
        raise RuntimeError(f"staticrypt gave no link: {said[1].stdout}")
    return Locked((folder / "out" / "page.html").read_bytes(), link[1])


@contextmanager
def served(page: bytes) -> Iterator[str]:
    """The address of a page on loopback, sent compressed as hosts of static pages do."""
    packed = gzip.compress(page)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(packed) if found else 0))
            self.end_headers()
            self.wfile.write(packed if found else b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
            """A benchmark's output is its table."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
