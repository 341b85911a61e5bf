"""Progress of long work, on stderr, and only where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def bar(label: str) -> Iterator[Callable[[float], None]]:
    """Something to tell the share that is done, 0 to 1."""
    with click.progressbar(length=1000, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as drawn:
        yield lambda share: drawn.update(int(share * 1000) - drawn.pos)
