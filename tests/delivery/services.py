"""A stand-in for Amazon SES' HTTPS interface on this machine: real requests, invented answers."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import boto3
from botocore.config import Config

from lichtbrief.delivery.ses import SesClient

HANG_UP = -1
Answer = tuple[int, dict[str, str]]
GOOD: Answer = (200, {"MessageId": "0107019-invented"})


@contextmanager
def service(answer: Callable[[str, bytes], Answer]) -> Iterator[str]:
    """Its address; `answer` hears each mail's recipient and bytes, HANG_UP breaks off."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            (recipient,) = body["Destination"]["ToAddresses"]
            status, said = answer(recipient, base64.b64decode(body["Content"]["Raw"]["Data"]))
            if status == HANG_UP:
                self.close_connection = True
                return
            data = json.dumps(said).encode()
            self.send_response(status)
            if status >= 400:
                self.send_header("x-amzn-ErrorType", said.get("code", ""))
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def client_of(address: str = "https://email.eu-central-1.amazonaws.com") -> SesClient:
    """boto3's own client for that address, with a key of nobody's."""
    made: SesClient = boto3.client(
        "sesv2",
        region_name="eu-central-1",
        endpoint_url=address,
        aws_access_key_id="AKIDEXAMPLE",
        aws_secret_access_key="secret",
        config=Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=5),
    )
    return made
