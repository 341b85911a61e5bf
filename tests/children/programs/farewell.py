"""Saves something once nobody waits for it any longer."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.children.programs.messages import Do, Said
from vivavoce.children import Parent

if __name__ == "__main__":
    parent = Parent.meet(Do)
    target = Path()
    for request in parent.messages():
        target = Path(request.how)
        parent.send(Said("understood"))
    reached = parent.send(Said("is anybody there?"))
    target.with_suffix(".part").write_text(f"saved, parent reached: {reached}")
    target.with_suffix(".part").rename(target)
    sys.exit(7)
