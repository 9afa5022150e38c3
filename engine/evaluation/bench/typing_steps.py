"""What typing costs the engine: a new word, a letter, a rejection, one update of the network."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from engine.evaluation.bench.figures import Group
from engine.evaluation.bench.passage import PASSAGE, passage_words
from engine.evaluation.bench.sampling import Samples, Sweep, Told
from engine.opening import Engine
from engine.prediction.predictor import Predictor
from engine.values import Commit, CommitSource, Context, Suggestions

LETTER_AIM_MS = 2.0
_N_SHOWN = 3
_WORDS_OF_AN_UPDATE = 20


def measure_keystrokes(engine: Engine, n_words: int, tell: Told) -> Group:
    """Ask for suggestions before each word of the passage and behind each letter but its last."""
    predictor, sweep = engine.predictor, Sweep()
    new_words, letters = Samples(), Samples()
    words = passage_words(n_words)
    for n, (start, word) in enumerate(words, start=1):
        tell(f"word {n} of {len(words)}")
        for n_typed in range(len(word)):
            text = PASSAGE[: start + n_typed]
            sweep()
            (letters if n_typed else new_words).add(partial(_ask, predictor, text))
    new_word = new_words.figure(
        "new_word",
        "a new word",
        "All of predict_one where the next word was not asked for before: the word step and what goes with it.",
    )
    letter = letters.figure(
        "letter",
        "a letter inside a word",
        "predict_one for one letter more: it filters the candidates, and the character network spells on.",
        aim_ms=LETTER_AIM_MS,
    )
    return Group("keystroke", "Suggestions for a key", (new_word, letter))


def measure_learning(engine: Engine, n_updates: int, n_words: int, tell: Told) -> Group:
    """Update the network by itself, then let the learner refuse what is shown before each word of the passage."""
    update = time_updates(engine, n_updates, tell).figure(
        "update",
        f"an update of {_WORDS_OF_AN_UPDATE} words",
        f"Back-propagation through {_WORDS_OF_AN_UPDATE} words, each of them learned, and the step itself.",
    )
    rejection = time_rejections(engine, n_words, tell).figure(
        "rejection",
        "a rejection",
        "All of learn_one for a known word that was not shown: counts, update, check, profile on disk.",
    )
    return Group("learning", "Learning", (update, rejection))


def time_updates(engine: Engine, n_updates: int, tell: Told) -> Samples:
    """Return the times of updates of which each is taken back."""
    model, updater, sweep = engine.predictor.blend.model, engine.learner.teacher.updater, Sweep()
    rows = model.rows_of(word for _, word in passage_words(_WORDS_OF_AN_UPDATE + 1))
    read, target = rows[:-1], rows[-1]

    def update() -> None:
        updater.apply(updater.gradient_of(model.initial_state(), read, target, len(read)))

    samples = Samples()
    for n in range(n_updates):
        tell(f"update {n + 1} of {n_updates}")
        sweep()
        samples.add(update)
        updater.take_back()
    return samples


def time_rejections(engine: Engine, n_words: int, tell: Told) -> Samples:
    """Return the times of learning from rejections."""
    sweep, samples = Sweep(), Samples()
    for n, commit in enumerate(rejections(engine, n_words), start=1):
        tell(f"rejection {n} of {n_words} at most")
        sweep()
        samples.add(partial(engine.learner.learn_one, commit))
    return samples


def rejections(engine: Engine, n_words: int) -> Iterator[Commit]:
    """Yield a commit for each known word among the first of the passage, none of which was suggested."""
    for start, word in passage_words(n_words):
        if not engine.predictor.blend.model.has_row(word):
            continue
        context = Context.before_caret(PASSAGE[:start])
        offered = engine.predictor.predict_one(context, _N_SHOWN + 1).items
        shown = tuple(item.text for item in offered if item.text.casefold() != word.casefold())
        yield Commit(context, word, CommitSource.TYPED, shown[:_N_SHOWN])


def _ask(predictor: Predictor, text: str) -> Suggestions:
    return predictor.predict_one(Context.before_caret(text), _N_SHOWN)
