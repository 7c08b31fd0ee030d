"""An edge that opens links as CloudFront says it does, in front of a store; written from its pages.

It shares nothing with the signer: it takes the link apart, checks the signature over the policy
with `cryptography`, compares resource and time, and asks the store with credentials of its own.
"""

import base64
import json
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

from botocore.exceptions import ClientError
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256

from lichtbrief.storage import S3Store

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey
HASHES = {None: SHA1, "SHA1": SHA1, "SHA256": SHA256}


def may_open(url: str, keys: Mapping[str, PublicKey], at: datetime) -> bool:
    """Whether CloudFront would open this address with these public keys in its key group."""
    address, _, query = url.partition("?")
    given = {name: values[0] for name, values in parse_qs(query).items()}
    key = keys.get(given.get("Key-Pair-Id", ""))
    if key is None or "Signature" not in given:
        return False
    if "Policy" in given:
        policy = _plain(given["Policy"])
    else:
        condition = {"DateLessThan": {"AWS:EpochTime": int(given["Expires"])}}
        statement = {"Statement": [{"Resource": address, "Condition": condition}]}
        policy = json.dumps(statement, separators=(",", ":")).encode()
    hashed = HASHES[given.get("Hash-Algorithm")]()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(_plain(given["Signature"]), policy, padding.PKCS1v15(), hashed)
        else:
            key.verify(_plain(given["Signature"]), policy, ec.ECDSA(hashed))
    except InvalidSignature:
        return False
    (said,) = json.loads(policy)["Statement"]
    pattern = ".*".join(map(re.escape, said["Resource"].split("*")))
    ends = said["Condition"]["DateLessThan"]["AWS:EpochTime"]
    return re.fullmatch(pattern, address) is not None and at.timestamp() < ends


def _plain(text: str) -> bytes:
    return base64.b64decode(text.translate(str.maketrans("-_~", "+=/")), validate=True)


@dataclass
class Edge:
    """The distribution: where it is, its key group, and the store behind it."""

    store: S3Store
    keys: dict[str, PublicKey] = field(default_factory=dict)
    address: str = ""

    def answer(self, path: str, ranges: str | None) -> tuple[int, Mapping[str, str], bytes]:
        if not may_open(f"{self.address}{path}", self.keys, datetime.now(UTC)):
            return 403, {"Content-Type": "application/xml"}, b"<Error>AccessDenied</Error>"
        key = self.store.prefix + unquote(urlsplit(path).path)[1:]
        try:
            found = self.store.client.get_object(
                Bucket=self.store.bucket, Key=key, Range=ranges or "bytes=0-"
            )
        except ClientError as error:
            return int(error.response["ResponseMetadata"]["HTTPStatusCode"]), {}, b""
        head = {"Content-Type": found["ContentType"]}
        if found.get("ContentEncoding"):
            head["Content-Encoding"] = found["ContentEncoding"]
        if ranges:
            head["Content-Range"] = found["ContentRange"]
        return (206 if ranges else 200), head, found["Body"].read()


@contextmanager
def open_edge(store: S3Store) -> Iterator[Edge]:
    """The edge on a free port of loopback, until the end of the block."""
    edge = Edge(store)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, head, data = edge.answer(self.path, self.headers.get("Range"))
            self.send_response(status)
            for name, value in {**head, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the base's name
            """A test's output is its own."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    edge.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield edge
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
