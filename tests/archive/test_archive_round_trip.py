"""Whatever a review holds comes back equal: from the row, and from the sidecar."""

import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import get_type_hints

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.archive.samples import SESSION, flac, locations, review
from vivavoce.archive import Archive, rebuild, sidecar
from vivavoce.model import (
    Capture,
    Delivery,
    Filler,
    Gap,
    Lights,
    Pause,
    Question,
    Remark,
    Review,
    Session,
    Sound,
    Span,
    Take,
    Transcript,
    Word,
)
from vivavoce.text import clean

seconds = st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(lambda text: clean(text, lines=True))
times = st.datetimes(
    min_value=datetime(1971, 1, 1),
    max_value=datetime(2200, 1, 1),
    timezones=st.integers(-840, 840).map(lambda minutes: timezone(timedelta(minutes=minutes))) | st.just(UTC),
)
names = st.from_regex(r"[a-z0-9-]{1,64}", fullmatch=True)
counts = st.integers(0, 2**53)

for shape in (Lights, Question, Gap, Capture, Word, Transcript, Pause, Span, Sound, Filler, Delivery, Remark):
    hints = get_type_hints(shape)
    plain = {float: seconds, str: texts, int: counts, float | None: st.none() | seconds, int | None: st.none() | counts}
    known = {name: plain[hint] for name, hint in hints.items() if hint in plain}
    if shape is Capture:
        known |= {"rate": st.integers(1, 192_000), "gaps": st.lists(st.from_type(Gap), max_size=2).map(tuple)}
    if shape is Remark:
        known["span"] = st.none() | st.from_type(Span)
    if shape is Transcript:
        known["draft"] = st.booleans()
    if shape is Question:
        known["follow_ups"] = st.lists(texts, max_size=2).map(tuple)
    if shape is Delivery:
        known["absent"] = st.dictionaries(texts, texts, max_size=2)
    st.register_type_strategy(shape, st.builds(shape, **known))

takes = st.builds(
    Take,
    id=names,
    session=names,
    question=st.from_type(Question),
    started=times,
    capture=st.from_type(Capture),
    note=texts,
)
reviews = st.builds(Review, take=takes, transcript=st.none() | st.from_type(Transcript))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(reviews, times)
def test_any_review_comes_back_equal_from_the_archive_and_from_its_sidecar(drawn: Review, began: datetime) -> None:
    session = Session(drawn.take.session, began, interviewer="x")
    with tempfile.TemporaryDirectory() as folder:
        place = locations(Path(folder))
        with Archive.open(place, exclusive=True) as archive:
            archive.begin(session)
            archive.audio_path(drawn.take.id).write_bytes(flac(8000))
            archive.keep(drawn)
            assert archive.review(drawn.take.id) == drawn
        place.archive.unlink()
        assert rebuild(place).takes == 1
        with Archive.open(place, exclusive=False) as archive:
            assert archive.reviews() == (drawn,)
            assert archive.sessions() == (session,)


@settings(max_examples=30, deadline=None)
@given(st.lists(times, min_size=2, max_size=6))
def test_reviews_are_newest_first_whatever_the_times(moments: list[datetime]) -> None:
    with tempfile.TemporaryDirectory() as folder, Archive.open(locations(Path(folder)), exclusive=True) as archive:
        archive.begin(SESSION)
        for number, moment in enumerate(moments):
            plain = review()
            take = replace(plain.take, id=f"take-{number}", started=moment)
            archive.audio_path(take.id).write_bytes(flac(8000))
            archive.keep(replace(plain, take=take))
        found = [one.take.started for one in archive.reviews()]
    assert found == sorted(moments, reverse=True)


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_all_text_of_a_sidecar_passes_the_gate(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.json"
        path.write_bytes(sidecar.encode(text))
        assert sidecar.read(path, str) == clean(text, lines=True)
