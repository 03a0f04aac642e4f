import signal
import socket
import subprocess
import sys

import pytest
from django.core.management.base import CommandError

from supervision.services import serving
from supervision.services.management.commands import demo

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("up", flush=True)
time.sleep(60)
"""


def test_a_process_that_will_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "PATIENCE", 0.2)
    process = subprocess.Popen([sys.executable, "-c", STUBBORN], start_new_session=True, stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    serving.end({"stubborn": process})
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL


def test_a_process_that_ends_by_itself_is_named() -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    with pytest.raises(RuntimeError, match="The web process ended by itself"):
        serving.refuse_if_ended({"web": process})


def test_ctrl_c_and_a_request_to_end_are_the_same() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        with pytest.raises(serving.Stopped), serving.stopped_by_signals():
            signal.raise_signal(number)


def test_a_taken_port_is_said_before_anything_is_done() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is taken: stop what listens there"):
            demo.refuse_taken(port)
    demo.refuse_taken(port)
