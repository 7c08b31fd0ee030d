"""`lichtbrief declare` at a real terminal: a teacher goes through the photos of an afternoon."""

import os
import pty
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from lichtbrief.roster import read_table
from tests.media.noting import named_photo, noting
from tests.school import COMMAND, SmallSchool, photo

GYM = "groep-3/2026-11-19-gym"
COLUMNS = ("file", "people", "attested_by", "sha256", "cover")
WHO = "who? "


class Terminal:
    """A terminal with the command in it."""

    def __init__(self, school: SmallSchool, *arguments: str) -> None:
        self.master, slave = pty.openpty()
        environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": "100"}
        self.process = subprocess.Popen(
            [COMMAND, "declare", *arguments],
            cwd=school.folder,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)

    def until(self, words: str = WHO) -> str:
        """What appears up to these words, or up to the end."""
        seen = ""
        while not seen.endswith(words):
            try:
                data = os.read(self.master, 4096)
            except OSError:  # the command has ended
                break
            if not data:
                break
            seen += data.decode()
        return seen

    def type(self, line: str) -> str:
        """Type a line; what appears then, up to the next question."""
        os.write(self.master, f"{line}\n".encode())
        return self.until()

    def end(self) -> int:
        """Wait until it has ended."""
        os.close(self.master)
        return self.process.wait(20)


@pytest.fixture
def gym(school: SmallSchool) -> SmallSchool:
    """A post with four photos that nobody has declared; one of them names Sem."""
    school.post(GYM, "juf-sanne", "Gym!\n")
    for number in (1, 2, 3, 10):
        school.write(f"content/groups/{GYM}/gym-{number}.jpg", photo(40 + number))
    named_photo(school.folder / f"content/groups/{GYM}/gym-2.jpg", noting("digiKam", "Sem Klaver"))
    return school


@pytest.fixture
def terminal(gym: SmallSchool) -> Iterator[Terminal]:
    """The command in the middle of its first question."""
    opened = Terminal(gym, GYM)
    assert "4 photos, 4 to declare" in opened.until()
    yield opened
    if opened.process.poll() is None:
        opened.process.kill()
        opened.process.wait()


def table(school: SmallSchool) -> dict[str, tuple[str, str]]:
    """Who is declared in which photo, and by whom it is attested."""
    read = read_table(school.folder / f"content/groups/{GYM}/photos.csv", COLUMNS, ("alt",))
    assert () == read.problems
    assert all(len(row.cells["sha256"]) == 64 for row in read.rows)
    return {row.cells["file"]: (row.cells["people"], row.cells["attested_by"]) for row in read.rows}


def test_an_afternoon_is_declared_in_a_few_keys(gym: SmallSchool, terminal: Terminal) -> None:
    assert "Enter: sem-k" in terminal.type("1 te")
    assert "→ sem-k" in terminal.type("")
    assert "[4/4]" in terminal.type("all -se")
    assert "4 declared in photos.csv, 0 left" in terminal.type("nobody")
    assert 0 == terminal.end()
    assert {
        "gym-1.jpg": ("anna-b tess-v", ""),
        "gym-2.jpg": ("sem-k", ""),
        "gym-3.jpg": ("all -sem-k", ""),
        "gym-10.jpg": ("nobody", "juf-sanne"),
    } == table(gym)
    assert f"{GYM}: 4 photos\n" in gym.run("check").stdout
    again = gym.run("declare", GYM)
    assert (0, f"{GYM}: 4 photos, 0 to declare.\n") == (again.returncode, again.stdout)


def test_a_child_is_covered_where_the_file_says_the_face_is(
    gym: SmallSchool, terminal: Terminal
) -> None:
    assert "does not tell where anna-b is" in terminal.type("anna sem cover anna")
    assert "Can be covered, as in “1 2 cover 2”: sem-k" in terminal.type("s")
    assert "must be named before" in terminal.type("anna cover sem")
    assert "[3/4]" in terminal.type("anna sem cover sem")
    terminal.type("q")
    path = gym.folder / f"content/groups/{GYM}/photos.csv"
    assert ",sem-k=0.2/0.4/0.1/0.2," in path.read_text()
    assert "photos.csv" not in gym.run("check").stderr


