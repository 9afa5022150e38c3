"""A model of 60 rows that every test of the engine can afford, and the texts that go with it."""

from __future__ import annotations

import random

import numpy as np

from engine import Commit, CommitSource, Context
from engine.model.alphabet import Alphabet
from engine.model.background import N_WEIGHTS, Background, NgramTable, encode_shares, pack
from engine.model.checkpoint import write_model
from engine.model.config import CellKind, ModelConfig
from engine.model.parameters import initialise
from engine.model.spelling import CharacterNetwork, Maps
from engine.model.whitening import Moments
from engine.text.tokenizer import ADDRESS, LINE, NUMBER, TIE
from engine.text.vocabulary import UNKNOWN, Vocabulary

WORDS = """
    the of to and a I in is you that it he was for on are as with his they at be this have from or had by not but what
    all were we when your can said there London don't iPhone NASA their other
""".split()  # noqa: SIM905  so many words are easier to read like this
MARKS = [UNKNOWN, LINE, ".", ",", "?", "!", "...", "—", NUMBER, NUMBER + TIE, ADDRESS, '"', '"' + TIE, "-" + TIE]
LEXICON = ["Berlin", "theory", "thunder", "tunnel", "zebra"]
FORMS = [*MARKS, *WORDS]


def vocabulary(further=()):
    """Return a vocabulary of rows, with some further words of the lexicon behind them."""
    forms, lexicon = [*FORMS, *further], [word for word in LEXICON if word not in further]
    counts = [2_000 // (index + 1) + 5 for index in range(len(forms))]
    return Vocabulary([*forms, *lexicon], [*counts, *range(9, 9 - len(lexicon), -1)], n_rows=len(forms))


def write_tiny_model(folder, *, cell=CellKind.LSTM, seed=5, further=()):
    """Write a model with drawn weights and return its folder; ``further`` words of its lexicon have rows, too."""
    words = vocabulary(further)
    config = ModelConfig(cell, words.n_rows, 8, 8)
    rng = np.random.default_rng(seed)
    parameters = initialise(config, rng)
    parameters = parameters._replace(E=parameters.E * np.float32(3.0), P=parameters.P * np.float32(3.0))
    parameters.b_out[:] = np.log(np.array(words.counts[: words.n_rows], np.float32))
    record = {"note": "drawn, not trained"}
    write_model(folder, config, parameters, words, drawn_moments(config), record, tiny_background())
    return folder


def drawn_moments(config):
    """Return the moments of drawn inputs, large and small ones."""
    rng = np.random.default_rng(6)
    sizes = (config.n_embedding, config.n_hidden, config.n_embedding)
    read = [rng.normal(0.1, np.linspace(0.1, 0.6, size), (200, size)) for size in sizes]
    extended = [np.hstack([X, np.ones((200, 1))]) for X in read]
    return Moments(*((X.T @ X / 200).astype(np.float32) for X in extended))


def tiny_background():
    """Return n-grams that a text like random_text holds by chance: two contexts of two tokens, one of three."""
    the, of, and_ = (FORMS.index(word) for word in ("the", "of", "and"))
    weights = np.linspace(0.1, 0.4, N_WEIGHTS).astype(np.float32)
    pairs = NgramTable(
        np.array([pack((the, of)), pack((of, and_))], np.uint64), np.array([0, 2, 3], np.int32),
        np.array([the, and_, the], np.uint16), encode_shares(np.array([0.3, 0.5, 0.9])),
        np.array([3, 5], np.uint8), weights,
    )  # fmt: skip
    triples = NgramTable(
        np.array([pack((the, of, and_))], np.uint64), np.array([0, 1], np.int32), np.array([of], np.uint16),
        encode_shares(np.array([0.7])), np.array([4], np.uint8), weights,
    )  # fmt: skip
    return Background({2: pairs, 3: triples})


def tiny_character_network(n_word=8, letters="abc"):
    """Return a character network with drawn weights over a few letters, whose words are short."""
    alphabet, rng = Alphabet(letters), np.random.default_rng(4)
    config = ModelConfig(CellKind.GRU, len(alphabet), 5, 8)
    parameters = initialise(config, rng)
    parameters = parameters._replace(E=parameters.E * np.float32(4.0), P=parameters.P * np.float32(4.0))
    parameters.b_out[0] = 3.0
    shapes = ((8, n_word), (8,), (n_word, 8), (n_word,))
    maps = Maps(*(rng.normal(size=shape).astype(np.float32) for shape in shapes))
    return CharacterNetwork(config, parameters, maps, alphabet)


def random_text(rng: random.Random, n_tokens: int) -> str:
    """Return text of known and unknown words, with marks and line breaks."""
    ends = [" "] * 12 + [", ", ". ", "? ", "\n", " — ", ' "', "... "]
    words = [*WORDS, *LEXICON, "Zorbly", "quixotic", "naïve", "42", "well-known", "a@b.org"]
    return "".join(rng.choice(words) + rng.choice(ends) for _ in range(n_tokens))


def typed(left, word, shown=(), source=CommitSource.TYPED):
    """Return the commit of one word."""
    return Commit(Context.before_caret(left), word, source, tuple(shown))


def write_again(engine, sentence, times=12):
    """Let the user write one sentence again and again; return the text."""
    left = ""
    for _ in range(times):
        for word in sentence.split():
            engine.learner.learn_one(typed(left, word))
            left += word + " "
        left = left[:-1] + "\n"
    return left


def stream(seed, n_words):
    """Return the commits of a typist who invents words and turns down what is shown."""
    rng = random.Random(seed)
    words = [*WORDS, "zebra", "Zorbly", "Quaxo", "frimble", "don't"]
    text, commits = "", []
    for _ in range(n_words):
        word = rng.choice(words)
        shown = rng.choice([(), (word, "the"), ("the", "of", "and"), ("Zorbly",)])
        source = CommitSource.TYPED if word not in shown else rng.choice([CommitSource.TYPED, CommitSource.ACCEPTED])
        if rng.random() < 0.05:
            source = CommitSource.REPLACED
        commits.append(typed(text, word, shown, source))
        text += word + rng.choice([" ", " ", " ", ", ", ". ", "\n", ' "'])
    return commits


def answers(engine, contexts, limit=5):
    """Return everything that an engine says about contexts."""
    return [[(item.text, item.log_prob) for item in engine.predictor.predict_one(c, limit).items] for c in contexts]


def probes(seed=3, n=40):
    """Return contexts to ask about."""
    rng = random.Random(seed)
    texts = [random_text(rng, rng.randrange(1, 30)) for _ in range(n)]
    return [Context.before_caret(text + rng.choice(["", "t", "z", "Z", "q", "the", "TH"])) for text in texts]


def weights_of(engine):
    """Return copies of all weights of a live model."""
    return [part.copy() for part in engine.predictor.blend.model.parameters]
