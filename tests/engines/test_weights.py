"""Which weights there are, read out of whisper's source without importing it."""

import hashlib

import pytest

from vivavoce.engines import State, find, known, look, weights
from vivavoce.engines.weights import Weights, check, folder, located
from vivavoce.errors import ModelMissing


def test_the_published_models_are_those_of_the_installed_whisper():
    import whisper

    assert {name: w.url for name, w in known().items()} == whisper._MODELS


def test_base_en_has_its_published_hash_and_size():
    base = known()["base.en"]
    assert base.sha256 == "25a8566e1d0c1e2231d1c762132cd20e0f96a85d16145c3a00adf5d1ac670ead"
    assert (base.file, base.megabytes) == ("base.en.pt", 145)


def test_an_alias_lies_in_the_file_of_the_model_that_it_names():
    assert known()["turbo"].file == "large-v3-turbo.pt"
    assert known()["turbo"].megabytes is None


def test_the_cache_is_where_whisper_looks(tmp_path):
    assert folder({"XDG_CACHE_HOME": str(tmp_path)}) == tmp_path / "whisper"
    assert folder({}).parts[-2:] == (".cache", "whisper")


def test_a_model_is_found_by_name_or_by_path(tmp_path):
    assert find("base.en", tmp_path) is None
    (tmp_path / "base.en.pt").touch()
    assert find("base.en", tmp_path) == tmp_path / "base.en.pt"
    assert find(str(tmp_path / "base.en.pt")) == tmp_path / "base.en.pt"
    assert find(str(tmp_path / "other.pt")) is None


def test_the_state_of_weights_is_told_by_their_hash(tmp_path):
    some = Weights("some", f"https://nowhere.invalid/{hashlib.sha256(b'whole').hexdigest()}/some.pt", "", None)
    some = Weights("some", some.url, some.url.split("/")[-2], None)
    assert check(some, tmp_path).state is State.MISSING
    (tmp_path / "some.pt").write_bytes(b"who")
    assert (check(some, tmp_path).state, check(some, tmp_path).bytes) == (State.DAMAGED, 3)
    (tmp_path / "some.pt").write_bytes(b"whole")
    assert (check(some, tmp_path).state, check(some, tmp_path).bytes) == (State.PRESENT, 5)


async def test_a_look_at_a_published_model_tells_where_it_would_lie(tmp_path):
    found = await look("base.en", tmp_path)
    assert (found.state, found.path, found.bytes) == (State.MISSING, tmp_path / "base.en.pt", None)


@pytest.mark.parametrize(
    ("model", "words"),
    [("base.en", "viva model fetch base.en"), ("bass.en", "Known are: tiny.en"), ("/nowhere/my.pt", "no checkpoint")],
)
def test_a_missing_model_is_told_with_the_way_to_it(model, words, tmp_path):
    with pytest.raises(ModelMissing, match=words):
        located(model, tmp_path)


def test_no_name_leaves_the_folder(tmp_path):
    assert all("/" not in w.file for w in weights.known().values())
