"""The commands of whoever publishes: keys, build, publish and weekly, as the office reads them."""

import contextlib
import json
import os
import pty
import re
from pathlib import Path
from subprocess import PIPE, Popen

from lichtbrief.cli.tables import summary
from lichtbrief.storage import LocalStore
from tests.jobs.given import folder_bytes
from tests.road.roads import open_road
from tests.school import COMMAND, SmallSchool


def test_keys_are_made_once_and_shown_never(school: SmallSchool) -> None:
    first, again = school.run("keys", "make"), school.run("keys", "make")
    assert (0, 0) == (first.returncode, again.returncode)
    ring = json.loads((school.folder / ".lichtbrief/keys.json").read_text())
    assert first.stdout.startswith("School year 2026/2027 has its secret now.\n")
    assert again.stdout.startswith("School year 2026/2027 was there already;")
    listed = school.run("keys", "list")
    assert "2026/2027  one secret\n" == listed.stdout
    shown = first.stdout + again.stdout + listed.stdout
    assert [] == [secret for secret in ring["years"].values() if secret in shown]


def test_a_key_ring_that_others_can_read_is_refused(school: SmallSchool) -> None:
    school.run("keys", "make")
    (school.folder / ".lichtbrief/keys.json").chmod(0o644)
    result = school.run("build")
    assert (1, "") == (result.returncode, result.stdout)
    assert "hint: chmod 600 " in result.stderr


def test_a_build_says_what_is_shown_and_what_is_left_out_and_why(school: SmallSchool) -> None:
    school.run("keys", "make")
    school.add("school/blocks.csv", "tess-v,safety,2026-09-01,,directeur-els\n")
    result = school.run("build")
    assert (0, "") == (result.returncode, result.stderr)
    lines = [line.split() for line in result.stdout.splitlines()]
    assert [
        ["Editions", "up", "to", "week", "2026-W47"],
        ["Editions", "3", "3", "sealed", "now,", "0", "unchanged"],
        ["Photos", "shown", "2"],
        ["Photos", "left", "out", "1"],
        ["1", "blocked:", "somebody", "in", "it", "must", "never", "be", "shown"],
    ] == lines


def test_a_problem_in_a_post_is_told_once_and_stops_the_build(school: SmallSchool) -> None:
    school.run("keys", "make")
    school.post("groep-5/2026-11-19-stuk", "juf-niemand", "Wie?\n")
    result = school.run("build")
    assert (1, "") == (result.returncode, result.stdout)
    problem, message, hint = result.stderr.splitlines()
    assert problem.startswith("error: content/groups/groep-5/2026-11-19-stuk/post.md:3:")
    assert "error: 1 problem in the posts; nothing is published" == message
    assert hint.startswith("hint: ")


def test_names_with_brackets_are_printed_as_they_are() -> None:
    text = summary("Week [bold]", [("Could not be read", "", "groep-3/bos/[/b]x.jpg: cut off")])
    assert "Week [bold]\n  Could not be read        groep-3/bos/[/b]x.jpg: cut off\n" == text


def test_a_bar_is_shown_to_a_person_and_nothing_of_it_left_behind(school: SmallSchool) -> None:
    school.run("keys", "make")
    screen, terminal = pty.openpty()
    around = os.environ | {"TERM": "xterm", "COLUMNS": "80"}
    with Popen(
        [COMMAND, "build"], cwd=school.folder, env=around, stdout=PIPE, stderr=terminal
    ) as command:
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # which is how a terminal says that all have left
            while data := os.read(screen, 65_536):
                shown += data
        answer = command.communicate()[0]
    os.close(screen)
    assert 0 == command.returncode
    assert answer.startswith(b"Editions up to week 2026-W47\n")
    assert b"Editions" in shown
    *_, last = re.split(rb"\x1b\[2K|\x1b\[1A|\r", shown)
    assert b"Editions" not in last


def test_pelican_and_lichtbrief_build_the_same_bytes(built: SmallSchool, tmp_path: Path) -> None:
    ours = folder_bytes(built.folder / "output")
    other = SmallSchool.build(tmp_path)
    keys = (built.folder / ".lichtbrief/keys.json").read_bytes()
    other.write(".lichtbrief/keys.json", keys).chmod(0o600)
    result = other.pelican("content", "-s", "publishconf.py")
    assert 0 == result.returncode, result.stderr
    assert ours == folder_bytes(other.folder / "output")
    assert 3 == sum(name.startswith("editions/") for name in ours)


def test_pelican_without_settings_makes_a_sealed_preview(school: SmallSchool) -> None:
    result = school.pelican("content")
    assert 0 == result.returncode, result.stderr
    made = folder_bytes(school.folder / "preview")
    assert {"preview.html", "manifest.json"} < made.keys()
    assert [] == [name for name, data in made.items() if b"We zochten bladeren" in data]
    assert not (school.folder / "output").exists()


def test_a_week_is_rehearsed_and_then_done(store_server: LocalStore, tmp_path: Path) -> None:
    with open_road(store_server, tmp_path) as road:
        rehearsed = road.weekly("--dry-run")
        assert (0, "") == (rehearsed.returncode, rehearsed.stderr)
        plan = [line.split() for line in rehearsed.stdout.split("A dry run: ")[1].splitlines()]
        assert [
            ["nothing", "was", "uploaded,", "deleted", "or", "mailed"],
            ["Would", "upload", "editions", "3", "new"],
            ["Would", "upload", "letters", "4", "new"],
            ["Would", "mail", "4"],
        ] == plan
        done = road.weekly()
        assert (0, "") == (done.returncode, done.stderr)
        rows = [line.split() for line in done.stdout.split("Store and mails\n")[1].splitlines()]
        assert [
            ["Letters", "4"],
            ["Objects", "uploaded", "7"],
            ["Objects", "deleted", "0"],
            ["Mails", "sent", "now", "4"],
            ["Guardians", "to", "be", "mailed", "4"],
            ["Guardians:", "sent", "4", "have", "this", "week's", "mail"],
            ["Readers", "on", "paper", "1", "get", "no", "weekly", "mail"],
        ] == rows
        again = road.weekly("--dry-run").stdout
        assert "the store holds what it should" in again
        published = road.school.run("publish", "--json")
        assert (0, "") == (published.returncode, published.stderr)
        value = json.loads(published.stdout)
        assert (0, 0, []) == (value["uploaded"], value["deleted"], value["plan"])


def test_a_post_that_names_who_may_not_be_named_stays_out_and_is_told(school: SmallSchool) -> None:
    school.run("keys", "make")
    school.post("groep-3/2026-11-18-nieuws", "juf-sanne", "Vandaag las Tess voor.\n")
    result = school.run("build")
    assert (
        "error: content/groups/groep-3/2026-11-18-nieuws/post.md:5: names tess-v, who may not be"
        " named here; write “een leerling” or leave the name out\n"
        "hint: 1 post kept back until then; the others go out as usual\n"
    ) == result.stderr
    assert 1 == result.returncode
    assert result.stdout.startswith("Editions up to week 2026-W47\n")
