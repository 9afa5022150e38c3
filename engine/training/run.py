"""One command from text files to a shipped model: count, choose words, encode, train, export.

Every stage leaves its result in the work folder and is skipped where that is there, so a run that was stopped goes on
where it was.
"""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from engine.errors import CorpusError
from engine.model.background import Background
from engine.model.checkpoint import read_model, write_model
from engine.model.config import CellKind, ModelConfig
from engine.text.tokenizer import is_word
from engine.text.vocabulary import Vocabulary
from engine.training.background import count_ngrams, weigh
from engine.training.corpus import TokenCounts, build_vocabulary, count_tokens, encode
from engine.training.export import to_parameters
from engine.training.mixture import Ids, Mixture
from engine.training.moments import measure_moments
from engine.training.trainer import Schedule, Trainer

Report = Callable[[str], None]
Encoder = Callable[[Path, Vocabulary], Ids]


@dataclass(frozen=True)
class Recipe:
    """Everything that decides what the model becomes, beside the text itself."""

    cell: str = "lstm"
    n_rows: int = 40_000
    n_lexicon: int = 100_000
    n_embedding: int = 256
    n_hidden: int = 640
    ngram_count: float = 6.0
    """N-grams that one pass reads at least so often ship with the model; 0 ships none."""
    repeats: Mapping[str, float] | None = None
    """How often one pass reads each source, by its name; 1 where it is not listed."""


def train_model(files: Sequence[Path], work: Path, output: Path, recipe: Recipe, schedule: Schedule, report: Report,
                start: Path | None = None, origin: Mapping[str, str] | None = None) -> None:  # fmt: skip
    """Train on text files (.txt, .txt.xz; one source each) and write the model; raises CorpusError.

    With ``start``, the folder of a model, its vocabulary, sizes and weights are where the run begins, and the card
    carries its record. ``origin`` (command, commit) goes into the card as it is.
    """
    sources = sources_of(files)
    work.mkdir(parents=True, exist_ok=True)
    repeats = dict(recipe.repeats or {})
    if start is None:
        started = None
        vocabulary = vocabulary_of(sources, repeats, recipe, work, report)
        config = ModelConfig(CellKind(recipe.cell), vocabulary.n_rows, recipe.n_embedding, recipe.n_hidden)
    else:
        started = read_model(start)
        vocabulary, config = started.vocabulary, started.config
    mixture = Mixture(encoded(sources, vocabulary, work / "ids", report), repeats)
    counts = torch.tensor(vocabulary.counts[: vocabulary.n_rows], dtype=torch.float32)
    trainer = Trainer(config, counts, mixture, schedule, work, started.parameters if started else None)
    trainer.run(report)
    record = {**(origin or {}), **_record(trainer, mixture, vocabulary, schedule)}
    background = Background()
    if recipe.ngram_count > 0:
        background, record["ngrams"] = _background(trainer, mixture, recipe.ngram_count)
    if started is not None:
        record["started_from"] = started.card["training"]
    parameters = to_parameters(trainer.network.state_dict())
    moments = measure_moments(config, parameters, mixture)
    write_model(output, config, parameters, vocabulary, moments, record, background)
    report(f"wrote {output}: held-out perplexity {record['held_out_perplexity']}")


def sources_of(files: Sequence[Path]) -> dict[str, Path]:
    """Return files by the names of their sources; raise CorpusError where two have one name."""
    sources = {path.name.removesuffix(".xz").removesuffix(".txt"): path for path in files}
    if len(sources) < len(files):
        raise CorpusError("Two of the files have the same name; sources are told apart by their names: rename one.")
    return sources


def vocabulary_of(
    sources: Mapping[str, Path], repeats: Mapping[str, float], recipe: Recipe, work: Path, report: Report
) -> Vocabulary:
    """Return the vocabulary of the sources, from ``work`` where an earlier run left it there."""
    path = work / "vocabulary.tsv"
    if not path.exists():
        totals = TokenCounts()
        with multiprocessing.Pool() as pool:
            for name, counts in zip(sources, pool.imap(count_tokens, sources.values()), strict=True):
                totals.add(counts, repeats.get(name, 1.0))
                report(f"counted {name}: {sum(counts.tokens.values()):,} tokens")
        build_vocabulary(totals, recipe.n_rows, recipe.n_lexicon).save(path)
    n_lines = path.read_text(encoding="utf-8").count("\n")
    return Vocabulary.parse(path.read_text(encoding="utf-8"), min(recipe.n_rows, n_lines))


