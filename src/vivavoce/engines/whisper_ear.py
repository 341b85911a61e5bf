"""openai-whisper, inside its child process. Weights are never fetched here: only a checked file is loaded."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import whisper

from vivavoce.engines.listening import RATE
from vivavoce.engines.messages import Ear
from vivavoce.engines.timeline import without_echo
from vivavoce.errors import ModelDamaged, ModelMissing
from vivavoce.model import Word
from vivavoce.text import clean

if TYPE_CHECKING:
    from numpy.typing import NDArray

PROMPT = "Um, uh, hmm, er, ah."
"""Whisper was trained to leave hesitations out; text that has some makes it write them more often."""

_TEMPERATURES = (0.0, 0.4, 0.8)
"""Greedy first; then, where the text repeats itself or is improbable, twice more (Whisper's own list: six times)."""

_TOKENS_AT_LEAST, _TOKENS_PER_SECOND, _TOKENS_AT_MOST = 12, 8, 224
"""English has 3.5 tokens per second; the cap ends loops early. 224 is Whisper's own limit."""

_REMNANT = 1.0
"""Seconds. With word times Whisper listens again to what follows the last word's end, and on the rest of a word and a
little silence it invents something. With the tests' checkpoint 23 of 180 spoken sentences came back right, and 144
where what was heard in such a remnant is ignored."""


class Memo(torch.nn.Module):
    """Remembers the encoder's last answer, which Whisper asks for again for word times and for each temperature.

    The words stay the same; the second encoding is a third of all the work.
    """

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        self._asked: torch.Tensor | None = None
        self._answer: torch.Tensor | None = None

    def forward(self, mel: torch.Tensor) -> torch.Tensor:
        """What the encoder says about this window."""
        if self._answer is None or self._asked is None or not torch.equal(self._asked, mel):
            self._answer = self.encoder(mel)
            self._asked = mel.clone()
        return self._answer


class WhisperEar:
    """A loaded model; implements `listening.Listener`."""

    def __init__(self, model: Any, language: str) -> None:
        self._model = model
        self._language = language if model.is_multilingual else "en"

    def words(self, samples: NDArray[np.float32]) -> tuple[Word, ...]:
        """What is said in these samples, hesitations as far as Whisper writes them."""
        tokens = min(_TOKENS_AT_MOST, _TOKENS_AT_LEAST + round(_TOKENS_PER_SECOND * len(samples) / RATE))
        said = self._model.transcribe(
            samples,
            language=self._language,
            fp16=False,
            temperature=_TEMPERATURES,
            condition_on_previous_text=False,
            initial_prompt=PROMPT,
            carry_initial_prompt=True,
            word_timestamps=True,
            no_speech_threshold=0.6,
            sample_len=tokens,
            verbose=None,
        )
        last = len(samples) / RATE - _REMNANT
        heard = [word for segment in said["segments"] if _at(segment) <= max(0.0, last) for word in segment["words"]]
        return without_echo([_word(word) for word in heard], PROMPT)

    def warm_up(self) -> None:
        """Listen to two seconds of faint noise: the first word times cost 3 s of compiling, later ones nothing."""
        noise = np.random.default_rng(0).normal(0, 0.01, 2 * RATE).astype(np.float32)
        self.words(noise)


def load(ear: Ear) -> WhisperEar:
    """The model, checked and ready. Raises ModelMissing or ModelDamaged."""
    model = _load(Path(ear.path), ear.sha256)
    if ear.name:
        # a checkpoint that is loaded by its path comes without its alignment heads: base.en would use 24 instead of 5
        model.set_alignment_heads(whisper._ALIGNMENT_HEADS[ear.name])
    model.encoder = Memo(model.encoder)
    return WhisperEar(model, ear.language)


def _load(path: Path, sha256: str) -> Any:
    where = clean(str(path))
    try:
        _check(path, sha256)
        return whisper.load_model(str(path), device="cpu")
    except FileNotFoundError as error:
        raise ModelMissing(f"There are no weights in {where}.", "Fetch them with `viva model fetch`.") from error
    except ModelDamaged:
        raise
    except Exception as error:  # torch, pickle and zipfile each have errors of their own for a bad file
        raise ModelDamaged(
            f"{where} is not a checkpoint of openai-whisper, or it is damaged ({type(error).__name__}).",
            "Choose another file, or a model by its name as `base.en`.",
        ) from error


def _check(path: Path, sha256: str) -> None:
    with path.open("rb") as file:
        if sha256 and hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            raise ModelDamaged(
                f"The weights in {clean(str(path))} are not the ones that were published: incomplete, or changed.",
                "Delete that file and fetch it again with `viva model fetch`.",
            )


def _at(segment: dict[str, Any]) -> float:
    """Where the window of a segment starts, in seconds."""
    return float(segment["seek"] * whisper.audio.HOP_LENGTH / RATE)


def _word(word: dict[str, Any]) -> Word:
    probability = min(1.0, max(0.0, float(word["probability"])))
    return Word(clean(word["word"]), float(word["start"]), float(word["end"]), probability)
