"""How the window words what was learned."""

from __future__ import annotations

import math

from keyboard_app.typist.messages import LearnOutcome

_WORTH_TELLING = 1.15
_LONGEST = 40


def learnt_sentence(outcome: LearnOutcome) -> str:
    """Return the quiet sign of learning for the status line; empty where there is nothing worth telling."""
    report = outcome.report
    word = shortened(report.word or outcome.commit.text)
    if report.meant:
        return f"“{word}” waits: it looks like a slip for “{shortened(report.meant)}”"
    if report.new_word:
        return f"Learned “{word}” (new word)"
    if not report.updated:
        return ""
    factor = math.exp(min(report.loss_before - report.loss_after, 20.0))
    if not math.isfinite(factor) or factor < _WORTH_TELLING:
        return f"Adapted to “{word}”"
    return f"Adapted: “{word}” is now {times(factor)} likelier here"


def paused(key: str) -> str:
    """Return that nothing is learned now, with the keys that go on with it, where there are any."""
    return f"Learning is paused{f'; {key} goes on with it' if key else ''}"


def chance(p: float) -> str:
    """Return a probability as people say it: 62 in 100, 1 in 45, 1 in 1,200."""
    if p >= 0.1:
        return f"{min(round(100 * p), 99)} in 100"
    n = 1.0 / max(p, 1e-9)
    digits = 10 ** max(0, len(str(int(n))) - 2)
    return f"1 in {round(n / digits) * digits:,}"


def times(factor: float) -> str:
    """Return a factor in words: 1.4 times, 22 times, over 1,000 times."""
    if factor >= 1_000:
        return "over 1,000 times"
    return f"{factor:.1f} times" if factor < 10 else f"{factor:.0f} times"


def shortened(word: str) -> str:
    """Return ``word``, cut short where it would fill the status line."""
    return word if len(word) <= _LONGEST else f"{word[: _LONGEST - 1]}…"
