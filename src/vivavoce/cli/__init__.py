"""Arguments -> one call each; no logic.

`run` is the whole command line: it turns every error that a user can meet into one sentence with its remedy on stderr
and an exit status that is not 0.
"""

from vivavoce.cli.root import run

__all__ = ["run"]
