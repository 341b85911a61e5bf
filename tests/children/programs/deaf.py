"""Never reads what it is told."""

from __future__ import annotations

import time

if __name__ == "__main__":
    time.sleep(600)
