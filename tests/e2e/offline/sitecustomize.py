"""Loaded by every Python process of an end-to-end test: no connection leaves this machine."""

import socket
from typing import Any

_connect = socket.socket.connect


def _local_only(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError("network access is refused in tests")
    _connect(self, address)


socket.socket.connect = _local_only  # type: ignore[method-assign]
