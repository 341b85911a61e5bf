"""Engines: voices that read questions aloud, recognisers that write down answers, and the weights that they need.

What is exported here is the main process's side and imports nothing heavy. The engines themselves live in modules that
only child processes load, exactly one by name (`registry`).
"""

from vivavoce.engines.recognisers import DraftRecogniser, WhisperRecogniser
from vivavoce.engines.voice import CachedVoice
from vivavoce.engines.weights import Found, State, Weights, fetch, find, known, look

__all__ = [
    "CachedVoice",
    "DraftRecogniser",
    "Found",
    "State",
    "Weights",
    "WhisperRecogniser",
    "fetch",
    "find",
    "known",
    "look",
]
