"""Whether a finished word had been overlooked before: worked out from what stood on screen letter by letter."""

from __future__ import annotations

from dataclasses import replace

from engine.model.attention import Sighting
from engine.prediction.predictor import Predictor
from engine.text.normalize import normalize
from engine.text.tokenizer import fold
from engine.values import Commit, CommitSource

_LEFT_TO_TYPE = 2
"""Letters that taking a word must have saved: nobody overlooks what is not worth a look."""


def sighting_of(predictor: Predictor, commit: Commit) -> Sighting | None:
    """Return where the word of a commit first stood on screen, and whether it was overlooked there; None if unknown.

    The predictor must be as it was while the word was typed: it says what stood there.
    """
    word, n_shown = normalize(commit.text), commit.context.n_shown
    if commit.context.prefix or not commit.shown or not n_shown or commit.source is CommitSource.REPLACED:
        return None
    if " " in word:
        return None  # a phrase: the strip holds words
    token = fold(word)
    at_the_end = [fold(normalize(text)) for text in commit.shown[:n_shown]]
    first = taken = None
    for length in range(len(word)):
        context = replace(commit.context, prefix=word[:length])
        words = [fold(normalize(item.text)) for item in predictor.predict_one(context, n_shown).items]
        if commit.source is CommitSource.ACCEPTED and words == at_the_end:
            if taken is not None:
                return None  # the same words stood there for two lengths: either may be the one
            taken = length
        elif taken is not None:
            break
        if first is None and token in words:
            first = length
            if commit.source is CommitSource.TYPED:
                break
    last_worth_taking = len(word) - _LEFT_TO_TYPE
    if first is None or (taken is None and (commit.source is CommitSource.ACCEPTED or first > last_worth_taking)):
        return None
    return Sighting(first, taken is None or taken > first)
