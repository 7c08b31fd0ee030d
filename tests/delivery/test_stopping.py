"""Somebody presses Ctrl-C, or the service manager asks to end: once politely, twice for real."""

import os
import signal
import threading

import pytest

from lichtbrief.delivery import stop_when_asked


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_asks_once_is_heard_and_who_asks_again_is_obeyed(number: signal.Signals) -> None:
    def obey(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(number, obey)
    try:
        with stop_when_asked() as stop:
            assert not stop.is_set()
            os.kill(os.getpid(), number)
            assert stop.is_set()
            with pytest.raises(KeyboardInterrupt):
                os.kill(os.getpid(), number)
        assert obey is signal.getsignal(number)
    finally:
        signal.signal(number, before)


def test_a_job_in_another_thread_is_asked_by_nobody() -> None:
    heard: list[bool] = []

    def work() -> None:
        with stop_when_asked() as stop:
            heard.append(stop.is_set())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert [False] == heard