def test_people_who_are_not_of_the_school_are_counted_and_attested(
    gym: SmallSchool, terminal: Terminal
) -> None:
    assert "→ anna-b others=2" in terminal.type("anna others=2")
    terminal.type("q")
    assert {"gym-1.jpg": ("anna-b others=2", "juf-sanne")} == table(gym)
    assert "photos.csv" not in gym.run("check").stderr


def test_what_is_unclear_is_asked_again_and_nothing_is_written(
    gym: SmallSchool, terminal: Terminal
) -> None:
    assert "“x” is nobody in this group" in terminal.type("x")
    assert "Nothing is offered" in terminal.type("")
    assert "Nothing is offered" in terminal.type("=")
    assert "1 Anna" in terminal.type("?")
    assert not (gym.folder / f"content/groups/{GYM}/photos.csv").exists()


def test_skip_back_same_and_quit(gym: SmallSchool, terminal: Terminal) -> None:
    assert "[2/4]" in terminal.type("s")
    assert "[1/4]" in terminal.type("b")
    assert "[1/4]" in terminal.type("b")
    assert "[2/4]" in terminal.type("anna")
    assert "Enter: anna-b" in terminal.type("b")
    assert "[2/4]" in terminal.type("tess")
    assert "names sem-k" in terminal.type("=")
    assert "2 declared in photos.csv, 2 left" in terminal.type("q")
    assert {"gym-1.jpg": ("tess-v", ""), "gym-2.jpg": ("tess-v", "")} == table(gym)
    assert "the file itself names sem-k" in gym.run("check").stdout


def test_a_kill_loses_no_answer(gym: SmallSchool, terminal: Terminal) -> None:
    terminal.type("anna")
    terminal.type("sem")
    os.killpg(terminal.process.pid, signal.SIGKILL)
    terminal.process.wait()
    assert {"gym-1.jpg": ("anna-b", ""), "gym-2.jpg": ("sem-k", "")} == table(gym)
    opened = Terminal(gym, GYM)
    assert "4 photos, 2 to declare" in opened.until()
    opened.process.kill()
    opened.process.wait()


def test_rows_that_exist_are_kept_and_a_changed_photo_is_asked_again(gym: SmallSchool) -> None:
    old = (
        "\ufefffile;people;attested_by;sha256;cover;alt\r\n"
        f"gym-1.jpg;anna-b;;{'0' * 64};;Een bok\r\ngym-3.jpg;tess-v;;;;Een touw\r\n"
    )
    path = gym.write(f"content/groups/{GYM}/photos.csv", old)
    result = gym.run("declare", GYM)  # whoever closes the input has asked for nothing
    assert "4 photos, 3 to declare" in result.stdout
    assert "Enter: anna-b" in result.stdout
    assert old == path.read_bytes().decode()
    opened = Terminal(gym, GYM)
    opened.until()
    opened.type("")
    opened.type("q")
    assert 0 == opened.end()
    text = path.read_bytes().decode()
    assert "\r\ngym-3.jpg;tess-v;;;;Een touw\r\n" in text
    assert "0" * 64 not in text
    assert "Een bok" in text


def test_what_cannot_be_declared_says_why(gym: SmallSchool) -> None:
    nowhere = gym.run("declare", "groep-3/2026-11-30-nergens")
    assert (1, True) == (nowhere.returncode, "there is no folder" in nowhere.stderr)
    outside = gym.run("declare", str(Path("/")))
    assert 1 == outside.returncode
    assert "Traceback" not in outside.stderr
    stranger = gym.run("declare", GYM, "--by", "juf-niemand")
    assert "juf-niemand is not on the staff" in stranger.stderr
    gym.write(f"content/groups/{GYM}/photos.csv", "file,people\ngym-1.jpg,anna-b,too,many\n")
    broken = gym.run("declare", GYM)
    assert "photos.csv" in broken.stderr
    assert 1 == broken.returncode
