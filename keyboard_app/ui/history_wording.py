"""How the history words what was learned, for people who never heard of a cross entropy. No Qt."""

from __future__ import annotations

import math
from datetime import datetime

from engine.values import REHEARSED, CommitSource, PastEvent
from keyboard_app.ui.wording import chance, times

_UNHEARD_OF = 18.0
"""Nats: so unlikely is only what the model has no place for."""
_LONG_MS = 10_000.0
_WAYS = {
    CommitSource.ACCEPTED.value: "you took “{word}”{shown}",
    CommitSource.REPLACED.value: "you deleted what you had taken, and wrote “{word}”{shown}",
    CommitSource.READ.value: "“{word}” was read in a file that you gave",
}
"""How a word came to be learned; any other was written."""
_AS_BEFORE = 1.05
"""A factor below that is none."""


def moment(at: float, now: datetime | None = None) -> str:
    """Return when something was, as short as it can be told apart; ``at`` in seconds since 1970."""
    if not at:
        return "–"
    then, today = datetime.fromtimestamp(at).astimezone(), (now or datetime.now().astimezone()).date()
    days = (today - then.date()).days
    day = {0: "Today", 1: "Yesterday"}.get(days, then.strftime("%Y-%m-%d"))
    return f"{day}, {then:%H:%M}"


def expected(loss: float) -> str:
    """Return how much a word was expected, given its cross entropy in nats."""
    return "unheard of" if not loss < _UNHEARD_OF else chance(math.exp(-loss))


def change(event: PastEvent) -> str:
    """Return how expected the word was before and after."""
    before, after = expected(event.loss_before), expected(event.loss_after)
    return before if before == after else f"{before} → {after}"


def subject(event: PastEvent) -> str:
    """Return what the event was about: the word, or the rest in which all was gone over."""
    return "(in a rest)" if event.source == REHEARSED else event.word


def beside(event: PastEvent) -> str:
    """Return what was on screen beside the word; nothing was while a file was read."""
    if event.source == CommitSource.READ.value:
        return "(read in a file)"
    return ", ".join(event.shown) or "–"


def effect(event: PastEvent) -> str:
    """Return what the event did, in a word or two."""
    if event.source == REHEARSED:
        return "went over it all"
    if event.is_new:
        return "new word, adapted" if event.updated else "new word"
    return "adapted the model" if event.updated else "counted"


def took(event: PastEvent) -> str:
    """Return how long it took, as short as it can be told."""
    if event.elapsed_ms >= _LONG_MS:
        return f"{event.elapsed_ms / 1_000:,.0f} s"
    return f"{event.elapsed_ms:,.0f} ms" if event.elapsed_ms >= 1.0 else "< 1 ms"


def told(event: PastEvent, now: datetime | None = None) -> str:
    """Return all of it in sentences."""
    if event.source == REHEARSED:
        return _rest(event, now)
    *others, last = (f"“{word}”" for word in event.shown or ("",))
    shown = f"{', '.join(others)} and {last} were" if others else f"{last} was"
    while_shown = f" while {shown} shown" if event.shown else ""
    did = _WAYS.get(event.source, "you wrote “{word}”{shown}").format(word=event.word, shown=while_shown)
    return f"{moment(event.at, now)}: {did}. {_surprise(event)} {_work(event)}"


def _rest(event: PastEvent, now: datetime | None) -> str:
    percent = 100 * math.expm1(min(event.loss_before - event.loss_after, 20.0))
    return (
        f"{moment(event.at, now)}: while you rested, Foretype went over what it had learned since it was started, for "
        f"{event.elapsed_ms / 1_000:,.0f} s. That was kept, as words of yours that it did not go over became "
        f"{percent:.1f} % more likely."
    )


def _surprise(event: PastEvent) -> str:
    before, after = expected(event.loss_before), expected(event.loss_after)
    if not event.loss_before < _UNHEARD_OF:
        return f"Foretype had never heard of it; in such a place its chance is {after} now."
    factor = math.exp(min(event.loss_before - event.loss_after, 20.0))
    if before == after or not factor >= _AS_BEFORE:
        return f"Its chance there was {before}, and is {after if before != after else 'the same'} now."
    return f"Its chance there was {before} before, and is {after} now: {times(factor)} as likely."


def _work(event: PastEvent) -> str:
    took = f"{event.elapsed_ms:,.0f} ms" if event.elapsed_ms >= 1.0 else "less than 1 ms"
    if event.updated:
        return f"The model was adapted, which took {took}."
    return f"It was counted, which took {took}; the model itself stayed as it was."
