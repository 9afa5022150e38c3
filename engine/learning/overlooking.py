"""What a finished word says of how the user looks: whether it had been overlooked, and what was not taken along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.model.attention import IN_A_PHRASE, Declined, Sighting
from engine.prediction.predictor import Predictor
from engine.text.context import Context
from engine.text.normalize import normalize
from engine.text.phrases import words_behind
from engine.text.tokenizer import as_token
from engine.values import Commit, CommitSource

_LEFT_TO_TYPE = 2
"""Letters that taking a word must have saved: nobody overlooks what is not worth a look."""


def declined_by(word: str, shown: Iterable[str]) -> Declined:
    """Return what a user who finished a word did not take along, of what stood on screen just before."""
    return Declined(as_token(word), words_behind(word, shown))


def sighting_of(predictor: Predictor, commit: Commit, context: Context, word: str) -> Sighting | None:
    """Return where a word of a commit first stood on screen, and whether it was overlooked there; None if unknown.

    ``context`` is the text before the word. The predictor must be as it was while the word was typed: it says what
    stood there.
    """
    token, is_taken = as_token(word), commit.source is CommitSource.ACCEPTED
    if is_taken and token in words_behind(_last_word(context.left), commit.shown):
        return Sighting(IN_A_PHRASE, was_overlooked=False)
    is_whole = normalize(commit.text) == normalize(word)
    if not is_whole or commit.context.prefix or not commit.shown or not commit.context.n_shown:
        return None
    if commit.source in (CommitSource.REPLACED, CommitSource.READ):
        return None
    if token in predictor.declined_at(commit.context):
        return Sighting(IN_A_PHRASE, was_overlooked=True)
    return _letter_by_letter(predictor, commit, token)


def _letter_by_letter(predictor: Predictor, commit: Commit, token: str) -> Sighting | None:
    """Return the same for a word that stood in no phrase, from what stood there before each of its letters."""
    word, n_shown = normalize(commit.text), commit.context.n_shown
    at_the_end = [as_token(text) for text in commit.shown[:n_shown]]
    first = taken = None
    for length in range(len(word)):
        context = replace(commit.context, prefix=word[:length])
        words = [as_token(item.text) for item in predictor.predict_one(context, n_shown).items]
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


def _last_word(left: str) -> str:
    """Return the word that a text ends with but for a space; empty where it ends otherwise."""
    return Context.before_caret(left.removesuffix(" ")).prefix
