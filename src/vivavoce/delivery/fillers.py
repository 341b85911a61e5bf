"""Fillers of a transcript: hesitations by their form, markers by their context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vivavoce.delivery.context import MARKERS, Place
from vivavoce.delivery.hesitations import bare, hesitation, is_hesitation, is_lexical
from vivavoce.model import Filler, Transcript, Word

_LONGEST = max(map(len, MARKERS))


def fillers(transcript: Transcript) -> tuple[Filler, ...]:
    """Every filler with its words, longest match first; no word belongs to two."""
    return tuple(_found(transcript.words))


def lexical(words: Sequence[Word]) -> int:
    """How many words say something: hesitations do not."""
    return sum(is_lexical(word.text) for word in words)


def _found(words: Sequence[Word]) -> Iterator[Filler]:
    said = [bare(word.text) for word in words]
    at = 0
    while at < len(words):
        text, length = _match(words, said, at)
        if text:
            last = at + length - 1
            yield Filler(text, words[at].start, words[last].end, at, last)
        at += length


def _match(words: Sequence[Word], said: Sequence[str], at: int) -> tuple[str, int]:
    """The filler that begins here and how many words it takes; empty, and one word, for none."""
    sound = hesitation(words[at].text, said[at - 1] if at else "")
    if sound:
        return sound, 1
    for length in range(min(_LONGEST, len(said) - at), 0, -1):
        rule = MARKERS.get(tuple(said[at : at + length]))
        unbroken = all(_open(words[k]) for k in range(at, at + length - 1))
        if rule is not None and unbroken and rule(_place(words, said, at, at + length - 1)):
            return " ".join(said[at : at + length]), length
    return "", 1


def _open(word: Word) -> bool:
    """No punctuation after it: `I like you. Know this.` holds no `you know`."""
    return word.text[-1:].isalnum() or word.text[-1:] in "'’"


def _place(words: Sequence[Word], said: Sequence[str], first: int, last: int) -> Place:
    before = words[first - 1] if first else None
    after = words[last + 1] if last + 1 < len(words) else None
    sentence_before = before is None or before.text[-1:] in ".?!"
    sentence_after = after is None or words[last].text[-1:] in ".?!"
    return Place(
        left="" if sentence_before else said[first - 1],
        right="" if sentence_after else said[last + 1],
        beyond=said[last + 2] if last + 2 < len(said) else "",
        comma_before=before is not None and before.text[-1:] in ",;:-–—…",
        comma_after=words[last].text[-1:] in ",;:-–—…",
        gap_before=words[first].start - before.end if before is not None else 0.0,
        gap_after=after.start - words[last].end if after is not None else 0.0,
        first=first == 0 or all(is_hesitation(word) for word in said[:first]),
    )
