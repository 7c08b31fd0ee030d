"""The folders stand in the order in which data flows: each imports only folders above it."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "plugins" / "lichtbrief"
ORDER = (
    "roster",
    "consent",
    "media",
    "editions",
    "sealing",
    "storage",
    "letters",
    "delivery",
    "replies",
    "talks",
)
JOBS = (
    "ground",
    "decide",
    "build",
    "look",
    "answers",
    "publish",
    "mail",
    "runs",
    "office",
)
EVERYBODYS = {"errors", "files", "findings", "hosts", "languages", "limits", "theme"}
ONLY_IN = {
    "PIL": {"media"},
    "pillow_heif": {"media"},
    "simplejpeg": {"media"},
    "numpy": {"media"},
    "onnxruntime": {"media"},
    "pikepdf": {"media"},
    "lxml": {"media"},
    "icalendar": {"media", "editions"},
    "cryptography": {"sealing", "replies"},
    "boto3": {"storage", "delivery"},
    "botocore": {"storage", "delivery"},
    "smtplib": {"delivery"},
    "imaplib": {"delivery"},
    "aiosmtpd": {"delivery"},
    "sqlite3": {"delivery"},
    "weasyprint": {"delivery"},
    "segno": {"letters"},
    "highspy": {"talks"},
    "pelican": {"__init__.py", "generator.py", "site.py"},
    "argparse": {"cli"},
}


def imports_of(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def part_of(path: Path) -> str:
    """The folder of the package that a file belongs to, or its own name at the top."""
    return path.relative_to(PACKAGE).parts[0]


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("folder", ORDER)
def test_a_folder_imports_only_folders_above_it(folder: str) -> None:
    allowed = set(ORDER[: ORDER.index(folder) + 1]) | EVERYBODYS
    for path in (PACKAGE / folder).rglob("*.py"):
        used = {n.split(".")[1] for n in imports_of(path) if n.startswith("lichtbrief.")}
        assert set() == used - allowed, path


@pytest.mark.parametrize("folder", JOBS)
def test_a_folder_of_jobs_imports_only_folders_above_it(folder: str) -> None:
    allowed = set(JOBS[: JOBS.index(folder) + 1])
    for path in (PACKAGE / "jobs" / folder).rglob("*.py"):
        used = {n.split(".")[2] for n in imports_of(path) if n.startswith("lichtbrief.jobs.")}
        assert set() == used - allowed, path


def test_every_job_stands_in_one_of_these_folders() -> None:
    assert set(JOBS) == {p.parent.name for p in (PACKAGE / "jobs").glob("*/*.py")}
    assert ["__init__.py"] == [p.name for p in (PACKAGE / "jobs").glob("*.py")]


@pytest.mark.parametrize("module", sorted(ONLY_IN))
def test_a_library_is_imported_only_where_it_belongs(module: str) -> None:
    users = {
        part_of(path)
        for path in FILES
        if any(name.split(".")[0] == module for name in imports_of(path))
    }
    assert set() == users - ONLY_IN[module]


def test_nobody_imports_the_command_line_or_the_generator() -> None:
    for path in FILES:
        used = imports_of(path)
        if part_of(path) != "cli":
            assert not any(name.startswith("lichtbrief.cli") for name in used), path
        if part_of(path) != "__init__.py":
            assert "lichtbrief.generator" not in used, path


def test_modules_stay_small_enough_to_read() -> None:
    long = {p.name: n for p in FILES if (n := len(p.read_text().splitlines())) > 250}
    assert {} == long


def test_the_project_needs_nothing_outside_itself() -> None:
    root = PACKAGE.parent.parent
    own = [*root.glob("*.py"), *root.glob("tests/**/*.py"), *root.glob("bench/**/*.py"), *FILES]
    outside = "../" + "shared"
    assert [] == [path for path in own if outside in path.read_text(encoding="utf-8")]
