"""Fetch weights, when the user said so: the only program that uses the network. Killing it cancels the fetch."""

from __future__ import annotations

from vivavoce.children import Parent
from vivavoce.engines.fetching import fetch
from vivavoce.engines.messages import Fetch, Fetched, Fetching
from vivavoce.errors import VivaError


def main() -> None:
    """One request; news on the way; the end."""
    parent = Parent.meet(Fetch)
    for request in parent.messages():
        try:
            fetch(request, lambda done, total: parent.send(Fetching(done, total)))
            parent.send(Fetched(request.target))
        except VivaError as error:
            parent.fail(error)
        break


if __name__ == "__main__":
    main()
