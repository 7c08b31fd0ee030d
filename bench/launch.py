"""`python -I -S launch.py REPORT CORES COMMAND…`: run a command and report what it took, as JSON.

It may use that many processor cores; with 0, all that there are.

A process of its own, small on purpose: Linux counts the memory of the process that started a
command towards that command's peak.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

report, cores, *command = sys.argv[1:]
if int(cores):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(cores)])
began = time.monotonic()
child = subprocess.Popen(command)
_, status, usage = os.wait4(child.pid, 0)
seconds = time.monotonic() - began
to_mib = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss: bytes there, KiB elsewhere
taken = {
    "wall_s": seconds,
    "cpu_s": usage.ru_utime + usage.ru_stime,
    "peak_mib": usage.ru_maxrss / to_mib,
    "status": os.waitstatus_to_exitcode(status),
}
Path(report).write_text(json.dumps(taken), encoding="utf-8")
