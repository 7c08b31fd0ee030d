"""How every command speaks: help, wrong usage, errors in words, JSON for programs."""

import json
import os
import re
import signal
from pathlib import Path
from subprocess import PIPE, CompletedProcess, Popen

import pytest

from lichtbrief.cli.commands import COMMANDS, GROUPS
from lichtbrief.cli.main import make_parser
from tests.school import COMMAND, ROOT, SmallSchool

PARTS = [
    *((name,) for name in COMMANDS),
    ("keys", "make"),
    ("keys", "list"),
    ("keys", "retire"),
    ("log", "show"),
    ("log", "verify"),
    ("storage", "policy"),
    ("storage", "setup"),
    ("talks", "assign"),
    ("talks", "plan"),
]


def told(result: CompletedProcess[str]) -> list[str]:
    """The lines of a refusal: only errors and hints, no traceback, no half an answer."""
    assert (1, "") == (result.returncode, result.stdout)
    lines = result.stderr.splitlines()
    assert lines
    assert [] == [line for line in lines if not line.startswith(("error: ", "hint: "))]
    return lines


def ended(arguments: tuple[str, ...]) -> object:
    """The exit status of arguments that the parser itself answers."""
    with pytest.raises(SystemExit) as caught:
        make_parser(arguments[0] if arguments else None).parse_args(arguments)
    return caught.value.code


def test_the_help_lists_every_command_by_whom_it_is_for(school: SmallSchool) -> None:
    result = school.run("--help")
    assert (0, "") == (result.returncode, result.stderr)
    lines = result.stdout.splitlines()
    words = [line.split() for line in lines if line.startswith("  ")][1:]  # without -h
    assert list(COMMANDS) == [first for first, *_ in words]
    assert [] == [title for title in GROUPS if f"{title}:" not in lines]
    assert [] == [line for line in lines if len(line) > 80]


def test_every_module_that_is_a_command_is_for_somebody_and_nobody_else() -> None:
    modules = sorted(module for group in GROUPS.values() for module, _ in group.values())
    folder = ROOT / "plugins/lichtbrief/cli"
    assert modules == sorted(
        path.stem for path in folder.glob("*.py") if "\ndef add_to(" in path.read_text("utf-8")
    )


