"""Whether parents' browsers may answer: a store that takes forms, and every way not to."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from botocore.credentials import Credentials

from lichtbrief.findings import Finding, Verdict
from lichtbrief.storage import AnswerProbe, Letterlike, PostSigner
from lichtbrief.storage.signer import utc_now
from tests.stores import Guarded

pytestmark = pytest.mark.xdist_group("guarded")


def poster(guarded: Guarded, who: str) -> PostSigner:
    return PostSigner(guarded.store("publisher"), Credentials(*guarded.key(who)))


def probe(guarded: Guarded, signed_by: PostSigner, *, by_form: bool = True) -> dict[str, Finding]:
    found = AnswerProbe(
        guarded.store("publisher"), Letterlike(signed_by, utc_now, by_form)
    ).findings()
    return {finding.what: finding for finding in found}


def verdicts(found: dict[str, Finding]) -> list[Verdict]:
    return [one.verdict for one in found.values()]


@pytest.mark.parametrize("by_form", [True, False], ids=["by form", "by address"])
def test_a_store_that_takes_answers_with_a_key_that_may_only_put(
    guarded: Guarded, *, by_form: bool
) -> None:
    found = probe(guarded, poster(guarded, "local-replies"), by_form=by_form)
    assert ["Answering", "Answers refused", "Key for answers"] == list(found)
    assert [Verdict.OK] * 3 == verdicts(found)
    assert {} == guarded.store("publisher").list("replies/")


def test_a_key_in_the_forms_that_may_read_is_told(guarded: Guarded) -> None:
    found = probe(guarded, poster(guarded, "local-publisher"))
    assert [Verdict.OK, Verdict.OK, Verdict.WARNING] == verdicts(found)
    assert "storage policy replies" in found["Key for answers"].todo


def test_a_key_that_may_not_put_makes_no_answer(guarded: Guarded) -> None:
    found = probe(guarded, poster(guarded, "signer"))
    assert "an answer from a letter is not taken (answer 403)" == found["Answering"].words
    assert "may put below replies/" in found["Answering"].todo


class Host(BaseHTTPRequestHandler):
    """A host that answers every form alike."""

    answer = 501

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def answering(guarded: Guarded, status: int) -> Iterator[PostSigner]:
    """A signer of forms for a host that answers with `status`."""
    handler = type("Handler", (Host,), {"answer": status})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    signed_by = poster(guarded, "local-replies")
    signed_by.place = f"http://127.0.0.1:{server.server_port}/brief/"
    yield signed_by
    server.shutdown()
    server.server_close()


def test_a_host_that_knows_no_forms_is_named(guarded: Guarded) -> None:
    with answering(guarded, 405) as signed_by:
        found = probe(guarded, signed_by)
    assert Verdict.FAILED is found["Answering"].verdict
    assert 'LICHTBRIEF_REPLIES to "put"' in found["Answering"].todo


def test_a_host_that_takes_whatever_is_sent_is_found_out(guarded: Guarded) -> None:
    with answering(guarded, 204) as signed_by:
        found = probe(guarded, signed_by)
    assert Verdict.FAILED is found["Answers refused"].verdict
    assert "an answer too large was taken" == found["Answers refused"].words
