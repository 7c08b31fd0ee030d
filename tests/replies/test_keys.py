"""The key that signs what letters carry for answers: wrong, or another one than last time."""

import pytest

from tests.road.roads import Road, open_letter

pytestmark = pytest.mark.xdist_group("replies-road")

KEY, SECRET = "LICHTBRIEF_REPLIES_ACCESS_KEY_ID", "LICHTBRIEF_REPLIES_SECRET_ACCESS_KEY"


def test_with_a_wrong_key_nobody_is_mailed_and_with_another_one_every_letter_is_written_anew(
    road: Road,
) -> None:
    result = road.weekly(**{SECRET: "0" * 40})
    assert (1, {}) == (result.returncode, road.mails())
    assert "the store does not take what parents would answer (answer 403)" in result.stderr
    road.done()
    link = road.link("g1")
    before = open_letter(link).about["replies"]["fields"]
    own = road.school.environment
    own[KEY], own[SECRET] = own["AWS_ACCESS_KEY_ID"], own["AWS_SECRET_ACCESS_KEY"]
    assert 0 == road.done()["mailed_now"]
    after = open_letter(link).about["replies"]["fields"]
    assert own[KEY] == after["x-amz-credential"].partition("/")[0]
    assert own[KEY] not in before["x-amz-credential"]
    assert not road.store.list("replies/")
