"""Train a small checkpoint in openai-whisper's format from nothing.

train.py TRAIN.pkl VALIDATION.pkl OUT.pt MINUTES [RESUME.pt]

What made it learn on two cores:
- a CTC head on the encoder beside the decoder's loss (alignment comes first, then words);
- the softmax over the tokens that occur, all other tokens sharing one learned row;
- short windows first; then short windows at random offsets of the positional table (so that every position of the
  30 s window is known); then padded 30 s windows with one to six sentences, timestamps between them;
- a prompt before most targets, so that Whisper's initial_prompt does not confuse it.
"""

import math
import pickle
import random
import sys
import time

import numpy as np
import torch
from text import WORDS
from torch import nn
from torch.nn import functional
from whisper.audio import log_mel_spectrogram
from whisper.model import ModelDimensions, Whisper
from whisper.tokenizer import get_tokenizer

STATE, HEADS, ENCODER_LAYERS, DECODER_LAYERS, RATE = 128, 4, 3, 2, 16000
tokenizer = get_tokenizer(False)
SOT, EOT, TIME0 = tokenizer.sot, tokenizer.eot, tokenizer.timestamp_begin
dims = ModelDimensions(80, 1500, STATE, HEADS, ENCODER_LAYERS, 51864, 448, STATE, HEADS, DECODER_LAYERS)
model, rng = Whisper(dims), random.Random(int(time.time()))
used = sorted(
    {t for w in WORDS for t in tokenizer.encode(" " + w)}
    | {SOT, EOT, tokenizer.no_timestamps}
    | set(range(TIME0, TIME0 + 1501))
)
index = {t: i for i, t in enumerate(used)}
prompt = tokenizer.encode(" Um, uh, hmm, er, ah.")  # the program's own verbatim prompt; others are drawn at random
unused, texts = dims.n_vocab - len(used), sum(t < SOT for t in used)
embedding = nn.Parameter(torch.randn(len(used) + 1, STATE) * 0.02)  # the last row stands for every unused token
ctc_head = nn.Linear(STATE, texts + 1)
nn.init.normal_(model.decoder.positional_embedding, std=0.01)


def load(path):
    with open(path, "rb") as file:
        return [(tokenizer.encode(" " + s), a.astype(np.float32) / 32768) for s, _, a in pickle.load(file)]


def augment(samples, silence):
    lead = rng.random() * silence
    samples = samples * 10 ** rng.uniform(-1.2, 0)
    samples = np.concatenate([np.zeros(int(lead * RATE)), samples, np.zeros(int(rng.random() * 0.4 * RATE))])
    noise = 10 ** rng.uniform(-4.5, -2.5) if rng.random() < 0.6 else 0
    return (samples + noise * np.random.randn(len(samples))).astype(np.float32), lead


