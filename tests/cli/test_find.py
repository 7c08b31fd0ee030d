"""A parent wrote of a doubt, with a code; the office looks up which post that is."""

import json

import pytest

from lichtbrief.editions import code_of_post
from tests.school import SmallSchool

BOS = "groep-3/2026-11-17-bos"


@pytest.mark.parametrize("code", [code_of_post(BOS), f" {code_of_post(BOS).upper()}"])
def test_the_code_leads_to_the_post(school: SmallSchool, code: str) -> None:
    result = school.run("find", code)
    assert (0, f"content/groups/{BOS}/post.md\n") == (result.returncode, result.stdout)


def test_a_program_gets_json(school: SmallSchool) -> None:
    result = school.run("find", code_of_post(BOS), "--json")
    assert BOS == json.loads(result.stdout)["post"]


def test_a_code_of_no_post_is_an_error_with_what_to_do(school: SmallSchool) -> None:
    result = school.run("find", "aaaaaaaa")
    assert (1, "") == (result.returncode, result.stdout)
    assert "error: there is no post with the code 'aaaaaaaa'" in result.stderr
    assert "hint: compare it with the mail" in result.stderr
