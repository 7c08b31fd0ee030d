"""`make bench NAME=mail`: a school's mails to a relay on this machine, near and far."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench.measuring import (
    KEPT,
    Figures,
    Options,
    machine,
    read_options,
    say,
    say_if_quick,
    show,
    spread,
    table,
    write_figures,
)
from bench.peers import installed
from tests.delivery.relays import LOOPBACK_NAME, self_signed

ROOT = Path(__file__).parents[1]
AIOSMTPLIB = "aiosmtplib==5.1.3"
AWAY_MS = 40
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Size:
    """How many rounds, and how many mails each sends: over a near and a far line, and peers."""

    rounds: int = 5
    near: int = 2_000
    far: int = 400
    per_mail: int = 200
    prepared: int = 2_000
    links: int = 100_000
    peers: bool = True


FULL = Size()
QUICK = Size(rounds=2, near=800, far=160, per_mail=60)


@contextmanager
def served(*command: str) -> Iterator[str]:
    """The port at which a program of ours listens; it ends with its standard input."""
    arguments = [sys.executable, "-m", *command]
    with subprocess.Popen(
        arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        yield server.stdout.readline().strip()
        server.stdin.close()


@dataclass(frozen=True, slots=True)
class Senders:
    """The commands that send so many mails to a port and print how many seconds that took."""

    certificate: str
    folder: Path
    aiosmtplib: Path | None

    def ours(self, port: str, mails: int) -> float:
        """Mails a second with a ledger on the disk."""
        with TemporaryDirectory(dir=self.folder) as ledger:
            return self._run(
                [sys.executable, "-m", "bench.programs.mail_ours"], port, mails, ledger
            )

    def smtplib(self, port: str, mails: int) -> float:
        """Mails a second, a connection for each."""
        return self._run([sys.executable, "-m", "bench.programs.mail_smtplib"], port, mails)

    def peer(self, port: str, mails: int) -> float | None:
        """Mails a second by aiosmtplib; None where it cannot be had."""
        if self.aiosmtplib is None:
            return None
        command = [str(self.aiosmtplib / "python"), "-m", "bench.programs.mail_aiosmtplib"]
        return self._run(command, port, mails)

    def _run(self, command: Sequence[str], port: str, mails: int, *more: str) -> float:
        numbers = [port, self.certificate, str(mails), str(CONNECTIONS), *more]
        done = subprocess.run(
            [*command, *numbers], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"{command[-1]} failed:\n{done.stderr}")
        return mails / float(done.stdout)


def measure(size: Size, kept: Path) -> dict[str, list[float]]:
    """Mails a second of every sender in every round, near and far."""
    found: dict[str, list[float]] = {}

    def note(name: str, value: float | None) -> None:
        if value is not None:
            found.setdefault(name, []).append(value)

    with TemporaryDirectory(dir=kept, prefix="mail-") as place:
        folder = Path(place)
        certificate = self_signed(folder, LOOPBACK_NAME)
        peer = installed(AIOSMTPLIB, kept) if size.peers else None
        senders = Senders(str(certificate.path), folder, peer)
        keys = str(certificate.path), str(certificate.key)
        with (
            served("bench.programs.relay", *keys) as near,
            served("bench.programs.delay", near, str(AWAY_MS)) as far,
        ):
            for number in range(size.rounds):
                say(f"Round {number + 1} of {size.rounds} ...")
                note("ours", senders.ours(near, size.near))
                note("smtplib", senders.smtplib(near, size.per_mail))
                note("aiosmtplib", senders.peer(near, size.near))
                note("ours_40ms", senders.ours(far, size.far))
                note("aiosmtplib_40ms", senders.peer(far, size.far))
            note("smtplib_40ms", senders.smtplib(far, max(10, size.per_mail // 10)))
    return found


def prepare(size: Size) -> dict[str, float]:
    """What `bench.programs.mail_prepare` found, in a process of its own."""
    say(f"Writing {size.prepared:,} mails and signing {size.links:,} links ...")
    numbers = str(size.prepared), str(size.links)
    command = [sys.executable, "-m", "bench.programs.mail_prepare", *numbers]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def main(options: Options, size: Size, kept: Path = KEPT) -> int:
    """Measure, print and write."""
    kept.mkdir(exist_ok=True)
    figures: Figures = {"quick": options.quick, **machine(), "rounds": size.rounds}
    found = measure(size, kept)
    prepared = prepare(size)
    middle = {name: median(values) for name, values in found.items()}
    figures |= {
        "mails_per_s": round(middle["ours"], 1),
        "mails_per_s_40ms": round(middle["ours_40ms"], 1),
        "vs_smtplib_per_mail": round(middle["ours"] / middle["smtplib"], 2),
        "prepare_2000_cpu_s": round(prepared["prepare"] * 2_000 / size.prepared, 2),
        "sign_100k_s": round(prepared["sign"] * 100_000 / size.links, 2),
        "smtplib_per_s": round(middle["smtplib"], 1),
        "smtplib_per_s_40ms": round(middle["smtplib_40ms"], 1),
    }
    if "aiosmtplib" in middle:
        figures |= {
            "vs_aiosmtplib": round(middle["ours"] / middle["aiosmtplib"], 2),
            "vs_aiosmtplib_40ms": round(middle["ours_40ms"] / middle["aiosmtplib_40ms"], 2),
            "aiosmtplib_per_s": round(middle["aiosmtplib"], 1),
            "aiosmtplib_per_s_40ms": round(middle["aiosmtplib_40ms"], 1),
        }
    _show(found, figures)
    say_if_quick(options, "fewer mails and rounds")
    write_figures(options, figures)
    return 0


def _show(found: dict[str, list[float]], figures: Figures) -> None:
    names = {
        "ours": "lichtbrief, ledger on the disk",
        "aiosmtplib": "aiosmtplib, no ledger",
        "smtplib": "smtplib, a connection a mail",
    }
    rows = [
        (title, *(spread(found[key]) if key in found else "" for key in (name, f"{name}_40ms")))
        for name, title in names.items()
    ]
    aims = [
        ("mails a second, near", str(figures["mails_per_s"]), "400"),
        ("mails a second, 40 ms away", str(figures["mails_per_s_40ms"]), "40"),
        ("CPU for writing 2,000 mails", f"{figures['prepare_2000_cpu_s']} s", "2 s"),
        ("100,000 signed links", f"{figures['sign_100k_s']} s", "10 s"),
    ]
    title = f"Mails of 20 kB a second over STARTTLS, {CONNECTIONS} connections"
    show(
        table(title, "", "near", "40 ms away", rows=rows),
        table("", "", "measured", "aim", rows=aims),
    )


if __name__ == "__main__":
    asked = read_options("A school's mails to a relay on this machine, near and far.")
    sys.exit(main(asked, QUICK if asked.quick else FULL))
