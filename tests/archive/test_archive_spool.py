"""Recordings under way, and those that nobody finished."""

import os
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tests.archive.samples import QUESTION, SESSION, WHOLE, flac, kept, record, review
from vivavoce.archive import Archive, Orphan
from vivavoce.errors import ArchiveError, DiskError
from vivavoce.locations import Locations
from vivavoce.model import Question


def nobody(_: Path) -> bool:
    return False


def orphan(archive: Archive) -> Orphan:
    (found,) = archive.orphans(nobody)
    return found


def test_a_spool_is_announced_before_a_sound_is_in_it(place: Locations, archive: Archive) -> None:
    spool = archive.open_spool("take-1", SESSION, QUESTION, "USB microphone")
    assert spool == place.spool / "take-1.pcm"
    assert not spool.exists()
    note = msgspec.json.decode(spool.with_suffix(".json").read_bytes())
    assert msgspec.convert(note["question"], Question) == QUESTION
    assert (note["rate"], note["channels"], note["format"]) == (48000, 1, "s16le")
    assert spool.with_suffix(".json").stat().st_mode & 0o777 == 0o600
    assert archive.orphans(nobody) == ()


def test_a_spool_without_a_living_owner_is_offered_with_all_that_is_known(archive: Archive) -> None:
    spool = archive.open_spool("take-1", SESSION, QUESTION, "USB microphone")
    spool.write_bytes(bytes(48000 * 2 * 3))
    found = orphan(archive)
    assert (found.id, found.spool, found.session, found.question) == ("take-1", spool, SESSION, QUESTION)
    assert (found.device, found.rate, found.seconds, found.known) == ("USB microphone", 48000, 3.0, True)
    assert archive.orphans(lambda path: path == spool) == ()


def test_the_rate_that_the_device_really_has_is_noted(archive: Archive) -> None:
    spool = archive.open_spool("take-1", SESSION, QUESTION, "default")
    before = msgspec.json.decode(spool.with_suffix(".json").read_bytes())
    archive.note_rate("take-1", 44100, "USB microphone")
    spool.write_bytes(bytes(44100 * 2 + 1))
    assert (orphan(archive).rate, orphan(archive).device, orphan(archive).seconds) == (44100, "USB microphone", 1.0)
    after = msgspec.json.decode(spool.with_suffix(".json").read_bytes())
    assert after == {**before, "rate": 44100, "device": "USB microphone"}


def test_an_empty_spool_is_offered_too(archive: Archive) -> None:
    archive.open_spool("take-1", SESSION, QUESTION, "").touch()
    assert orphan(archive).seconds == 0.0


@pytest.mark.parametrize(
    "note",
    [None, b"", b"{", b"[" * 100_000, b'{"rate": 0}', b"\xff\xfe", b"null"],
    ids=["missing", "empty", "torn", "deep", "incomplete", "binary", "null"],
)
def test_a_spool_whose_note_is_lost_is_offered_all_the_same(archive: Archive, note: bytes | None) -> None:
    spool = archive.open_spool("take-1", SESSION, QUESTION, "")
    spool.with_suffix(".json").unlink()
    if note is not None:
        spool.with_suffix(".json").write_bytes(note)
    spool.write_bytes(bytes(48000 * 2))
    found = orphan(archive)
    assert (found.known, found.rate, found.seconds) == (False, 48000, 1.0)
    assert "not known" in found.question.text
    archive.begin(found.session)


@pytest.mark.parametrize("rate", [0, -48000])
def test_a_note_with_an_impossible_rate_is_not_believed(archive: Archive, rate: int) -> None:
    spool = archive.open_spool("take-1", SESSION, QUESTION, "")
    spool.write_bytes(bytes(96000))
    path = spool.with_suffix(".json")
    path.write_bytes(path.read_bytes().replace(b"48000", str(rate).encode()))
    assert (orphan(archive).known, orphan(archive).seconds) == (False, 1.0)


