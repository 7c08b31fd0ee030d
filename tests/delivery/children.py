"""Work in a process of its own, forked: no second start of Python, no second import."""

import os
import traceback
from collections.abc import Callable


def fork(work: Callable[[], object]) -> int:
    """The id of a child that does the work and ends: 0 when it went well."""
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def in_child(work: Callable[[], bytes]) -> bytes:
    """What a child answers that does the work; AssertionError when it fails."""
    reader, writer = os.pipe()

    def answer() -> None:
        os.close(reader)
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(work())

    child = fork(answer)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    assert status == 0
    return said
