"""The mail that all senders of `bench.mail` send: 20 kB, to another address each time.

Standard library only: a peer's environment has nothing else.
"""

SENDER = "weekbrief@lichtbron.example"
SIZE = 20_000
LINE = b"Deze week in de weekbrief: een vulkaan, een wandeling, een lied.=20\r\n"


def address(number: int) -> str:
    """Guardian number so and so."""
    return f"g{number:05}@mail.example"


def content(number: int) -> bytes:
    """That guardian's mail, as it travels."""
    head = (
        f"From: De Lichtbron <{SENDER}>\r\nTo: {address(number)}\r\nSubject: Weekbrief\r\n"
        f"Message-ID: <2026-W47.{number:026}@lichtbron.example>\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    ).encode()
    return head + LINE * ((SIZE - len(head)) // len(LINE))
