from vivavoce.practice import FOLLOWS, OVER, Phase


def test_every_phase_says_what_may_follow_it() -> None:
    assert set(FOLLOWS) == set(Phase)


def test_nothing_follows_the_end_and_everything_else_goes_on() -> None:
    assert {phase for phase, after in FOLLOWS.items() if not after} == OVER


def test_every_phase_can_be_reached_from_asking() -> None:
    reached, new = set(), {Phase.ASKING}
    while new:
        reached |= new
        new = {after for phase in new for after in FOLLOWS[phase]} - reached
    assert reached == set(Phase)


def test_a_recording_is_never_left_without_finishing_failing_or_being_thrown_away() -> None:
    assert FOLLOWS[Phase.ANSWERING] == {Phase.FINISHING, Phase.DISCARDED, Phase.FAILED}