def test_the_readme_lists_the_same_commands_in_the_same_order() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| (?:\*\*(.+)\*\*|`lichtbrief ([a-z-]+))", readme, re.MULTILINE)
    listed = dict.fromkeys(title or command for title, command in rows)  # some have two rows
    assert [row for title, of in GROUPS.items() for row in (title, *of)] == list(listed)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("chek", "there is no command “chek”; did you mean check?"),
        ("takedwon", "there is no command “takedwon”; did you mean takedown?"),
        ("frobnicate", "there is no command “frobnicate”; lichtbrief --help lists them all"),
    ],
)
def test_a_command_typed_wrong_is_answered_with_the_nearest(
    typed: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == ended((typed, "--week", "2026-W47"))
    assert f"lichtbrief: error: {said}" in capsys.readouterr().err


@pytest.mark.parametrize("command", PARTS, ids=" ".join)
def test_every_command_has_help(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == ended((*command, "--help"))
    shown = capsys.readouterr()
    assert "" == shown.err
    assert shown.out.startswith(f"usage: lichtbrief {' '.join(command)}")


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("frobnicate",),
        ("--json",),
        ("check", "--colour"),
        ("check", "groep-3"),
        ("check", "--week", "47"),
        ("build", "--week", "2026-W60"),
        ("weekly", "--max-delete", "many"),
        ("weekly", "--max-delete", "-1"),
        ("preview", "--port", "70000"),
        ("keys",),
        ("keys", "burn"),
        ("keys", "make", "--year", "26"),
        ("open",),
        ("open", "letter.html"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_says_how(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == ended(arguments)
    shown = capsys.readouterr()
    assert "" == shown.out
    assert shown.err.startswith("usage: lichtbrief")
    assert "error: " in shown.err


def test_wrong_usage_is_an_exit_status_of_2(school: SmallSchool) -> None:
    result = school.run("check", "--week", "47")
    assert (2, "") == (result.returncode, result.stdout)
    assert result.stderr.endswith("error: argument --week: “47” is no week; write it as 2026-W47\n")


@pytest.mark.parametrize("command", ["check", "weekly"])
def test_without_a_settings_file_a_command_says_where_it_looks(
    tmp_path: Path, command: str
) -> None:
    error, hint = told(SmallSchool(tmp_path).run(command))
    assert error.startswith("error: there is no settings file ")
    assert hint.startswith("hint: run the command in the folder with pelicanconf.py")


def test_a_settings_file_that_does_not_run_is_named(school: SmallSchool) -> None:
    school.add("pelicanconf.py", "\nLICHTBRIEF_WEEK = 2026-W47\n")
    error, _ = told(school.run("check"))
    assert error.startswith("error: the settings file pelicanconf.py cannot be used: NameError")


def test_every_setting_that_is_refused_has_its_line(school: SmallSchool) -> None:
    school.settings(ARTICLE_PATHS="", LICHTBRIEF_CONSENT_RULE="most", LICHTBRIEF_RULE="one")
    *problems, message, _ = told(school.run("check"))
    assert ["ARTICLE_PATHS", "LICHTBRIEF_RULE", "LICHTBRIEF_CONSENT_RULE"] == [
        line.split()[2] for line in problems
    ]
    assert "error: the settings are refused; nothing was built" == message


def test_debug_shows_where_it_went_wrong(school: SmallSchool) -> None:
    result = school.run("build", "--debug")
    assert 1 == result.returncode
    assert "Traceback" in result.stderr
    assert "there is no key ring" in result.stderr


def test_a_disk_that_refuses_is_named(school: SmallSchool) -> None:
    school.write(".lichtbrief", "a file where the folder should be")
    lines = told(school.run("keys", "make"))
    assert ".lichtbrief" in lines[0]


def test_an_error_that_nobody_foresaw_shows_nothing_of_its_text(school: SmallSchool) -> None:
    broken = (
        "\nfrom lichtbrief.jobs.decide import deciding\ndef _f(*_): raise RuntimeError('Anna')\n"
    )
    school.add("pelicanconf.py", broken + "deciding.people_of = _f\n")
    lines = told(school.run("check"))
    assert "error: something went wrong that should not (RuntimeError)" == lines[0]
    assert "Anna" not in "".join(lines)


def test_build_and_keys_answer_in_json_and_nothing_else(built: SmallSchool) -> None:
    for arguments in (("build",), ("keys", "make"), ("keys", "list"), ("check",)):
        result = built.run(*arguments, "--json")
        assert (0, "") == (result.returncode, result.stderr)
        assert isinstance(json.loads(result.stdout), dict)
    assert {
        "week": "2026-W47",
        "editions": 3,
        "sealed_now": 0,
        "photos_shown": 3,
        "films_shown": 0,
        "photos_left_out": {},
        "unreadable": [],
    } == json.loads(built.run("build", "--json").stdout)


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_stopped_says_so_in_a_line(
    school: SmallSchool, ending: signal.Signals
) -> None:
    pupils = school.folder / "school/pupils.csv"
    pupils.unlink()
    os.mkfifo(pupils)  # reading the roster waits for somebody to write it
    command = Popen([COMMAND, "check"], cwd=school.folder, stdout=PIPE, stderr=PIPE, text=True)
    with pupils.open("wb"):  # which is possible only once it is being read
        command.send_signal(ending)
        answer, errors = command.communicate(timeout=60)
    assert (1, "") == (command.returncode, answer)
    assert "error: stopped before the end\nhint: run it again at any time\n" == errors


def test_a_reader_that_goes_away_is_no_error(built: SmallSchool) -> None:
    command = Popen([COMMAND, "check"], cwd=built.folder, stdout=PIPE, stderr=PIPE)
    assert command.stdout is not None
    assert command.stderr is not None
    command.stdout.close()
    assert b"" == command.stderr.read()
    assert 1 == command.wait(timeout=60)


def test_no_command_loads_the_parts_of_another(school: SmallSchool) -> None:
    probe = (
        "import sys; from lichtbrief.cli.main import make_parser; make_parser('check');"
        "print(*sorted({'boto3', 'botocore', 'aiosmtpd', 'sqlite3'} & sys.modules.keys()))"
    )
    python = COMMAND.parent / "python"
    with Popen([python, "-c", probe], stdout=PIPE, text=True, cwd=school.folder) as loaded:
        assert loaded.stdout is not None
        assert "\n" == loaded.stdout.read()
