"""From one profile to another, in the model thread: the old one is closed before the new one is opened."""

from __future__ import annotations

import logging

from engine.errors import EngineError, ProfileError
from keyboard_app import profiles
from keyboard_app.document.counting import number_of_words
from keyboard_app.typist.orders import MoveToProfile
from keyboard_app.worker.opening import NOT_KEPT
from keyboard_app.worker.port import EnginePort, ProfileOpener

_LOG = logging.getLogger(__name__)


def make_ready(order: MoveToProfile) -> None:
    """Make the profile of an exported file, if that is wanted; a bad one raises EngineError and leaves nothing."""
    if order.made_of is None:
        return
    from engine.profile.portable import import_profile  # noqa: PLC0415  needed seldom

    import_profile(order.made_of, order.folder)


def enter(order: MoveToProfile, open_profile: ProfileOpener) -> tuple[EnginePort, str]:
    """Open the profile; return its engine and a sentence. Where it cannot be opened, EngineError is raised."""
    if order.afresh:
        profiles.reset(order.folder)
    try:
        engine = open_profile(order.folder)
        engine.warm_up()
    except EngineError:
        if order.made_of is not None:
            profiles.reset(order.folder)  # it was made a moment ago, and nobody can use it
        raise
    return engine, _sentence(order, engine)


def empty(order: MoveToProfile) -> None:
    """Remove a profile that the user wants emptied, at the end of the window; what cannot be removed is logged."""
    try:
        profiles.reset(order.folder)
    except ProfileError:
        _LOG.exception("the profile could not be emptied")


def go_back(order: MoveToProfile, open_profile: ProfileOpener) -> tuple[EnginePort, str]:
    """Open the profile before once more; where that fails too, learn in memory, and say so."""
    try:
        engine, sentence = open_profile(order.back_to), ""
    except ProfileError as error:
        _LOG.exception("the profile before cannot be opened any more")
        engine, sentence = open_profile(None), f"{error} {NOT_KEPT}"
    engine.warm_up()
    return engine, sentence


def _sentence(order: MoveToProfile, engine: EnginePort) -> str:
    if order.afresh:
        return f"“{order.name}” knows nothing of you any more"
    n_words = len(engine.knowledge.words())
    if order.made_of is not None:
        return f"Imported “{order.name}”, which knows {number_of_words(n_words)} of yours"
    if not n_words:
        return f"“{order.name}” is open now; it knows nothing of you yet"
    return f"“{order.name}” is open now; it knows {number_of_words(n_words)} of yours"