def windows(items, clips, full):
    """Mel batch, target ids per window, text ids per window, encoder frames per window."""
    sounds, targets, words = [], [], []
    for item in items:
        ids, text, pieces, at = [SOT], [], [], 0.0
        for k in range(rng.choice([1, 1, 2, 3, 4, 5, 6]) if full else 1):
            tokens, samples = item if k == 0 else rng.choice(clips)
            piece, lead = augment(samples, 2 if full else 0.6)
            if at + len(piece) / RATE > 29.5:
                break
            start, end = at + lead, at + lead + len(samples) / RATE
            ids += [TIME0 + round(start / 0.02), *tokens, TIME0 + round(end / 0.02)]
            text += tokens
            pieces.append(piece)
            at += len(piece) / RATE
        sounds.append(np.concatenate(pieces)), targets.append([*ids, EOT]), words.append(text)
    length = 480000 if full else ((max(map(len, sounds)) + RATE) // 320 + 1) * 320
    batch = torch.stack([log_mel_spectrogram(torch.from_numpy(np.pad(s, (0, length - len(s))))) for s in sounds])
    return batch, targets, words, [len(s) // 320 for s in sounds]


def encode(mel, offset):
    e = model.encoder
    x = functional.gelu(e.conv2(functional.gelu(e.conv1(mel)))).permute(0, 2, 1)
    x = x + e.positional_embedding[offset : offset + x.shape[1]]
    for block in e.blocks:
        x = block(x)
    return e.ln_post(x)


def decode(ids, audio):
    d = model.decoder
    x = functional.embedding(ids, embedding) + d.positional_embedding[: ids.shape[1]]
    for block in d.blocks:
        x = block(x, audio, mask=d.mask)
    logits = d.ln(x) @ embedding.t()
    return torch.cat([logits[..., :-1], logits[..., -1:] + math.log(unused)], -1)


def prefix():
    """Nothing, the program's prompt, or random words, as Whisper puts them before the start of the transcript."""
    if rng.random() < 0.4:
        return []
    return [
        tokenizer.sot_prev,
        *(prompt if rng.random() < 0.5 else rng.choices(prompt + used[:texts], k=rng.randint(1, 16))),
    ]


def losses(items, clips, full, shifted):
    mel, targets, words, frames = windows(items, clips, full)
    offset = rng.randrange(0, 1500 - mel.shape[-1] // 2) if shifted and not full and rng.random() < 0.8 else 0
    targets = [[t + offset if t >= TIME0 else t for t in ids] for ids in targets]
    audio = encode(mel, offset)
    prefixes = [prefix() for _ in targets]
    targets = [p + t for p, t in zip(prefixes, targets, strict=True)]
    width = max(map(len, targets))
    ids, mask = torch.full((len(targets), width), index[EOT]), torch.zeros(len(targets), width - 1)
    for i, t in enumerate(targets):
        ids[i, : len(t)] = torch.tensor([index.get(x, len(used)) for x in t])
        mask[i, len(prefixes[i]) : len(t) - 1] = 1
    logits = decode(ids[:, :-1], audio)
    attention = (
        functional.cross_entropy(logits.transpose(1, 2), ids[:, 1:], reduction="none") * mask
    ).sum() / mask.sum()
    ctc = functional.ctc_loss(
        functional.log_softmax(ctc_head(audio), -1).transpose(0, 1),
        torch.tensor([index[t] for w in words for t in w]),
        torch.tensor([min(audio.shape[1], f + 20) for f in frames]),
        torch.tensor([len(w) for w in words]),
        blank=texts,
        zero_infinity=True,
    )
    right = ((logits.argmax(-1) == ids[:, 1:]) * mask).sum() / mask.sum()
    return attention, ctc, right.item()


def export(path):
    state = {k: v.detach().clone() for k, v in model.state_dict().items()}
    table = embedding.detach()[-1:].repeat(dims.n_vocab, 1)
    table[torch.tensor(used)] = embedding.detach()[:-1]
    state["decoder.token_embedding.weight"] = table
    torch.save({"dims": dims.__dict__, "model_state_dict": {k: v.half() for k, v in state.items()}}, path)


def resume(path):
    state = {k: v.float() for k, v in torch.load(path)["model_state_dict"].items()}
    table = state["decoder.token_embedding.weight"]
    embedding.data[:-1] = table[torch.tensor(used)]
    embedding.data[-1] = table[next(t for t in range(200, 400) if t not in index)]
    model.load_state_dict(state)


def main(train, validation, out, minutes, start=None):
    if start:
        resume(start)
    clips, held = load(train), load(validation)
    parameters = [p for n, p in model.named_parameters() if n != "decoder.token_embedding.weight"] + [
        embedding,
        *ctc_head.parameters(),
    ]
    optimizer = torch.optim.AdamW(parameters, lr=1e-3, weight_decay=0.01, betas=(0.9, 0.98))
    began, step = time.time(), 0
    while (progress := (time.time() - began) / (60 * float(minutes))) < 1:
        full = step % 4 == 3 if 0.6 < progress <= 0.8 else progress > 0.8 and step % 2 == 1
        for group in optimizer.param_groups:
            group["lr"] = 1e-3 * min(1, (step + 1) / 300) * (0.49 * (1 + math.cos(math.pi * progress)) + 0.02)
        items = rng.sample(clips, 5 if full else 20)
        attention, ctc, right = losses(items, clips, full, shifted=progress > 0.35 or bool(start))
        optimizer.zero_grad()
        (attention + (0.5 if progress < 0.6 else 0.1) * ctc).backward()
        nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        step += 1
        if step % 100 == 0:
            with torch.no_grad():
                a, c, r = losses(held[:40], held, False, shifted=False)
            print(
                f"{step} {time.time() - began:.0f} s: {attention:.3f} {ctc:.3f} {right:.3f} |",
                f"held out {a:.3f} {c:.3f} {r:.3f}",
                flush=True,
            )
        if step % 500 == 0:
            export(out)
    export(out)


if __name__ == "__main__":
    main(*sys.argv[1:])
