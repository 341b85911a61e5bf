"""Which questions a session asks: broad, fresh, and never two of a kind in a row. Pure: chance is passed in."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

from vivavoce.errors import BankError
from vivavoce.model import Kind, Question

_SURPRISES = (Kind.LEFT_FIELD, Kind.QUICK_FIRE)
"""Kinds of which every run of five questions has one each, when all kinds are allowed."""

_RUN = 5

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def plan(
    questions: Sequence[Question],
    n: int,
    kinds: Sequence[Kind],
    history: Sequence[tuple[str, datetime]],
    rng: random.Random,
    *,
    spoken_samples_only: bool = False,
) -> tuple[Question, ...]:
    """`n` questions of these kinds (all where none is named).

    `history` holds the ids that were asked and when; what was asked least often and longest ago comes first.
    `spoken_samples_only` leaves questions without a sample answer out: the demo microphone has nothing to say to them.
    Raises BankError where no question fits.
    """
    allowed = [q for q in questions if (not kinds or q.kind in kinds) and (q.sample or not spoken_samples_only)]
    if not allowed:
        raise BankError("No question fits this choice.", "Choose other kinds, or add questions of your own.")
    pool = _Pool(allowed, history, rng)
    planned: list[Question] = []
    for kind in _kinds(n, pool, not kinds, rng):
        planned.append(pool.take(kind, planned[-1] if planned else None))
    return tuple(planned)


class _Pool:
    """What can be asked, freshest first within each kind."""

    def __init__(
        self, allowed: Sequence[Question], history: Sequence[tuple[str, datetime]], rng: random.Random
    ) -> None:
        times = Counter(name for name, _ in history)
        latest: dict[str, datetime] = {}
        for name, moment in history:
            latest[name] = max(latest.get(name, moment), moment)
        shuffled = rng.sample(list(allowed), len(allowed))
        shuffled.sort(key=lambda q: (times[q.id], latest.get(q.id, _LONG_AGO)))
        self._waiting: dict[Kind, list[Question]] = {}
        for question in shuffled:
            self._waiting.setdefault(question.kind, []).append(question)
        self._taken: dict[Kind, int] = dict.fromkeys(self._waiting, 0)
        self.practised = Counter({kind: sum(times[q.id] for q in waiting) for kind, waiting in self._waiting.items()})

    @property
    def kinds(self) -> list[Kind]:
        """Kinds of which there is a question."""
        return list(self._waiting)

    def take(self, kind: Kind, previous: Question | None) -> Question:
        """The freshest question of this kind that this session has not had; after the last one, the first again."""
        waiting = self._waiting[kind]
        question = waiting[self._taken[kind] % len(waiting)]
        if question == previous and len(waiting) > 1:
            question = waiting[(self._taken[kind] + 1) % len(waiting)]
        self._taken[kind] += 1
        return question

    def left(self, kind: Kind) -> int:
        """Questions of this kind that this session has not had."""
        return max(0, len(self._waiting[kind]) - self._taken[kind])


def _kinds(n: int, pool: _Pool, all_allowed: bool, rng: random.Random) -> list[Kind]:
    """The kind of each question: the least practised first, no two alike in a row where there is a choice."""
    left = {kind: pool.left(kind) for kind in pool.kinds}
    order = rng.sample(pool.kinds, len(pool.kinds))
    used: Counter[Kind] = Counter(pool.practised)
    planned: list[Kind] = []
    for number in range(n):
        if not any(left.values()):
            left = {kind: pool.left(kind) for kind in pool.kinds}  # the bank is used up: from the beginning
        previous = planned[-1] if planned else None
        choice = [kind for kind in order if left[kind] and kind is not previous] or [k for k in order if left[k]]
        if previous is not None and choice == [previous] and len(order) > 1:
            choice = [kind for kind in order if kind is not previous]
        planned.append(_due(choice, planned, number, n, all_allowed) or min(choice, key=lambda kind: used[kind]))
        used[planned[-1]] += 1
        left[planned[-1]] = max(0, left[planned[-1]] - 1)
    return planned


def _due(choice: list[Kind], planned: list[Kind], number: int, n: int, all_allowed: bool) -> Kind | None:
    """A surprise that this run of five still owes; None where none is due yet."""
    start = number - number % _RUN
    if not all_allowed or n - start < _RUN:
        return None
    owed = [kind for kind in _SURPRISES if kind not in planned[start:]]
    places = start + _RUN - number
    return next((kind for kind in owed if kind in choice), None) if places <= len(owed) + 1 else None
