"""`lichtbrief log`: what the office reads of it, and what it is told when somebody changed it."""

import json

from lichtbrief.consent.lines import As, Event, What
from lichtbrief.jobs.ground.log import Log
from tests.school import SmallSchool

POST = "groep-3/2026-11-17-bos"


def log_of(school: SmallSchool) -> Log:
    """The school's log, with a key made, a photo shown and a photo denied."""
    assert 0 == school.run("keys", "make").returncode
    log = Log.of(school.folder / ".lichtbrief")
    log.add(
        [
            Event(What.permitted, {"post": POST, "photos": ["ab", "cd"]}),
            Event(
                What.denied,
                {"post": POST, "photo": "ef", "reason": "refused"},
                ((As.pupil, "anna-b"),),
            ),
            Event(What.ahead, {"posts": [POST, "groep-5/2026-11-19-sommen"]}),
        ]
    )
    return log


def test_the_log_can_be_read_whole_by_pupil_and_by_post(school: SmallSchool) -> None:
    log_of(school)
    lines = school.run("log", "show").stdout.splitlines()
    assert 4 == len(lines)
    assert lines[0].endswith("key of school year 2026 made")
    assert lines[1].endswith(f"{POST}: may be shown: ab cd")
    assert lines[2].endswith(f"{POST}: not shown: ef (refused)  [pupil anna-b]")
    assert lines[3].endswith(f"published before their day: {POST} groep-5/2026-11-19-sommen")
    assert lines[2:3] == school.run("log", "show", "--pupil", "anna-b").stdout.splitlines()
    assert lines[1:] == school.run("log", "show", "--post", POST).stdout.splitlines()
    assert "nothing about that" in school.run("log", "show", "--pupil", "sem-k").stdout
    value = json.loads(school.run("log", "show", "--json", "--pupil", "anna-b").stdout)
    assert [{"as": "pupil", "id": "anna-b"}] == value["lines"][0]["who"]


def test_a_log_that_was_changed_is_said_to_be(school: SmallSchool) -> None:
    log = log_of(school)
    sound = school.run("log", "verify")
    assert (0, "4 lines, each as it was written.") == (
        sound.returncode,
        sound.stdout.splitlines()[0],
    )
    log.forget({"anna-b"})
    assert "1 mention of people who were forgotten." in school.run("log", "verify").stdout
    first, second, *others = log.path.read_text().splitlines(keepends=True)
    log.path.write_text("".join([first, second.replace('"cd"', '"dd"'), *others]))
    edited = school.run("log", "verify")
    assert (1, "Line 2 is not what was written.") == (
        edited.returncode,
        edited.stdout.splitlines()[0],
    )
    log.path.write_text("".join([first, *others]))
    removed = school.run("log", "verify")
    assert (1, "Line 3 follows line 1.") == (removed.returncode, removed.stdout.splitlines()[0])
    refused = school.run("log", "show")
    assert (1, "") == (refused.returncode, refused.stdout)
    assert "hint: lichtbrief log verify says where" in refused.stderr
