"""Filing takes and getting them back."""

import threading
from dataclasses import replace
from datetime import timedelta, timezone

import msgspec
import pytest

from tests.archive.samples import DRAFT, QUESTION, SESSION, START, WHOLE, kept, noted, record, review
from vivavoce.archive import Archive, Written, new_id
from vivavoce.archive.names import valid
from vivavoce.errors import ArchiveError
from vivavoce.model import Review


def test_a_take_comes_back_as_it_was_filed(archive: Archive) -> None:
    filed = kept(archive, noted(review(3, WHOLE), "Slower – next time… 🙂\nAnd shorter."))
    assert archive.review("take-3") == filed


def test_a_take_is_still_there_after_a_restart(place, archive: Archive) -> None:
    filed = kept(archive, review())
    archive.close()
    with Archive.open(place, exclusive=False) as again:
        assert again.reviews() == (filed,)
        assert again.sessions() == (SESSION,)


def test_keeping_a_take_leaves_a_sidecar_and_no_spool(place, archive: Archive) -> None:
    filed = kept(archive, review(2, DRAFT))
    document = msgspec.json.decode((place.takes / "take-2.json").read_bytes())
    assert msgspec.convert(document["review"], Review) == filed
    assert document["session"]["id"] == SESSION.id
    assert list(place.spool.iterdir()) == []
    assert sorted(path.name for path in place.takes.iterdir()) == ["take-2.flac", "take-2.json"]


def test_a_take_without_its_recording_is_not_filed_and_its_spool_stays(archive: Archive) -> None:
    spool = record(archive, review())
    archive.audio_path("take-1").unlink()
    with pytest.raises(ArchiveError, match="missing"):
        archive.keep(review())
    assert archive.reviews() == ()
    assert spool.stat().st_size == 16000


def test_a_take_of_a_session_that_was_never_begun_is_refused_and_its_spool_stays(archive: Archive) -> None:
    spool = record(archive, review())
    with pytest.raises(ArchiveError):
        archive.keep(review(session="another"))
    assert archive.reviews() == ()
    assert spool.exists()


def test_keeping_a_take_twice_files_it_once_and_takes_nothing_away(archive: Archive) -> None:
    kept(archive, review())
    archive.update(review(1, WHOLE))
    archive.keep(review())
    assert archive.reviews() == (review(1, WHOLE),)


def test_an_update_replaces_the_review_and_its_sidecar_follows(place, archive: Archive) -> None:
    kept(archive, review())
    archive.update(review(1, WHOLE))
    assert archive.review("take-1") == review(1, WHOLE)
    sidecar = msgspec.json.decode((place.takes / "take-1.json").read_bytes())
    assert [word["text"] for word in sidecar["review"]["transcript"]["words"]] == ["Um,", "hello."]


def test_an_update_of_a_take_that_is_not_there_says_so(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="There is no take `take-1`"):
        archive.update(review())


def test_a_note_changes_nothing_else(archive: Archive) -> None:
    kept(archive, review(1, WHOLE))
    assert archive.note("take-1", "Good.") == noted(review(1, WHOLE), "Good.") == archive.review("take-1")


def test_reviews_come_newest_first_in_pages_and_by_session(archive: Archive) -> None:
    for number in (2, 1, 4, 3):
        kept(archive, review(number, session="odd" if number % 2 else "even"))
    assert [found.take.id for found in archive.reviews()] == ["take-4", "take-3", "take-2", "take-1"]
    assert [found.take.id for found in archive.reviews(limit=2, offset=1)] == ["take-3", "take-2"]
    assert [found.take.id for found in archive.reviews(session="odd")] == ["take-3", "take-1"]
    assert archive.reviews(session="none") == ()


def test_takes_are_ordered_by_the_moment_whatever_their_time_zones(archive: Archive) -> None:
    early, late = review(1), review(2)
    east = timedelta(hours=9)
    shifted = replace(early.take, started=early.take.started.astimezone(timezone(east)))
    kept(archive, replace(early, take=shifted))
    kept(archive, late)
    assert [found.take.id for found in archive.reviews()] == ["take-2", "take-1"]
    assert archive.review("take-1").take.started.utcoffset() == east