def test_nothing_that_somebody_wrote_into_a_note_reaches_the_terminal(archive: Archive) -> None:
    hostile = replace(QUESTION, text="\x1b]52;c;aGk=\x07Why\u202e us?\x9b31m")
    archive.open_spool("take-1", SESSION, hostile, "\x1b[2Jmic").touch()
    found = orphan(archive)
    assert found.question.text == "Why\ufffd us?"
    assert found.device == "mic"


def test_orphans_come_oldest_first_and_strangers_files_are_passed_over(place: Locations, archive: Archive) -> None:
    for name in ("zebra", "ant"):
        archive.open_spool(name, SESSION, QUESTION, "").touch()
    (place.spool / "Not Ours.pcm").touch()
    (place.spool / "link.pcm").symlink_to("/etc/passwd")
    (place.spool / "folder.pcm").mkdir()
    assert [found.id for found in archive.orphans(nobody)] == ["zebra", "ant"]


def test_a_discarded_spool_is_gone_with_its_note_and_its_unfiled_recording(place: Locations, archive: Archive) -> None:
    record(archive, review())
    (place.takes / "take-1.flac.part").touch()
    archive.discard("take-1")
    assert list(place.spool.iterdir()) == list(place.takes.iterdir()) == []
    archive.discard("take-1")


def test_discarding_the_spool_of_a_filed_take_leaves_the_take(archive: Archive) -> None:
    kept(archive, review())
    archive.discard("take-1")
    assert archive.audio_path("take-1").exists()
    assert archive.reviews() == (review(),)


def test_a_spool_is_never_opened_over_another_one(archive: Archive) -> None:
    archive.open_spool("take-1", SESSION, QUESTION, "").write_bytes(b"said")
    with pytest.raises(ArchiveError):
        archive.open_spool("take-1", SESSION, QUESTION, "")
    assert orphan(archive).spool.read_bytes() == b"said"


def test_no_recording_starts_where_an_answer_might_not_fit(place: Locations) -> None:
    with Archive.open(place, exclusive=True, free=lambda _: 49_999_999) as archive:
        with pytest.raises(DiskError, match="Only 49 MB are free"):
            archive.open_spool("take-1", SESSION, QUESTION, "")
        assert list(place.spool.iterdir()) == []


def test_the_spool_of_a_filed_take_is_no_orphan_and_goes_at_the_next_start(place: Locations, archive: Archive) -> None:
    spool = record(archive, review())
    sound, note = spool.read_bytes(), spool.with_suffix(".json").read_bytes()
    archive.keep(review())
    spool.write_bytes(sound)
    spool.with_suffix(".json").write_bytes(note)
    assert archive.orphans(nobody) == ()
    archive.close()
    with Archive.open(place, exclusive=True) as again:
        assert list(place.spool.iterdir()) == []
        assert again.reviews() == (review(),)


@pytest.mark.parametrize(
    "audio", [None, b"", b"fLaC", flac(7999), flac(0)], ids=["missing", "empty", "torn", "short", "unfinished"]
)
def test_a_spool_stays_on_offer_until_its_whole_recording_is_there(
    place: Locations, archive: Archive, audio: bytes | None
) -> None:
    spool = record(archive, review())
    sound = spool.read_bytes()
    archive.keep(review())
    archive.update(review(1, WHOLE))
    spool.write_bytes(sound)
    archive.audio_path("take-1").unlink()
    if audio is not None:
        archive.audio_path("take-1").write_bytes(audio)
    archive.close()
    with Archive.open(place, exclusive=True) as again:
        assert orphan(again).spool.read_bytes() == sound
        again.audio_path("take-1").write_bytes(flac(8000))
        again.keep(review())
        assert again.orphans(nobody) == ()
        assert again.reviews() == (review(1, WHOLE),), "the transcript that was there is not lost over it"


def test_a_note_to_which_no_recording_came_goes_at_the_next_start(place: Locations, archive: Archive) -> None:
    archive.open_spool("take-1", SESSION, QUESTION, "")
    archive.close()
    Archive.open(place, exclusive=False).close()
    assert len(os.listdir(place.spool)) == 1
    Archive.open(place, exclusive=True).close()
    assert os.listdir(place.spool) == []
