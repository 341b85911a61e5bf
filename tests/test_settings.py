"""Settings: which one wins, what is refused and in which words, what is kept."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from vivavoce.errors import SettingsError
from vivavoce.locations import Locations
from vivavoce.model import Kind
from vivavoce.settings import Settings, folders, load, save


@pytest.fixture
def place(tmp_path: Path) -> Locations:
    return Locations(tmp_path, tmp_path / "cache")


def write(place: Locations, text: str) -> None:
    place.settings.write_text(text, encoding="utf-8")


def test_without_anything_the_defaults_hold(place: Locations) -> None:
    assert load(place, {}, {}) == Settings()
    assert not place.settings.exists()


def test_the_file_beats_the_defaults_the_environment_the_file_and_the_command_line_all(place: Locations) -> None:
    write(place, 'model = "file"\ndevice = "file"\nlanguage = "file"\n')
    chosen = load(place, {"VIVA_DEVICE": "environment", "VIVA_LANGUAGE": "environment"}, {"language": "flag"})
    assert chosen == Settings(model="file", device="environment", language="flag")


def test_a_flag_that_was_not_given_changes_nothing_but_false_and_empty_text_do(place: Locations) -> None:
    write(place, 'device = "USB"\nheard_only = true\nquestions = 3\nkinds = ["tricky"]\n')
    chosen = load(place, {}, {"device": "", "heard_only": False, "questions": None, "kinds": ()})
    assert chosen == Settings(device="", heard_only=False, questions=3, kinds=(Kind.TRICKY,))


def test_values_of_the_environment_are_text_and_become_what_they_should_be(place: Locations) -> None:
    told = {"VIVA_QUESTIONS": "7", "VIVA_HEARD_ONLY": "true", "VIVA_KINDS": "closing, left-field warm-up"}
    chosen = load(place, told, {})
    assert chosen == Settings(questions=7, heard_only=True, kinds=(Kind.CLOSING, Kind.LEFT_FIELD, Kind.WARM_UP))
    assert all(isinstance(kind, Kind) for kind in chosen.kinds)


def test_an_empty_variable_and_those_of_others_are_passed_over(place: Locations) -> None:
    assert load(place, {"VIVA_MODEL": "", "VIVA_DATA": "/x", "VIVALDI": "spring", "HOME": "/"}, {}) == Settings()


@pytest.mark.parametrize(
    ("name", "near"), [("modle", "model"), ("devices", "device"), ("interveiwer", "interviewer"), ("kind", "kinds")]
)
def test_an_unknown_key_names_the_nearest_known_one(name: str, near: str, place: Locations) -> None:
    write(place, f'{name} = "x"\n')
    with pytest.raises(SettingsError) as caught:
        load(place, {}, {})
    assert caught.value.remedy == f"Did you mean `{near}`?"
    assert name in caught.value.sentence
    assert str(place.settings) in caught.value.sentence


def test_an_unknown_key_that_resembles_none_gets_the_list(place: Locations) -> None:
    with pytest.raises(SettingsError, match=r"Known are: microphone, device, .*theme\."):
        load(place, {"VIVA_XYZZY": "1"}, {})


def test_an_unknown_key_is_shown_without_its_escape_sequences(place: Locations) -> None:
    write(place, '"\\u001b]0;owned\\u0007zzz" = 1\n')
    with pytest.raises(SettingsError) as caught:
        load(place, {}, {})
    assert caught.value.sentence.startswith("There is no setting `zzz`")


@pytest.mark.parametrize(
    ("line", "remedy"),
    [
        ("questions = 0", "A session has 1 to 50 questions."),
        ("questions = 51", "A session has 1 to 50 questions."),
        ("questions = 2.5", "A session has 1 to 50 questions."),
        ('questions = "many"', "A session has 1 to 50 questions."),
        ("questions = true", "A session has 1 to 50 questions."),
        ('voice = "siri"', "Use pyttsx3, command or text."),
        ('kinds = ["closing", "easy"]', "Known are: warm-up, "),
        ('kinds = "closing"', "Known are: warm-up, "),
        ('heard_only = "perhaps"', "Use true or false."),
        ("device = 3", "Give a text in quotation marks."),
        ('device = { name = "USB" }', "Give a text in quotation marks."),
        ('model = ""', "Name a Whisper model"),
        ('language = ""', "Name a language"),
    ],
)
def test_a_value_that_makes_no_sense_is_named_with_its_place_and_a_remedy(
    line: str, remedy: str, place: Locations
) -> None:
    write(place, line)
    with pytest.raises(SettingsError) as caught:
        load(place, {}, {})
    assert caught.value.remedy.startswith(remedy)
    assert f"The setting `{line.partition(' =')[0]}` (in {place.settings}) cannot be `" in caught.value.sentence


def test_a_bad_value_on_the_command_line_is_not_blamed_on_the_file(place: Locations) -> None:
    with pytest.raises(SettingsError, match=r"The setting `questions` \(in the command line\) cannot be `99`"):
        load(place, {}, {"questions": 99})


def test_a_bad_value_is_an_error_even_where_a_better_one_wins(place: Locations) -> None:
    write(place, "questions = 99")
    with pytest.raises(SettingsError):
        load(place, {}, {"questions": 5})


@pytest.mark.parametrize("content", [b"model = ", b"\xff\xfe\x00", b"a" * 100, b"model = " + b"[" * 100_000])
def test_a_file_that_is_no_toml_is_named_with_a_remedy(content: bytes, place: Locations) -> None:
    place.settings.write_bytes(content)
    with pytest.raises(SettingsError, match="Correct or delete that file") as caught:
        load(place, {}, {})
    assert str(place.settings) in caught.value.sentence


def test_a_folder_where_the_file_should_be_is_an_error_with_a_remedy(place: Locations) -> None:
    place.settings.mkdir()
    with pytest.raises(SettingsError, match="cannot be read"):
        load(place, {}, {})


def test_a_file_that_an_editor_began_with_a_byte_order_mark_is_read(place: Locations) -> None:
    place.settings.write_bytes(b'\xef\xbb\xbfmodel = "tiny.en"\n')
    assert load(place, {}, {}).model == "tiny.en"


def test_only_differences_from_the_defaults_are_written(place: Locations) -> None:
    save(place, model="small.en", questions=5, heard_only=False, kinds=(Kind.TRICKY, Kind.CLOSING))
    kept = tomllib.loads(place.settings.read_text())
    assert kept == {"model": "small.en", "kinds": ["tricky", "closing"]}


def test_what_was_saved_is_loaded(place: Locations) -> None:
    wanted = Settings(
        microphone="demo",
        device='R\u00f6de "NT1"',
        loudspeaker="\u30b9\u30d4\u30fc\u30ab\u30fc",
        voice="command",
        model="/home/me/my model.pt",
        language="de",
        interviewer="panel",
        kinds=(Kind.WARM_UP,),
        questions=50,
        heard_only=True,
        theme="textual-light",
    )
    save(place, **{name: getattr(wanted, name) for name in Settings.__dataclass_fields__})
    assert load(place, {}, {}) == wanted


def test_saving_one_choice_leaves_the_others(place: Locations) -> None:
    save(place, model="tiny.en", device="USB")
    save(place, device="Headset")
    assert load(place, {}, {}) == Settings(model="tiny.en", device="Headset")


def test_a_choice_that_goes_back_to_its_default_is_forgotten(place: Locations) -> None:
    save(place, model="tiny.en", kinds=[Kind.CLOSING], heard_only=True)
    save(place, model=Settings().model, kinds=[], heard_only=False)
    assert place.settings.read_text() == ""
    assert load(place, {}, {}) == Settings()


@pytest.mark.parametrize("changes", [{"questions": 0}, {"modle": "tiny"}, {"kinds": ["easy"]}])
def test_a_bad_choice_is_refused_and_the_file_stays_as_it_was(changes: dict, place: Locations) -> None:
    save(place, model="tiny.en")
    before = place.settings.read_bytes()
    with pytest.raises(SettingsError):
        save(place, **changes)
    assert place.settings.read_bytes() == before
    assert [path.name for path in place.data.iterdir()] == ["settings.toml"]


def test_a_damaged_file_is_not_overwritten_by_saving(place: Locations) -> None:
    write(place, "model = ")
    with pytest.raises(SettingsError):
        save(place, device="USB")
    assert place.settings.read_text() == "model = "


def test_the_folder_is_as_told_then_as_in_the_environment_then_the_platforms_own(tmp_path: Path) -> None:
    told, other = tmp_path / "told", tmp_path / "other"
    assert folders(told, {"VIVA_DATA": str(other)}) == Locations(told, told / "cache")
    assert folders(None, {"VIVA_DATA": str(other)}) == Locations(other, other / "cache")
    own = folders(None, {"VIVA_DATA": ""})
    assert own.data.name == own.cache.name == "viva-voce"
    assert own.data != own.cache


def test_a_folder_may_be_relative_or_start_at_home() -> None:
    assert folders(Path("here"), {}).data == Path.cwd() / "here"
    assert folders(Path("~/there"), {}).data == Path(os.path.expanduser("~/there"))
    assert folders(Path("~nobody-of-this-name/x"), {}).data == Path.cwd() / "~nobody-of-this-name/x"
