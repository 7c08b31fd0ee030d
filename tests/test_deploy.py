"""The ready files for a scheduled run: every command and every variable in them exists."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from lichtbrief.cli.commands import COMMANDS
from lichtbrief.setting_table import FOLDERS, READ
from tests.school import COMMAND, ROOT

DEPLOY = ROOT / "docs/deploy"
FILES = sorted(DEPLOY.iterdir())
SECRETS = {
    "LICHTBRIEF_KEYS",
    "LICHTBRIEF_MAIL_PASSWORD",
    "LICHTBRIEF_SIGNER_ACCESS_KEY_ID",
    "LICHTBRIEF_SIGNER_SECRET_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
}


def read(name: str) -> Any:  # noqa: ANN401 -- YAML holds anything
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_command_in_them_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"(?:^|[`/ ])lichtbrief ([a-z]+)", text, re.MULTILINE)
    assert set() == set(used) - COMMANDS.keys() - {"fails"}
    if path.suffix == ".service":
        assert ["daily" if "daily" in path.name else "weekly"] == used


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_variable_in_them_exists_and_is_read_from_the_environment(path: Path) -> None:
    used = set(re.findall(r"(?:LICHTBRIEF|AWS)_[A-Z0-9_]+", path.read_text(encoding="utf-8")))
    known = {str(name) for name, *_ in (*READ, *FOLDERS)}
    assert set() == used - known - SECRETS
    conf = "".join((ROOT / f"{name}conf.py").read_text() for name in ("pelican", "publish"))
    unread = {name for name in used & known if f'os.environ.get("{name}"' not in conf}
    assert set() == unread
    documented = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert [] == [name for name in used if name not in documented]


def test_at_github_secrets_come_from_secrets_and_the_job_runs_alone() -> None:
    flow = read("github-actions.yml")
    job = flow["jobs"]["weekly"]
    values = {name: value for name, value in job["env"].items() if name in SECRETS}
    assert {name: f"${{{{ secrets.{name} }}}}" for name in SECRETS} == values
    assert ({"contents": "read"}, "weekbrief") == (flow["permissions"], flow["concurrency"])
    (daily,) = (each["cron"] for each in flow[True]["schedule"] if each["cron"].endswith(" 1-4"))
    chosen = f"${{{{ github.event.schedule == '{daily}' && 'daily' || 'weekly' }}}}"
    assert f"lichtbrief {chosen}" == job["steps"][-1]["run"]


def test_at_gitlab_nothing_secret_stands_in_the_file() -> None:
    job = read("gitlab-ci.yml")["weekbrief"]
    assert set() == SECRETS & job["variables"].keys()
    assert (['lichtbrief "$JOB"'], "weekbrief") == (job["script"], job["resource_group"])
    assert "weekly" == job["variables"]["JOB"]


def test_the_extras_that_they_install_exist() -> None:
    extras = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in ("github-actions.yml", "gitlab-ci.yml"):
        (asked,) = re.findall(r'"\.\[([a-z,]+)\]"', (DEPLOY / name).read_text(encoding="utf-8"))
        assert [] == [one for one in asked.split(",") if f"\n{one} = [" not in extras]


def test_the_file_of_settings_holds_no_secret() -> None:
    lines = (DEPLOY / "lichtbrief.env").read_text(encoding="utf-8").splitlines()
    pairs = dict(line.split("=", 1) for line in lines if not line.startswith("#"))
    assert {""} == {pairs[name] for name in SECRETS if name in pairs}


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_knows_every_word_of_its_units(tmp_path: Path) -> None:
    home = tmp_path / "lichtbrief"
    (home / ".venv/bin").mkdir(parents=True)
    (home / ".venv/bin/lichtbrief").symlink_to(COMMAND)
    names = [path.name for path in FILES if path.suffix in (".service", ".timer")]
    assert 4 == len(names)
    for name in names:
        text = (DEPLOY / name).read_text(encoding="utf-8").replace("/srv/lichtbrief", str(home))
        (tmp_path / name).write_text(text.replace("/usr/bin/git", shutil.which("true") or ""))
    verify = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in names)]
    checked = subprocess.run(verify, capture_output=True, text=True, timeout=60, check=False)
    ours = [line for line in checked.stderr.splitlines() if "lichtbrief" in line]
    assert (0, []) == (checked.returncode, ours)


def test_the_exit_statuses_are_written_down() -> None:
    table = (DEPLOY / "README.md").read_text(encoding="utf-8")
    assert ["0", "1", "2"] == re.findall(r"^\| ([0-9]) \|", table, re.MULTILINE)
