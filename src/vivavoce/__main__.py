"""`python -m vivavoce` and the `viva` command."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; whatever is written from here on is private to this user."""
    os.umask(0o077)
    from vivavoce.cli import run  # noqa: PLC0415 - files are private before anything else happens

    sys.exit(run())


if __name__ == "__main__":
    main()
