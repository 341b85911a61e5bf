"""espeak-ng speaks a known sentence and says when each word starts: the truth that recognisers are held against."""

import json
import subprocess
import sys
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr

RATE = 16000


@dataclass(frozen=True, slots=True)
class Speech:
    samples: np.ndarray
    """float32, 16 kHz, without the silence around it."""
    starts: tuple[tuple[str, float], ...]
    """Each word that espeak-ng reports, with its start in seconds. Words that it runs together are reported as one."""

    @property
    def seconds(self) -> float:
        return len(self.samples) / RATE


def speak(text: str, voice: str = "en-us", rate: int = 160, pitch: int = 50) -> Speech:
    """In a child process: espeak-ng may be loaded once per process only."""
    request = json.dumps([text, voice, rate, pitch])
    done = subprocess.run([sys.executable, __file__, request], capture_output=True, check=True)
    head, _, sound = done.stdout.partition(b"\n")
    raw_rate, words = json.loads(head)
    samples = np.frombuffer(sound, np.int16).astype(np.float32) / 32768
    samples = soxr.resample(samples, raw_rate, RATE)
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    lead = loud[0] / RATE
    starts = tuple((word, max(0.0, at - lead)) for word, at in words)
    return Speech(samples[loud[0] : loud[-1] + 1], starts)


def silence(seconds: float) -> np.ndarray:
    return np.zeros(round(seconds * RATE), np.float32)


def noise(seconds: float, level: float = 0.003, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, level, round(seconds * RATE)).astype(np.float32)


def save(path: Path, *parts: np.ndarray) -> Path:
    """The parts one after the other as a 16-bit WAV file."""
    samples = (np.clip(np.concatenate(parts), -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return path


def _main(text: str, voice: str, rate: int, pitch: int) -> None:
    from ctypes import c_short, sizeof, string_at

    from pyttsx3.drivers import _espeak

    sound, words = bytearray(), []

    def hear(wav, count, events):
        sound.extend(string_at(wav, count * sizeof(c_short)) if count > 0 else b"")
        at = 0
        while events[at].type != _espeak.EVENT_LIST_TERMINATED:
            if events[at].type == _espeak.EVENT_WORD:
                first = events[at].text_position - 1
                words.append((text[first : first + events[at].length], events[at].audio_position / 1000))
            at += 1
        return 0

    raw_rate = _espeak.Initialize(_espeak.AUDIO_OUTPUT_SYNCHRONOUS, 0)
    _espeak.SetSynthCallback(hear)
    _espeak.SetVoiceByName(voice.encode())
    _espeak.SetParameter(_espeak.RATE, rate, 0)
    _espeak.SetParameter(_espeak.PITCH, pitch, 0)
    _espeak.Synth(text.encode(), flags=_espeak.CHARS_UTF8)
    _espeak.Synchronize()
    sys.stdout.buffer.write(json.dumps([raw_rate, words]).encode() + b"\n" + bytes(sound))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main(*json.loads(sys.argv[1]))
