"""Whatever `lichtbrief demo` starts ends with it, however it ends.

These demos are of the small school, each of its own.
"""

import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.demo.running import Demo, MailFile, answers, ports_of, processes_in, wait_until
from tests.school import SmallSchool

LISTENERS = 9  # the store's eight and the mail catcher's one
IGNORING_CTRL_C = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SmallSchool]:
    """The small school; whatever a test that fails left running in it is ended."""
    yield SmallSchool.build(tmp_path)
    for process in processes_in(tmp_path):
        os.kill(process, signal.SIGKILL)


@pytest.mark.parametrize(
    ("ending", "status"),
    [(signal.SIGINT, 0), (signal.SIGTERM, 0), (signal.SIGKILL, -signal.SIGKILL)],
)
def test_the_store_and_the_catcher_end_with_the_demo(
    school: SmallSchool, ending: signal.Signals, status: int
) -> None:
    demo = Demo.start(school.folder / "work", school.folder).serving()
    started = processes_in(school.folder)
    ports = ports_of(started)
    assert demo.process.pid in started
    assert LISTENERS == len(ports)
    assert all(answers(port) for port in ports)
    demo.process.send_signal(ending)
    assert status == demo.process.wait()
    wait_until(lambda: not processes_in(school.folder))
    wait_until(lambda: not any(answers(port) for port in ports))
    assert "Traceback" not in demo.complaints


def test_what_parents_answer_is_shown_at_the_end_and_leaves_the_schools_own_roster_alone(
    school: SmallSchool, page: Page
) -> None:
    demo = Demo.start(school.folder / "work", school.folder).serving()
    consents = Path("school/consents.csv")
    before = (school.folder / consents).read_text()
    page.goto(MailFile.read(demo.guardians()["g4"]).link)
    choices = page.locator(".answers details").filter(has_text="van Noor")
    choices.locator("summary").click()
    choices.locator("select").first.select_option("no")
    choices.get_by_role("button").click()
    expect(choices.locator("form")).to_have_class("sent")
    demo.process.send_signal(signal.SIGINT)
    assert 0 == demo.process.wait()
    assert "noor-d, photo for group: no" in demo.printed
    assert before == (school.folder / consents).read_text()
    assert 1 == (demo.work / consents).read_text().count("noor-d,g4,group,photo,no")


def test_ctrl_c_before_it_serves_ends_everything_too(school: SmallSchool) -> None:
    demo = Demo.start(school.folder / "work", school.folder)
    demo.wait_until(lambda: len(processes_in(school.folder)) > 1)
    os.killpg(demo.process.pid, signal.SIGINT)
    assert 1 == demo.process.wait()
    assert "error: stopped" in demo.complaints
    assert "Traceback" not in demo.complaints
    wait_until(lambda: not processes_in(school.folder))


def test_a_demo_behind_a_shell_hears_ctrl_c_as_well(school: SmallSchool) -> None:
    demo = Demo.start(school.folder / "work", school.folder, before=IGNORING_CTRL_C)
    demo.wait_until(lambda: len(processes_in(school.folder)) > 1)
    os.kill(demo.process.pid, signal.SIGINT)
    assert 1 == demo.process.wait()
    wait_until(lambda: not processes_in(school.folder))


def broken_roster(school: SmallSchool) -> None:
    school.add("school/memberships.csv", "nobody-x,groep-3,2026-08-01,\n")


def broken_post(school: SmallSchool) -> None:
    school.post("groep-3/2026-11-20-vreemd", "wie-is-dit", "Een vreemd bericht.\n")


def file_for_a_folder(school: SmallSchool) -> None:
    school.write("work", "a file where the work folder should be")


def file_for_the_store(school: SmallSchool) -> None:
    school.write("work/state/store", "a file where the store's folder should be")


def no_keys(school: SmallSchool) -> None:
    school.write("work/state/keys.json", "a key ring that cannot be read")


@pytest.mark.parametrize(
    "spoil", [broken_roster, broken_post, file_for_a_folder, file_for_the_store, no_keys]
)
def test_a_failure_on_the_way_is_explained_and_ends_everything(
    school: SmallSchool, spoil: Callable[[SmallSchool], None]
) -> None:
    spoil(school)
    demo = Demo.start(school.folder / "work", school.folder)
    assert 1 == demo.process.wait()
    assert re.search(r"^error: .+\nhint: .+", demo.complaints, re.MULTILINE), demo.complaints
    assert "that should not" not in demo.complaints, demo.complaints
    assert "Traceback" not in demo.complaints
    assert "" == demo.printed
    assert not (school.folder / "work" / "demo.json").exists()
    assert set() == processes_in(school.folder)