def encoded(
    sources: Mapping[str, Path], vocabulary: Vocabulary, folder: Path, report: Report, encoder: Encoder = encode
) -> dict[str, Ids]:
    """Return the ids of each source, from ``folder`` where an earlier run left them there."""
    folder.mkdir(exist_ok=True)
    missing = {name: path for name, path in sources.items() if not (folder / f"{name}.npy").exists()}
    with multiprocessing.Pool(initializer=_give, initargs=(encoder, vocabulary)) as pool:
        for name, ids in zip(missing, pool.imap(_encode, missing.values()), strict=True):
            np.save(folder / f"{name}.npy", ids, allow_pickle=False)
            report(f"encoded {name}: {ids.size:,} tokens, {(ids == 0).mean():.2%} unknown")
    return {name: np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in sources}


_given: list[tuple[Encoder, Vocabulary]] = []


def _give(encoder: Encoder, vocabulary: Vocabulary) -> None:
    """Hand the vocabulary to a process of the pool once, not with every file."""
    _given[:] = [(encoder, vocabulary)]


def _encode(path: Path) -> Ids:
    encoder, vocabulary = _given[0]
    return encoder(path, vocabulary)


def _background(trainer: Trainer, mixture: Mixture, min_count: float) -> tuple[Background, dict[str, object]]:
    """Return the n-grams of the training text, weighed against the trained network, and the record of them."""
    tables = {length: count_ngrams(mixture, length, min_count) for length in (2, 3)}
    background, alone, mixed = weigh(tables, trainer.read_held_out())
    return background, {
        "min_count": min_count,
        "sizes": {f"{length + 1}-grams": int(table.words.size) for length, table in background.tables.items()},
        "weights_set_on": "the first halves of the held-out streams; the perplexities are those of the second",
        "perplexity_without": round(math.exp(alone), 2),
        "perplexity_with": round(math.exp(mixed), 2),
    }


def _record(trainer: Trainer, mixture: Mixture, vocabulary: Vocabulary, schedule: Schedule) -> dict[str, object]:
    """Return the model card: what went in, how it was trained, what came out."""
    progress = trainer.progress
    words = np.array([is_word(token) for token in vocabulary.tokens[: vocabulary.n_rows]])
    words[0] = True  # <unknown> stands for words
    word_share = _word_share(mixture, words)
    held_out = progress.curve[-1]["held_out"]
    return {
        "licences": "NOTICE.md",
        "sources": {
            name: {"tokens": int(ids.size), "repeats_a_pass": mixture.repeat(name)}
            for name, ids in mixture.sources.items()
        },
        "n_lexicon": len(vocabulary.tokens) - vocabulary.n_rows,
        "schedule": asdict(schedule),
        "tokens_seen": progress.tokens,
        "words_seen": int(progress.tokens * word_share),
        "passes": round(progress.passes + progress.window * schedule.n_steps * schedule.n_streams
                        / max(1, _pass_tokens(mixture)), 3),
        "hours": round(progress.seconds / 3600, 2),
        "held_out_loss": round(held_out, 4),
        "held_out_perplexity": round(math.exp(held_out), 2),
        "held_out": "the end of every source (its last half per cent, at most 20,000 tokens), <unknown> included",
        "curve": [{name: value if math.isfinite(value) else None for name, value in row.items()}
                  for row in progress.curve],
    }  # fmt: skip


def _pass_tokens(mixture: Mixture) -> float:
    return float(sum(ids.size * mixture.repeat(name) for name, ids in mixture.sources.items()))


def _word_share(mixture: Mixture, is_word_row: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    """Return which share of the tokens of one pass are words; the rest is punctuation, numbers and line breaks."""
    words = sum(is_word_row[ids].sum() * mixture.repeat(name) for name, ids in mixture.sources.items())
    return float(words) / max(1.0, _pass_tokens(mixture))
