import json
import os
from copy import deepcopy
from os import pathsep
from pathlib import Path
from typing import Any

import pytest

from lichtbrief.consent import Deny, Permit, Reason
from tests.consent.vectors import OURS, Vector, read_vectors, vector_files

VECTORS = [
    vector
    for file in vector_files(os.environ.get("CONSENT_VECTORS", ""))
    for vector in read_vectors(file)
]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_the_vector_is_decided_as_it_says(vector: Vector) -> None:
    decision = vector.decided()
    assert vector.expect == ("permit" if decision == Permit() else "deny")
    if vector.reason is not None:
        assert isinstance(decision, Deny)
        assert vector.reason == decision.reason


CASE: dict[str, Any] = {
    "given": {
        "relations": [
            {
                "guardian": "ann",
                "pupil": "sem-k",
                "decides": True,
                "since": "2024-08-01",
                "until": None,
            }
        ],
        "events": [
            {
                "pupil": "sem-k",
                "guardian": "ann",
                "audience": "group",
                "kind": "photo",
                "decision": "yes",
                "said_at": "2026-09-01T09:00",
                "recorded_at": "2026-09-01T09:00",
                "form": 1,
            }
        ],
        "blocks": [
            {
                "pupil": "sem-k",
                "kind": "safety",
                "since": "2026-01-01",
                "until": "2026-02-01",
                "by": None,
            }
        ],
        "settings": {"rule": "one", "validity": "until-withdrawn", "form_required": 1},
    },
    "photo": {
        "declared": True,
        "people": ["sem-k"],
        "attested_by": None,
        "bytes_match_declaration": True,
    },
    "asked": {"audience": "group", "kind": "photo", "at": "2026-11-20T12:00"},
}


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Where each single value of the case stands."""
    if isinstance(value, dict):
        return [found for key in value for found in places(value[key], (*path, key))]
    if isinstance(value, list):
        return [found for index, each in enumerate(value) for found in places(each, (*path, index))]
    return [path]


def vector(case: dict[str, Any]) -> Vector:
    return Vector("changed", case["given"], case["photo"], case["asked"], "deny", None)


def changed(path: tuple[str | int, ...], value: object) -> Vector:
    case = deepcopy(CASE)
    inner: Any = case
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return vector(case)


def test_the_case_to_spoil_is_permitted() -> None:
    assert Permit() == vector(CASE).decided()


# A note may be any text, an attester any name, and a block of somebody else is none of ours.
FREE = {("given", "blocks", 0, "by"), ("given", "blocks", 0, "pupil"), ("photo", "attested_by")}


@pytest.mark.parametrize("path", [path for path in places(CASE) if path not in FREE], ids=str)
@pytest.mark.parametrize("value", ["zzz", 7.5, [], {}, ["sem-k"]], ids=repr)
def test_an_unknown_value_anywhere_is_never_permitted(
    path: tuple[str | int, ...], value: object
) -> None:
    assert isinstance(changed(path, value).decided(), Deny)


@pytest.mark.parametrize("value", [7.5, [], {}, ["sem-k"]], ids=repr)
def test_an_unknown_attester_is_never_permitted(value: object) -> None:
    case = deepcopy(CASE)
    case["photo"] |= {"people": [], "attested_by": value}
    assert isinstance(vector(case).decided(), Deny)


@pytest.mark.parametrize("part", ["relations", "events", "blocks", "settings"])
def test_a_missing_part_is_never_permitted(part: str) -> None:
    case = deepcopy(CASE)
    del case["given"][part]
    assert vector(case).decided() == Deny(Reason.unreadable)


def test_the_file_beside_the_tests_is_always_run(tmp_path: Path) -> None:
    (tmp_path / "b.json").touch()
    (tmp_path / "a.json").touch()
    named = pathsep.join((str(tmp_path), "more.json"))
    expected = [OURS, tmp_path / "a.json", tmp_path / "b.json", Path("more.json")]
    assert expected == vector_files(named)
    assert [OURS] == vector_files("")


def test_a_folder_without_vectors_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no vectors"):
        vector_files(str(tmp_path))


def test_a_file_that_is_not_there_fails(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_vectors(tmp_path / "none.json")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        json.dumps({"format": "lichtbrief consent vectors 2", "vectors": []}),
        json.dumps({"format": "lichtbrief consent vectors 1", "vectors": []}),
    ],
)
def test_a_file_of_another_format_fails(tmp_path: Path, text: str) -> None:
    path = tmp_path / "vectors.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"."):
        read_vectors(path)


def test_a_vector_that_expects_something_else_fails(tmp_path: Path) -> None:
    case = CASE | {"name": "odd", "expect": "perhaps", "reason": None}
    path = tmp_path / "vectors.json"
    path.write_text(json.dumps({"format": "lichtbrief consent vectors 1", "vectors": [case]}))
    with pytest.raises(ValueError, match="neither permit nor deny"):
        read_vectors(path)
