"""A key of somebody's own: made on their machine, in a file that opens with their passphrase."""

import json
import secrets
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lichtbrief.errors import LichtbriefError
from lichtbrief.jobs.answers.own_key_files import opened_key, read_key_file
from lichtbrief.replies import OwnKeyFile
from lichtbrief.roster import an_own_key
from tests.school import SmallSchool

PASSPHRASE = "vier woorden en een fiets"


@pytest.fixture(scope="module")
def made() -> OwnKeyFile:
    return OwnKeyFile.make("juf-sanne", PASSPHRASE, secrets.token_bytes)


@pytest.fixture
def school(tmp_path: Path) -> SmallSchool:
    school = SmallSchool.build(tmp_path / "school")
    school.environment["XDG_CONFIG_HOME"] = str(tmp_path / "home")
    return school


def test_the_file_opens_with_the_passphrase_and_with_no_other(made: OwnKeyFile) -> None:
    path = Path("juf-sanne.key")
    again = OwnKeyFile.parse(made.to_bytes())
    assert made == again
    assert "juf-sanne" == opened_key(path, again, PASSPHRASE).owner
    with pytest.raises(LichtbriefError, match=r"not the passphrase of juf-sanne\.key"):
        opened_key(path, again, PASSPHRASE + " ")
    value = json.loads(made.to_bytes())
    damaged = OwnKeyFile.parse(json.dumps({**value, "sealed": value["sealed"][:-8]}).encode())
    with pytest.raises(LichtbriefError, match=r"juf-sanne\.key is damaged"):
        opened_key(path, damaged, PASSPHRASE)


def test_the_file_and_its_key_show_nothing_secret(made: OwnKeyFile) -> None:
    own = made.open(PASSPHRASE)
    private = own.private.private_numbers().private_value
    assert str(private) not in repr(own) + repr(made)
    assert private.to_bytes(32) not in made.to_bytes() + made.sealed
    assert PASSPHRASE not in made.to_bytes().decode()


def test_two_keys_with_one_passphrase_have_nothing_in_common(made: OwnKeyFile) -> None:
    other = OwnKeyFile.make("juf-sanne", PASSPHRASE, secrets.token_bytes)
    assert not {made.public, made.salt, made.sealed} & {other.public, other.salt, other.sealed}


@given(
    st.binary(max_size=200)
    | st.dictionaries(
        st.sampled_from(("format", "public", "salt", "sealed")),
        st.sampled_from(("lichtbrief own key 1", "", "AA==", "x")) | st.none() | st.integers(),
    ).map(lambda value: json.dumps(value).encode())
)
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- whatever it says, it is a ValueError
        OwnKeyFile.parse(data)


def test_a_teacher_makes_a_key_and_is_told_what_to_do_with_it(
    school: SmallSchool, tmp_path: Path
) -> None:
    result = school.run_typing(f"{PASSPHRASE}\n" * 2, "keys", "own", "juf-sanne")
    assert (0, "") == (result.returncode, result.stderr)
    path = tmp_path / "home/lichtbrief/juf-sanne.key"
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    file = read_key_file(path)
    assert file is not None
    assert file.public == an_own_key(file.public)
    assert f"\n    {file.public}\n" in result.stdout
    assert "in the row juf-sanne, in the column key" in result.stdout
    again = school.run("keys", "own", "juf-sanne")
    assert result.stdout == again.stdout
    assert file == read_key_file(path)


def test_the_teachers_copy_of_the_roster_is_enough_to_make_one(school: SmallSchool) -> None:
    assert 0 == school.run("permits").returncode
    for table in (school.folder / "school").glob("*.csv"):
        table.unlink()
    result = school.run_typing(f"{PASSPHRASE}\n" * 2, "keys", "own", "juf-sanne")
    assert (0, "") == (result.returncode, result.stderr)


def test_what_somebody_does_wrong_makes_no_key(school: SmallSchool, tmp_path: Path) -> None:
    inside = str(school.folder / "school/sanne.key")
    cases = {
        ("keys", "own", "juf-x"): (PASSPHRASE * 2, "nobody on the staff has that id"),
        ("keys", "own", "juf-sanne"): ("kort\nkort\n", "the passphrase is too short"),
        ("keys", "own", "meester-tom"): (f"{PASSPHRASE}\nanders\n", "not the same passphrase"),
        ("keys", "own", "juf-sanne", "--key", inside): ("", "in a folder that others have too"),
    }
    for arguments, (typed, expected) in cases.items():
        result = school.run_typing(typed, *arguments)
        assert (1, "") == (result.returncode, result.stdout)
        assert expected in result.stderr
    assert not list(tmp_path.rglob("*.key"))


def test_a_key_file_that_others_can_read_or_that_is_anothers_is_refused(
    school: SmallSchool, tmp_path: Path, made: OwnKeyFile
) -> None:
    path = tmp_path / "own.key"
    path.write_bytes(made.to_bytes())
    path.chmod(0o640)
    result = school.run("keys", "own", "juf-sanne", "--key", str(path))
    assert "hint: chmod 600 " in result.stderr
    path.chmod(0o600)
    result = school.run("keys", "own", "meester-tom", "--key", str(path))
    assert f"error: {path} is the key of juf-sanne\n" in result.stderr
    path.write_bytes(b"{}")
    result = school.run("keys", "own", "juf-sanne", "--key", str(path))
    assert f"error: {path} is not the file of somebody's own key\n" in result.stderr
