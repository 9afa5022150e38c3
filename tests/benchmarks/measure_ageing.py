"""Whether predicting and learning stay as fast when a profile holds many words.

    python tests/benchmarks/measure_ageing.py TEXT... [--young 1000] [--old 100000] [--times 150]

Two profiles are made of the first words of the TEXTs, one after the other: words, counts and rows of their own, as if
all of them had been typed and none rejected; the places of the latest words are drawn, not read. Then both are opened,
and do the same things in turn at the end of the last TEXT: predict a word, narrow it by a letter, count a word, learn
from a rejection. Printed are medians of CPU time and their ratio, the size of each profile, and the time to open it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from measure_profile import sizes_of

import resources
from engine import Commit, CommitSource, Context, open_engine
from engine.learning.keeping import CHECKSUM_LETTERS
from engine.model.checkpoint import ShippedModel, read_model
from engine.profile.store import LearningEvent, ProfileStore, WordUse
from engine.text.tokenizer import fold, is_word, tokenize
from engine.text.vocabulary import UNKNOWN

N_REJECTIONS_BEFORE = 80
"""Of each profile, before anything is measured, so that rows of both networks have moved."""

TRIMMED_AFTER = 1_000
"""Words after which what is too old makes room, as it does while somebody types: a file does not shrink again."""


def fill(folder: Path, tokens: Sequence[str], n_words: int, shipped: ShippedModel) -> None:
    """Make a profile that holds the first words of a text."""
    store, own, vocabulary = ProfileStore.open(folder), {}, shipped.vocabulary
    store.model = shipped.checksum[:CHECKSUM_LETTERS]
    rng = np.random.default_rng(1)
    before, last = UNKNOWN, UNKNOWN
    for token in tokens:
        folded = fold(token)
        if is_word(token):
            is_new = folded not in own and not vocabulary.row_of(folded)
            if is_new:
                own[folded] = len(own)
            event = LearningEvent(None, token, own[folded] if is_new else None, "typed", (), 0, 0.0, 0.0, 0.0)
            place = rng.integers(-127, 128, shipped.config.n_embedding, dtype=np.int8).tobytes()
            store.record(WordUse(event, folded, token, (before, last, folded), place=place))
            n_words -= 1
            if n_words % TRIMMED_AFTER == 0:
                store.trim(store.last_event())
            if not n_words:
                break
        before, last = last, folded if folded in own or vocabulary.row_of(folded) else UNKNOWN
    store.close()


def things_to_do(text: str, at: int) -> dict[str, Callable]:
    """Return what is timed at one place of a text, by its name."""
    left = text[max(0, at - 1_500) : at]
    word = next(token for token in tokenize(text[at:]) if is_word(token))
    rejection = Commit(Context(left), word, CommitSource.TYPED, ("xyzzy",))
    return {
        "predict a word": lambda engine: engine.predictor.predict_one(Context(left)),
        "narrow by a letter": lambda engine: engine.predictor.predict_one(Context.before_caret(left + word[0])),
        "count a word": lambda engine: engine.learner.learn_one(Commit(Context(left), word, CommitSource.TYPED)),
        "learn from a rejection": lambda engine: engine.learner.learn_one(rejection),
    }


def time_in_turn(engines, text: str, n_times: int) -> dict[str, list[list[float]]]:
    """Return milliseconds of CPU by thing and engine."""
    spent = defaultdict(lambda: [[] for _ in engines])
    spaces = [at for at in range(len(text) // 2, len(text) - 100) if text[at - 1] == " " and text[at].isalpha()]
    for index, at in enumerate(np.array(spaces)[np.linspace(0, len(spaces) - 1, n_times, dtype=int)].tolist()):
        for name, do in things_to_do(text, at).items():
            for which in sorted(range(len(engines)), reverse=bool(index % 2)):
                began = time.thread_time()
                do(engines[which])
                spent[name][which].append(1e3 * (time.thread_time() - began))
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--young", type=int, default=1_000)
    parser.add_argument("--old", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=150)
    arguments = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in arguments.texts]
    shipped = read_model(resources.model_path())
    tokens = list(chain.from_iterable(tokenize(text) for text in texts))
    with tempfile.TemporaryDirectory() as folder:
        engines = []
        for n_words in (arguments.young, arguments.old):
            profile = Path(folder) / str(n_words)
            fill(profile, tokens, n_words, shipped)
            began = time.thread_time()
            engines.append(open_engine(profile))
            opened = round(time.thread_time() - began, 2)
            for words in range(N_REJECTIONS_BEFORE):
                left = texts[0][words * 200 : words * 200 + 150]
                engines[-1].learner.learn_one(Commit(Context(left), "words", CommitSource.TYPED, ("xyzzy",)))
            figures = {
                "different": len(engines[-1].learner.book.uses),
                "counts": len(dict(engines[-1].predictor.blend.counts)),
                "moved_rows": len(engines[-1].learner.teacher.updater.moved.rows),
            }
            print(json.dumps({"words": n_words, **figures, "open_cpu_s": opened}), flush=True)
        for name, (young, old) in time_in_turn(engines, texts[-1], arguments.times).items():
            medians = [round(float(np.median(spent)), 2) for spent in (young, old)]
            means = float(np.mean(old) / np.mean(young))
            print(
                json.dumps(
                    {
                        "do": name,
                        "young_ms": medians[0],
                        "old_ms": medians[1],
                        "ratio_of_medians": round(medians[1] / medians[0], 3),
                        "ratio_of_means": round(means, 3),
                    }
                )
            )
        for engine, n_words in zip(engines, (arguments.young, arguments.old), strict=True):
            engine.close()
            print(json.dumps({"words": n_words, "megabytes": sizes_of(Path(folder) / str(n_words))}))


if __name__ == "__main__":
    main()