def test_the_history_tells_what_lists_need(archive: Archive) -> None:
    kept(archive, review(1))
    kept(archive, review(2, DRAFT))
    newest, oldest = archive.history()
    assert (oldest.id, oldest.question_id, oldest.kind, oldest.asked) == (
        "take-1",
        QUESTION.id,
        QUESTION.kind,
        QUESTION.text,
    )
    assert (oldest.started, oldest.seconds, oldest.words, oldest.pace) == (START + timedelta(minutes=1), 1.0, 2, 150.0)
    assert (oldest.written, newest.written) == (Written.NONE, Written.DRAFT)
    assert archive.history(limit=1) == (newest,)


def test_takes_without_a_transcript_or_with_a_draft_are_pending_oldest_first(archive: Archive) -> None:
    for number, transcript in ((3, None), (1, DRAFT), (2, WHOLE)):
        kept(archive, review(number, transcript))
    assert [take.id for take in archive.pending()] == ["take-1", "take-3"]
    archive.update(review(3, WHOLE))
    assert [take.id for take in archive.pending()] == ["take-1"]


def test_a_take_is_found_by_the_beginning_of_its_name_or_as_the_last(archive: Archive) -> None:
    for number in (1, 2, 12):
        kept(archive, review(number))
    assert archive.find("last").take.id == "take-12"
    assert archive.find("take-2").take.id == "take-2"
    assert archive.find("take-1").take.id == "take-1"
    with pytest.raises(ArchiveError, match="3 takes begin with `take`"):
        archive.find("take")
    for nothing in ("take-3", "", "%", "TAKE-1", "../take-1", "take-1\n"):
        with pytest.raises(ArchiveError):
            archive.find(nothing)


def test_there_is_no_last_take_in_an_empty_archive(archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="no take `last`"):
        archive.find("last")


def test_a_session_that_stayed_empty_is_gone_at_the_next_start(place, archive: Archive) -> None:
    kept(archive, review())
    empty = replace(SESSION, id="empty", started=START + timedelta(days=1))
    archive.begin(empty)
    archive.begin(empty)
    assert archive.sessions() == (empty, SESSION)
    archive.close()
    with Archive.open(place, exclusive=True) as again:
        assert again.sessions() == (SESSION,)


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", "x" * 65, "a.b", "take-1\n", "é", "²", "\0"])
def test_no_path_is_built_from_anything_but_a_name(archive: Archive, name: str) -> None:
    for call in (archive.audio_path, archive.delete, archive.discard):
        with pytest.raises(ArchiveError, match="not the name of a take"):
            call(name)
    with pytest.raises(ArchiveError):
        archive.open_spool(name, SESSION, QUESTION, "")


def test_new_names_are_valid_sort_by_time_and_differ() -> None:
    names = [new_id(START), new_id(START), new_id(START + timedelta(seconds=1))]
    assert all(map(valid, names))
    assert len(set(names)) == 3
    assert names[2] == max(names)
    assert names[0].startswith("20260102-090000-")


def test_another_thread_gets_a_sentence(archive: Archive) -> None:
    caught: list[Exception] = []

    def look() -> None:
        try:
            archive.reviews()
        except ArchiveError as error:
            caught.append(error)

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert "thread" in str(caught[0])


def test_an_archive_opened_for_reading_changes_nothing(place, archive: Archive) -> None:
    kept(archive, review())
    with Archive.open(place, exclusive=False) as reader:
        assert reader.reviews() == (review(),)
        with pytest.raises(ArchiveError, match="may not be written"):
            reader.update(review(1, WHOLE))
    assert archive.reviews() == (review(),)


def test_a_closed_archive_says_so_and_may_be_closed_again(archive: Archive) -> None:
    archive.close()
    archive.close()
    with pytest.raises(ArchiveError, match="closed"):
        archive.reviews()
