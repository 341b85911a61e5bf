"""The test suite itself runs with the network refused, and so does every child that it starts."""

import socket
import subprocess
import sys

import pytest

ELSEWHERE = ("192.0.2.1", 80)
"""An address that is nobody's (RFC 5737)."""


def test_no_connection_leaves_this_process() -> None:
    with socket.socket() as one, pytest.raises(OSError, match="network access is refused in tests"):
        one.connect(ELSEWHERE)


def test_no_connection_leaves_a_child() -> None:
    program = f"import socket; socket.socket().connect({ELSEWHERE})"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "network access is refused in tests" in done.stderr
