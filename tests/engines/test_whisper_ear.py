"""openai-whisper's own parts, tried in a process of their own: torch stays out of the tests' process."""

import json
import subprocess
import sys

from tests.engines.conftest import MICRO
from tests.engines.speaking import save, silence, speak

SENTENCE = "i made a mistake and um i told my manager the same day"


def in_a_process_of_its_own(code: str):
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def test_remembering_the_encoder_changes_no_word_and_halves_the_encoding(tmp_path):
    audio = save(tmp_path / "a.wav", silence(0.5), speak(SENTENCE).samples, silence(0.3))
    plain, remembered = in_a_process_of_its_own(f"""
import json, sys, wave
import numpy as np
import whisper
from vivavoce.engines import whisper_ear
with wave.open({str(audio)!r}) as file:
    samples = np.frombuffer(file.readframes(file.getnframes()), np.int16).astype(np.float32) / 32768
results = []
for wrap in (lambda encoder: encoder, whisper_ear.Memo):
    model, calls = whisper.load_model({str(MICRO)!r}), []
    model.encoder.register_forward_hook(lambda *_: calls.append(1))
    model.encoder = wrap(model.encoder)
    words = whisper_ear.WhisperEar(model, "en").words(samples)
    results.append([[[w.text, w.start, w.end] for w in words], len(calls)])
print(json.dumps(results))
""")
    assert [word for word, _, _ in plain[0]] == SENTENCE.split()
    assert remembered[0] == plain[0]
    assert 2 * remembered[1] <= plain[1]


def test_a_published_model_keeps_its_alignment_heads_though_it_is_loaded_by_its_path(tmp_path):
    path = tmp_path / "tiny.en.pt"
    heads, expected, without = in_a_process_of_its_own(f"""
import json, torch, whisper
from whisper.model import ModelDimensions, Whisper
from vivavoce.engines import whisper_ear
from vivavoce.engines.messages import Ear
dims = ModelDimensions(80, 1500, 96, 6, 1, 51864, 448, 96, 6, 4)
torch.save({{"dims": dims.__dict__, "model_state_dict": Whisper(dims).state_dict()}}, {str(path)!r})
heads = lambda model: model.alignment_heads.indices().T.tolist()
known = Whisper(dims)
known.set_alignment_heads(whisper._ALIGNMENT_HEADS["tiny.en"])
load = lambda name: whisper_ear.load(Ear("openai-whisper", name=name, path={str(path)!r}))._model
print(json.dumps([heads(load("tiny.en")), heads(known), heads(load(""))]))
""")
    assert heads == expected != without
