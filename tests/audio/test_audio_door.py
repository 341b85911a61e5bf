from __future__ import annotations

import subprocess
import sys


def test_the_door_imports_nothing_heavy() -> None:
    heavy = ("numpy", "sounddevice", "soundfile", "soxr")
    script = f"import sys, vivavoce.audio; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
