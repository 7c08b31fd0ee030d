"""What a settings file may not say: every mistake is named at once, with its value and the cure."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from jinja2 import StrictUndefined

from lichtbrief.errors import Problem, ProblemsError
from lichtbrief.media import Bounds
from lichtbrief.roster import Audience, Kind
from lichtbrief.settings import Settings, read_settings
from tests.school import SmallSchool

GOOD: dict[str, Any] = {
    "SITENAME": "De Kleine Dijk",
    "TIMEZONE": "Europe/Amsterdam",
    "ARTICLE_PATHS": [],
    "STATIC_PATHS": [],
    "PAGE_PATHS": ["pages"],
    "DELETE_OUTPUT_DIRECTORY": True,
    "OUTPUT_SOURCES": False,
    "TEMPLATE_PAGES": {},
    "STATIC_CREATE_LINKS": False,
    "CACHE_CONTENT": False,
    "THEME_STATIC_PATHS": ["static/public"],
    "JINJA_ENVIRONMENT": {"autoescape": True, "undefined": StrictUndefined},
    "PATH": "/dijk/content",
    "OUTPUT_PATH": "/dijk/output",
    "THEME": "/dijk/theme",
}


def read(**changed: object) -> Settings:
    """The settings with some of them changed."""
    return read_settings(GOOD | changed)


def refused(**changed: object) -> tuple[Problem, ...]:
    """The problems with such settings."""
    with pytest.raises(ProblemsError) as caught:
        read(**changed)
    assert "the settings are refused; nothing was built" == caught.value.message
    assert all(problem.todo for problem in caught.value.problems)
    return caught.value.problems


def columns(problems: tuple[Problem, ...]) -> list[str | None]:
    return [problem.column for problem in problems]


def test_a_school_that_sets_nothing_gets_the_careful_defaults() -> None:
    settings = read()
    assert (True, "one", "until-withdrawn", "local", 7) == (
        settings.preview,
        settings.rule,
        settings.validity,
        settings.store,
        settings.link_days,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ARTICLE_PATHS", ""),
        ("ARTICLE_PATHS", [""]),
        ("ARTICLE_PATHS", ["groups"]),
        ("ARTICLE_PATHS", ()),
        ("STATIC_PATHS", ["images"]),
        ("STATIC_PATHS", "images"),
        ("PAGE_PATHS", [""]),
        ("PAGE_PATHS", ["pages", "groups"]),
        ("DELETE_OUTPUT_DIRECTORY", False),
        ("OUTPUT_SOURCES", True),
        ("TEMPLATE_PAGES", {"groups/groep-3/2026-11-17-bos/post.md": "bos.html"}),
        ("STATIC_CREATE_LINKS", True),
        ("CACHE_CONTENT", True),
        ("THEME_STATIC_PATHS", ["static"]),
        ("JINJA_ENVIRONMENT", {}),
        ("JINJA_ENVIRONMENT", None),
        ("JINJA_ENVIRONMENT", "autoescape"),
        ("JINJA_ENVIRONMENT", {"autoescape": False, "undefined": StrictUndefined}),
        ("JINJA_ENVIRONMENT", {"autoescape": 1, "undefined": StrictUndefined}),
        ("JINJA_ENVIRONMENT", {"autoescape": True}),
    ],
)
def test_what_would_let_pelican_publish_posts_is_refused(name: str, value: object) -> None:
    (problem,) = refused(**{name: value})
    assert (name, repr(value)[:80]) == (problem.column, problem.value)
    assert problem.todo.startswith("set ")


@pytest.mark.parametrize("name", ["ARTICLE_PATHS", "STATIC_PATHS", "DELETE_OUTPUT_DIRECTORY"])
def test_what_is_left_out_is_as_bad_as_what_is_wrong(name: str) -> None:
    given = {key: value for key, value in GOOD.items() if key != name}
    with pytest.raises(ProblemsError) as caught:
        read_settings(given)
    assert [name] == columns(caught.value.problems)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SITENAME", 7),
        ("TIMEZONE", "Europe/Urk"),
        ("TIMEZONE", "../../etc/passwd"),
        ("LICHTBRIEF_PREVIEW", "False"),
        ("LICHTBRIEF_PREVIEW", 0),
        ("LICHTBRIEF_WEEK", "week 47"),
        ("LICHTBRIEF_WEEK", "2026-W54"),
        ("LICHTBRIEF_WEEK", 47),
        ("LICHTBRIEF_MOMENT", "yesterday"),
        ("LICHTBRIEF_MOMENT", "2026-11-20T15:00+01:00"),
        ("LICHTBRIEF_CONSENT_RULE", "most"),
        ("LICHTBRIEF_CONSENT_RULE", ["one"]),
        ("LICHTBRIEF_CONSENT_VALIDITY", "forever"),
        ("LICHTBRIEF_CONSENT_FORMS", {"school": 2}),
        ("LICHTBRIEF_CONSENT_FORMS", {"school/photo": "2"}),
        ("LICHTBRIEF_CONSENT_FORMS", {"school/photo": True}),
        ("LICHTBRIEF_CONSENT_FORMS", {"school/photo": 0}),
        ("LICHTBRIEF_CONSENT_FORMS", {"world/photo": 1}),
        ("LICHTBRIEF_CONSENT_FORMS", ["school/photo"]),
        ("LICHTBRIEF_OFFICE", "the office"),
        ("LICHTBRIEF_MAIL_FROM", "weekbrief"),
        ("LICHTBRIEF_STORE", "file:///srv/letters"),
        ("LICHTBRIEF_STORE", "s3://"),
        ("LICHTBRIEF_S3_ENDPOINT", "minio.dijk.example"),
        ("LICHTBRIEF_S3_ENDPOINT", "http://[dijk"),
        ("LICHTBRIEF_PHOTO_FORMAT", "webp"),
        ("LICHTBRIEF_PHOTO_FORMAT", ["avif"]),
        ("LICHTBRIEF_LINK_DAYS", 8),
        ("LICHTBRIEF_LINK_DAYS", 0),
        ("LICHTBRIEF_LINK_DAYS", float("nan")),
        ("LICHTBRIEF_LINK_DAYS", True),
        ("LICHTBRIEF_LINK_DAYS", "a week"),
        ("LICHTBRIEF_CLOUDFRONT", "brief.dijk.example"),
        ("LICHTBRIEF_HOLIDAYS", [("2027-01-03", "2026-12-19")]),
        ("LICHTBRIEF_HOLIDAYS", [("19-12-2026", "3-1-2027")]),
        ("LICHTBRIEF_HOLIDAYS", ["2026-12-19"]),
        ("LICHTBRIEF_CLOUDFRONT_KEY_PAIR", "K2&J"),
        ("LICHTBRIEF_MAIL", ["smtp://localhost"]),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_value(name: str, value: object) -> None:
    (problem,) = refused(**{name: value})
    assert (name, repr(value)) == (problem.column, problem.value)
    assert problem.todo.startswith("write ")


def test_cloudfront_signs_for_longer_than_a_week_and_is_named_whole() -> None:
    cloudfront = {
        "LICHTBRIEF_CLOUDFRONT": "https://brief.dijk.example",
        "LICHTBRIEF_CLOUDFRONT_KEY_PAIR": "K2JCJMDEHXQW5F",
    }
    assert 200.0 == read(**cloudfront, LICHTBRIEF_LINK_DAYS=200).link_days
    for name, value in cloudfront.items():
        (missing,) = columns(refused(**{name: value}))
        assert missing in cloudfront.keys() - {name}


def test_letters_by_cloudfront_cannot_be_answered() -> None:
    (problem,) = refused(
        LICHTBRIEF_CLOUDFRONT="https://brief.dijk.example",
        LICHTBRIEF_CLOUDFRONT_KEY_PAIR="K2JCJMDEHXQW5F",
        LICHTBRIEF_REPLIES="post",
    )
    assert ("LICHTBRIEF_REPLIES", "cannot be with LICHTBRIEF_CLOUDFRONT") == (
        problem.column,
        problem.what,
    )


def test_all_that_is_wrong_is_told_at_once() -> None:
    problems = refused(
        ARTICLE_PATHS="", LICHTBRIEF_WEEK="47", LICHTBRIEF_WEKE="2026-W47", OUTPUT_PATH="/dijk"
    )
    assert {
        "ARTICLE_PATHS",
        "LICHTBRIEF_WEEK",
        "LICHTBRIEF_WEKE",
        "PATH",
        "THEME",
        "LICHTBRIEF_SCHOOL",
        "LICHTBRIEF_STATE",
    } == set(columns(problems))


def test_a_name_with_a_typing_error_is_refused() -> None:
    (problem,) = refused(LICHTBRIEF_CONSENT_RULES="all")
    assert "LICHTBRIEF_CONSENT_RULES" == problem.column


@pytest.mark.parametrize(
    "output",
    [
        "/dijk/content/output",
        "/dijk/content",
        "/dijk",
        "/dijk/school/output",
        "/dijk/.lichtbrief/output",
        "/dijk/theme/static/public",
        "/",
    ],
)
def test_the_output_may_not_hold_or_lie_in_what_is_private(output: str) -> None:
    problems = refused(OUTPUT_PATH=output)
    assert {"and OUTPUT_PATH lie inside one another"} == {problem.what for problem in problems}


def test_a_moment_of_the_past_is_refused_for_a_store_that_parents_reach() -> None:
    real = {"LICHTBRIEF_MOMENT": "2026-11-20T15:00", "LICHTBRIEF_STORE": "s3://letters"}
    assert ["LICHTBRIEF_MOMENT"] == columns(refused(LICHTBRIEF_PREVIEW=False, **real))
    for endpoint in ("https://s3.dijk.example", "https://127.0.0.1.dijk.example:8333"):
        problems = refused(LICHTBRIEF_PREVIEW=False, LICHTBRIEF_S3_ENDPOINT=endpoint, **real)
        assert ["LICHTBRIEF_MOMENT"] == columns(problems)


@pytest.mark.parametrize(
    "place",
    [
        {"LICHTBRIEF_PREVIEW": True, "LICHTBRIEF_STORE": "s3://letters"},
        {"LICHTBRIEF_PREVIEW": False, "LICHTBRIEF_STORE": "local"},
        {
            "LICHTBRIEF_PREVIEW": False,
            "LICHTBRIEF_STORE": "s3://letters",
            "LICHTBRIEF_S3_ENDPOINT": "http://127.0.0.1:8333",
        },
    ],
)
def test_a_moment_of_the_past_is_fine_on_this_machine(place: dict[str, object]) -> None:
    settings = read(LICHTBRIEF_MOMENT="2026-11-20T15:00", **place)
    assert datetime(2026, 11, 20, 15) == settings.now()


@pytest.mark.parametrize(
    "name",
    [
        "LICHTBRIEF_KEYS",
        "LICHTBRIEF_MAIL_PASSWORD",
        "LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_ACCESS_KEY_ID",
        "AWS_SESSION_TOKEN",
    ],
)
def test_a_secret_among_the_settings_is_refused_and_not_shown(name: str) -> None:
    (problem,) = refused(**{name: "kikkerdril"})
    assert name == problem.column
    assert "kikkerdril" not in str(problem)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LICHTBRIEF_MAIL", "smtp://post:kikkerdril@mail.dijk.example:587"),
        ("LICHTBRIEF_S3_ENDPOINT", "https://key:kikkerdril@s3.dijk.example"),
        ("LICHTBRIEF_STORE", "s3://key:kikkerdril@letters"),
        ("LICHTBRIEF_STORE", "file://key:kikkerdril@letters"),
    ],
)
def test_a_password_in_an_address_is_refused_and_not_shown(name: str, value: str) -> None:
    problems = refused(**{name: value})
    assert {name} == set(columns(problems))
    assert "kikkerdril" not in "".join(map(str, problems))


def test_relative_folders_lie_beside_the_content() -> None:
    settings = read(LICHTBRIEF_SCHOOL="../office/school", LICHTBRIEF_STATE="state")
    assert (Path("/office/school"), Path("/dijk/state")) == (settings.school, settings.state)
    assert Path("/office") == read(LICHTBRIEF_SCHOOL="/office").school


def test_a_preview_has_keys_and_a_cache_of_its_own() -> None:
    looking, publishing = read(LICHTBRIEF_PREVIEW=True), read(LICHTBRIEF_PREVIEW=False)
    assert looking.key_ring != publishing.key_ring
    assert looking.cache != publishing.cache


def test_forms_are_by_audience_and_kind() -> None:
    assert {(Audience.school, Kind.photo): 2} == read(
        LICHTBRIEF_CONSENT_FORMS={"school/photo": 2}
    ).forms


def test_pelican_shows_its_settings_without_a_secret(tmp_path: Path) -> None:
    secrets = {
        "LICHTBRIEF_MAIL_PASSWORD": "kikkerdril-1",
        "LICHTBRIEF_KEYS": "kikkerdril-2",
        "AWS_SECRET_ACCESS_KEY": "kikkerdril-3",
        "LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY": "kikkerdril-4",
    }
    small = SmallSchool.build(tmp_path)
    school = SmallSchool(small.folder, secrets)
    shown = school.pelican("content", "-s", "publishconf.py", "--print-settings")
    assert "LICHTBRIEF_STORE" in shown.stdout, shown.stderr
    assert "kikkerdril" not in shown.stdout + shown.stderr


def test_a_school_says_how_large_a_photo_may_be() -> None:
    assert Bounds(megapixels=50) == read(LICHTBRIEF_PHOTO_BOUNDS={"megapixels": 50}).bounds


@pytest.mark.parametrize(
    "bounds", [{"megapixel": 50}, {"megapixels": 0}, {"megapixels": 441}, {"memory": "2 GB"}, 50]
)
def test_a_bound_that_is_none_is_refused(bounds: object) -> None:
    assert ["LICHTBRIEF_PHOTO_BOUNDS"] == columns(refused(LICHTBRIEF_PHOTO_BOUNDS=bounds))


def test_a_school_says_how_its_letters_look() -> None:
    plain = read()
    assert (None, None, True, False) == (
        plain.logo,
        plain.translations,
        plain.mark,
        plain.save_photos,
    )
    ours = read(
        LICHTBRIEF_COLOUR="#A02030",
        LICHTBRIEF_LOGO="pictures/logo.png",
        LICHTBRIEF_TRANSLATIONS="words",
        LICHTBRIEF_MARK=False,
        LICHTBRIEF_SAVE_PHOTOS=True,
    )
    assert ("#a02030", False, True) == (ours.colour, ours.mark, ours.save_photos)
    assert Path("/dijk/pictures/logo.png") == ours.logo
    assert Path("/dijk/words") == ours.translations


@pytest.mark.parametrize("colour", ["red", "#fff", "", "#fff}body{", 12])
def test_what_is_no_colour_is_refused(colour: object) -> None:
    assert ["LICHTBRIEF_COLOUR"] == columns(refused(LICHTBRIEF_COLOUR=colour))
