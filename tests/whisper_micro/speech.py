"""Speech for training: sentences of text.py spoken by espeak-ng. speech.py COUNT FIRST_SEED OUT.pkl"""

import concurrent.futures
import pickle
import random
import subprocess
import sys

import numpy as np
import soxr
from text import sentence

VOICES = [
    "en-gb",
    "en-us",
    "en-gb-x-rp",
    "en-gb-scotland",
    "en-us+f2",
    "en-gb+f3",
    "en-us+m3",
    "en-gb+m5",
    "en-us-nyc",
    "en-029+f4",
]


def one(seed):
    """(text, voice, int16 samples at 16 kHz without leading or trailing silence) for this seed."""
    rng = random.Random(seed)
    text, voice = sentence(rng), rng.choice(VOICES)
    command = [
        "espeak-ng",
        "-v",
        voice,
        "-s",
        str(rng.randint(120, 210)),
        "-p",
        str(rng.randint(30, 70)),
        "--stdout",
        text,
    ]
    wav = subprocess.run(command, capture_output=True, check=True).stdout
    samples = soxr.resample(np.frombuffer(wav[44:], np.int16).astype(np.float32) / 32768, 22050, 16000)
    loud = np.flatnonzero(np.abs(samples) > 0.005)
    return text, voice, (samples[loud[0] : loud[-1] + 1] * 32767).astype(np.int16)


if __name__ == "__main__":
    count, first, out = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    with concurrent.futures.ThreadPoolExecutor(2) as pool, open(out, "wb") as file:
        pickle.dump(list(pool.map(one, range(first, first + count))), file)
