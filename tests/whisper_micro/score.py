"""Word error rate of a checkpoint through openai-whisper's own transcribe.

score.py CHECKPOINT VALIDATION.pkl COUNT [SENTENCES_PER_TAKE]
"""

import pickle
import random
import sys

import jiwer
import numpy as np
import whisper

model = whisper.load_model(sys.argv[1], device="cpu")
with open(sys.argv[2], "rb") as file:
    clips = pickle.load(file)
count, per = int(sys.argv[3]), int(sys.argv[4]) if len(sys.argv) > 4 else 1
rng, said, heard = random.Random(1), [], []
for i in range(count):
    part = clips[i * per : (i + 1) * per]
    if len(part) < per:
        break
    pieces = [
        x
        for text, _, a in part
        for x in (a.astype(np.float32) / 32768, np.zeros(int(rng.uniform(0.3, 1.2) * 16000), np.float32))
    ]
    result = model.transcribe(np.concatenate(pieces), fp16=False, temperature=0.0, condition_on_previous_text=False)
    said.append(" ".join(text for text, _, _ in part))
    heard.append(" ".join(result["text"].lower().split()) or "-")
fillers = {"um", "uh", "er"}
total = sum(w in fillers for s in said for w in s.split())
got = sum(min(s.split().count(f), h.split().count(f)) for s, h in zip(said, heard, strict=True) for f in fillers)
print(f"{len(said)} takes of {per}: WER {jiwer.wer(said, heard):.3f}; hesitations heard {got} of {total}")
for s, h in list(zip(said, heard, strict=True))[:5]:
    print(" said ", s, "\n heard", h)
