"""Why a word is offered, in words and whole percent. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.text.tokenizer import LINE, is_word
from engine.values import Explanation
from keyboard_app.ui.wording import chance, shortened


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the reason."""

    percent: int
    """Of what speaks for the word."""
    name: str
    meaning: str
    colour: str
    """The name of its colour in the theme."""


def headline(explanation: Explanation) -> str:
    """Return how likely the word is, in a sentence."""
    letters = explanation.context.prefix
    among = f", among all words that begin with “{shortened(letters)}”" if letters else ""
    return f"Its chance here is {chance(explanation.probability)}{among}. That comes from:"


def reasons_of(explanation: Explanation) -> tuple[Reason, ...]:
    """Return what speaks for the word, adding up to 100; what adds nothing is left out.

    What learning takes away is taken from the shipped model's part: that is how much of it is left.
    """
    one = explanation
    lost = min(one.learned, 0.0)
    shipped = max(one.shipped + min(lost + one.spelled, 0.0), 0.0)
    spelled = max(one.spelled + lost, 0.0)
    parts = (
        (shipped, "the shipped model", "what Foretype knew before you wrote a word", "muted"),
        (spelled, "spelled from its letters", "no list holds this word; the shipped model spelled it", "ghost"),
        (max(one.learned, 0.0), "what the model learned from you", _learned(one), "accent_border"),
        (one.own, "your own words", _counted(one), "accent"),
        (one.recent, "what you wrote lately", "it stood in places much like this one", "match_here"),
    )
    percents = in_percent([part[0] for part in parts])
    return tuple(Reason(percent, *words) for percent, (_, *words) in zip(percents, parts, strict=True) if percent)


def remark(explanation: Explanation) -> str:
    """Return what the parts do not say: that learning speaks against the word, or that its user never wrote it."""
    one = explanation
    if one.learned < -0.005 * one.probability:
        without = chance(one.probability - one.learned)
        return f"What the model learned from you speaks against it: without that it would be {without}."
    return "" if one.uses else "You have not written this word yet, as far as Foretype remembers."


def told(explanation: Explanation) -> str:
    """Return all of it in one paragraph, for a screen reader."""
    parts = ", ".join(f"{one.percent} % {one.name}: {one.meaning}" for one in reasons_of(explanation))
    sentences = (f"Why “{explanation.word}”?", headline(explanation), f"{parts}.", remark(explanation))
    return " ".join(sentence for sentence in sentences if sentence)


def in_percent(parts: Sequence[float]) -> list[int]:
    """Return parts, 0 or more, in whole percent that add up to 100: the largest remainders are rounded up."""
    total = sum(parts)
    if total <= 0.0:
        return [0] * len(parts)
    exact = [100.0 * part / total for part in parts]
    percents = [int(part) for part in exact]
    behind = sorted(range(len(parts)), key=lambda index: percents[index] - exact[index])
    for index in behind[: 100 - sum(percents)]:
        percents[index] += 1
    return percents


def _learned(explanation: Explanation) -> str:
    if explanation.shipped + explanation.spelled > 0.0:
        return "it was adapted when you wrote other words than it offered"
    return "it had no place for this word before you wrote it"


def _counted(explanation: Explanation) -> str:
    one = explanation
    if not one.uses:
        return "words that you wrote in such places"
    in_all = f"you wrote it {_times(one.uses)}"
    if not one.uses_after:
        return in_all
    behind = "at the beginning of a line" if one.after[-1] == LINE else f"after “{_phrase(one.after)}”"
    if one.uses_after == one.uses:
        return f"{in_all}, {'always ' if one.uses > 1 else ''}{behind}"
    return f"{in_all}, {one.uses_after:,} of them {behind}"


def _phrase(tokens: Sequence[str]) -> str:
    """Return one or two tokens as they are read: a mark alone tells more than with half of what is before it."""
    words = tokens if all(is_word(token) for token in tokens) else tokens[-1:]
    return " ".join(words)


def _times(n: int) -> str:
    return {1: "once", 2: "twice"}.get(n, f"{n:,} times")
