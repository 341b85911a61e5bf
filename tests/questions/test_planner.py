from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import question
from vivavoce.errors import BankError
from vivavoce.model import Kind, Question
from vivavoce.questions import plan

BANK = tuple(
    question(id=f"{kind.value}-{n}", kind=kind, sample="Um, yes." if n == 0 else "") for kind in Kind for n in range(4)
)
NOW = datetime(2026, 5, 1, tzinfo=UTC)

kinds = st.lists(st.sampled_from(list(Kind)), unique=True, max_size=5)
history = st.lists(
    st.tuples(st.sampled_from([q.id for q in BANK]), st.integers(0, 60).map(lambda days: NOW - timedelta(days=days))),
    max_size=60,
)


@given(st.integers(1, 25), kinds, history, st.integers())
def test_a_plan_has_as_many_questions_as_were_asked_for_of_the_kinds_that_were_asked_for(
    n: int, wanted: list[Kind], past: list[tuple[str, datetime]], seed: int
) -> None:
    planned = plan(BANK, n, wanted, past, random.Random(seed))
    assert len(planned) == n
    assert {q.kind for q in planned} <= set(wanted or Kind)


@given(st.integers(2, 25), kinds, history, st.integers())
def test_never_two_of_a_kind_in_a_row_where_there_is_a_choice(
    n: int, wanted: list[Kind], past: list[tuple[str, datetime]], seed: int
) -> None:
    planned = plan(BANK, n, wanted, past, random.Random(seed))
    if len(wanted) != 1:
        assert all(a.kind is not b.kind for a, b in pairwise(planned))


@given(st.integers(1, 44), history, st.integers())
def test_no_question_comes_twice_before_the_bank_is_used_up(
    n: int, past: list[tuple[str, datetime]], seed: int
) -> None:
    planned = plan(BANK, n, (), past, random.Random(seed))
    assert max(Counter(q.id for q in planned).values()) == 1 or n > len(BANK) // 2


@given(st.sampled_from([5, 10, 15, 20]), history, st.integers())
def test_five_questions_hold_a_surprise_and_a_quick_one(n: int, past: list[tuple[str, datetime]], seed: int) -> None:
    planned = plan(BANK, n, (), past, random.Random(seed))
    for start in range(0, n, 5):
        assert {Kind.LEFT_FIELD, Kind.QUICK_FIRE} <= {q.kind for q in planned[start : start + 5]}


@given(st.integers())
def test_what_was_asked_least_often_comes_first(seed: int) -> None:
    past = [(q.id, NOW) for q in BANK if q.kind is Kind.TRICKY and q.id != "tricky-2"]
    (planned,) = plan(BANK, 1, (Kind.TRICKY,), past, random.Random(seed))
    assert planned.id == "tricky-2"


@given(st.integers())
def test_of_those_asked_equally_often_the_one_asked_longest_ago(seed: int) -> None:
    past = [(f"tricky-{n}", NOW - timedelta(days=n)) for n in range(4)]
    (planned,) = plan(BANK, 1, (Kind.TRICKY,), past, random.Random(seed))
    assert planned.id == "tricky-3"


@given(st.integers())
def test_the_least_practised_kind_is_never_left_out_of_a_long_session(seed: int) -> None:
    past = [(q.id, NOW) for q in BANK if q.kind is not Kind.CLOSING]
    assert Kind.CLOSING in {q.kind for q in plan(BANK, 5, (), past, random.Random(seed))}


def test_the_demo_gets_questions_that_it_can_answer() -> None:
    planned = plan(BANK, 11, (), [], random.Random(1), spoken_samples_only=True)
    assert all(q.sample for q in planned)


def test_the_same_seed_plans_the_same_session_and_another_one_another() -> None:
    def ids(seed: int) -> list[str]:
        return [q.id for q in plan(BANK, 8, (), [], random.Random(seed))]

    assert ids(1) == ids(1)
    assert any(ids(seed) != ids(1) for seed in range(2, 6))


@pytest.mark.parametrize("bank", [(), tuple(q for q in BANK if q.kind is Kind.CLOSING)])
def test_where_nothing_fits_there_is_a_remedy(bank: tuple[Question, ...]) -> None:
    with pytest.raises(BankError, match="Choose other kinds"):
        plan(bank, 3, (Kind.TRICKY,), [], random.Random(1))
