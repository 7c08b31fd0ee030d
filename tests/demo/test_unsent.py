"""An answer that does not arrive: the parent is told why, keeps the words, and sends them later."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from botocore.credentials import Credentials
from playwright.sync_api import Page, Response, expect

from lichtbrief.replies import SIZES, Letterbox, Reply, Word, open_reply
from lichtbrief.replies.kinds import To
from lichtbrief.sealing import read_ring
from lichtbrief.storage import PostSigner
from tests.demo.answers import own
from tests.demo.keyboard import Form
from tests.demo.running import Demo, MailFile
from tests.road.roads import open_letter
from tests.school import WEEK

pytestmark = pytest.mark.xdist_group("demo")

WORDS = "Anna is ziek."
A_DAY = timedelta(days=1)


@pytest.fixture
def link(demo: Demo) -> str:
    """The letter of Anna's mother."""
    return MailFile.read(demo.guardians()["g01"]).link


@pytest.fixture
def form(page: Page, link: str) -> Form:
    """Her word to the teacher, written and not sent yet."""
    page.goto(link)
    expect(page.locator(".answers")).to_be_visible()
    form = Form.open(page, own(page, "Een bericht onder vier ogen"))
    return form.choose(1, "anna-b").write(WORDS)


@pytest.fixture(autouse=True)
def emptied(demo: Demo) -> Iterator[None]:
    """What was sent is gone for the next test."""
    yield
    for name in demo.store().list("replies/"):
        demo.store().delete(name)


def came_in(demo: Demo) -> list[Reply]:
    """What lies in the store, opened with the school's key."""
    ring, store = read_ring(demo.work / "state/keys.json", None), demo.store()
    box = Letterbox.of(ring.year(2026), 2026, "g01", WEEK)
    return [open_reply(store.get(name), box) for name in store.list("replies/")]


def is_put(answered: Response) -> bool:
    """Whether the store answers to a form."""
    return answered.request.method == "POST"


def assert_kept(form: Form) -> None:
    expect(form.place.locator("textarea")).to_have_value(WORDS)


def assert_sent_once(demo: Demo, form: Form) -> None:
    """It arrives now, and the school has it once."""
    form.send()
    expect(form.place.locator("textarea")).to_have_value("")
    assert [Word(To.teacher, "anna-b", WORDS)] == [reply.body for reply in came_in(demo)]


def test_without_a_network_the_words_wait_for_one(demo: Demo, page: Page, form: Form) -> None:
    page.context.set_offline(True)
    form.send(answer="reply-offline")
    assert_kept(form)
    page.context.set_offline(False)
    assert_sent_once(demo, form)


@contextmanager
def no_more_answers(demo: Demo) -> Iterator[None]:
    """The store refuses whatever would be put among the replies."""
    place = f"arn:aws:s3:::{demo.bucket}/replies/*"
    deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": place}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    client = demo.store().client
    client.put_bucket_policy(Bucket=demo.bucket, Policy=policy)
    try:
        yield
    finally:
        client.delete_bucket_policy(Bucket=demo.bucket)


def test_what_the_store_refuses_can_be_sent_when_it_takes_it_again(
    demo: Demo, page: Page, form: Form
) -> None:
    with no_more_answers(demo), page.expect_response(is_put) as answered:
        form.send(answer="reply-failed")
    assert 403 == answered.value.status
    assert_kept(form)
    assert_sent_once(demo, form)


def test_a_letter_whose_time_is_over_leads_to_the_newest_one(
    demo: Demo, page: Page, link: str, form: Form
) -> None:
    """The store itself says no to a form whose policy has ended."""
    about = open_letter(link).about
    over = datetime.now(UTC) - A_DAY
    keys = Credentials(*demo.keys("replies"))
    signer = PostSigner(demo.store(), keys, lambda: over - A_DAY)
    ended = signer.form(about["replies"]["begins"], min(SIZES), max(SIZES), over)
    replies = {**about["replies"], "fields": dict(ended.fields)}
    use = "(opened) => Sending.use(opened)"
    page.evaluate(use, {**about, "until": over.isoformat(), "replies": replies})
    with page.expect_response(is_put) as answered:
        form.send(answer="reply-expired")
    assert 403 == answered.value.status
    assert_kept(form)
    assert [] == came_in(demo)
    page.evaluate(use, about)  # as if it were the newest letter
    assert_sent_once(demo, form)
