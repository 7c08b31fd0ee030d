"""The manifest is all that publishing may upload, so what no build has written is refused."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.ground.manifest import NAME, read_manifest
from tests.jobs.given import W46, W47, entry, manifest_of

MANIFEST = manifest_of(entry("groep-3"), entry("groep-3", W46), entry("school"))


def refused(folder: Path, text: str | bytes) -> LichtbriefError:
    """What reading this manifest raises."""
    (folder / NAME).write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(LichtbriefError) as caught:
        read_manifest(folder)
    assert "run lichtbrief build first" == caught.value.hint
    return caught.value


def test_what_a_build_writes_is_read_back(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(MANIFEST.to_json())
    assert MANIFEST == read_manifest(tmp_path)


def test_the_same_build_writes_the_same_manifest() -> None:
    assert MANIFEST.to_json() == manifest_of(*MANIFEST.editions).to_json()


def test_an_edition_is_found_by_group_and_week() -> None:
    assert entry("groep-3", W46) == MANIFEST.edition("groep-3", W46)
    assert MANIFEST.edition("school", W46) is None
    assert MANIFEST.edition("groep-9", W47) is None


def test_without_a_build_there_is_nothing_to_publish(tmp_path: Path) -> None:
    with pytest.raises(LichtbriefError, match="no build to publish"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "7",
        '"manifest"',
        "{}",
        '{"format": "lichtbrief manifest 2"}',
        '{"format": "lichtbrief manifest 1"}',
        b"\xff\xfe",
        "[" * 100_000,
        MANIFEST.to_json()[:-20],
        MANIFEST.to_json().replace('"week": "2026-W47"', '"week": "2026-W60"'),
        MANIFEST.to_json().replace('"week": "2026-W47"', '"week": 47'),
        MANIFEST.to_json().replace('"editions": [', '"editions": [7,'),
        MANIFEST.to_json().replace('"editions": [', '"editions": [{},'),
    ],
)
def test_what_is_no_manifest_of_ours_is_refused(tmp_path: Path, text: str | bytes) -> None:
    refused(tmp_path, text)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "../school/pupils.csv"),
        ("name", "/etc/passwd"),
        ("name", "editions/2026/../../school/pupils.csv"),
        ("name", "editions/2025/" + "a" * 26),
        ("name", "letters/" + "a" * 26),
        ("name", "editions/2026/" + "a" * 26 + "\n"),
        ("name", None),
        ("size", "9"),
        ("size", True),
        ("week", "2026-W60"),
        ("sha256", 0),
        ("group", ["groep-3"]),
        ("colour", "blue"),
    ],
)
def test_an_entry_that_no_build_makes_is_refused(tmp_path: Path, field: str, value: object) -> None:
    content = json.loads(MANIFEST.to_json())
    content["editions"][1][field] = value
    refused(tmp_path, json.dumps(content))


@pytest.mark.parametrize("preview", [True, None, 0, "false"])
def test_only_a_plain_false_is_no_preview(tmp_path: Path, preview: object) -> None:
    content = json.loads(MANIFEST.to_json()) | {"preview": preview}
    (tmp_path / NAME).write_text(json.dumps(content))
    assert read_manifest(tmp_path).preview is True


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["format", "week", "editions", "preview"]), inner)
    ),
)


@given(content=JSON)
def test_any_json_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: object
) -> None:
    folder = tmp_path_factory.mktemp("manifest")
    refused(folder, json.dumps(content))
