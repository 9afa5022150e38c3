"""What the user said of single words: which are never to be offered, and which are right as they are."""

from __future__ import annotations

from pathlib import Path

from engine.errors import ProfileError
from engine.learning.learner import Learner
from engine.prediction.blocklist import Blocklist
from engine.prediction.predictor import Predictor
from engine.profile.files import BLOCKLIST, RIGHT_WORDS, make_private_folder, replace_whole
from engine.text.tokenizer import as_token
from engine.values import Commit, LearnReport


class WordWishes:
    """Carries out what the user wants of a word, at once and for good; on no folder, for this session only."""

    def __init__(self, folder: Path | None, shipped: str, predictor: Predictor, learner: Learner) -> None:
        """Take ``shipped`` for the list of words never to offer until the profile has one of its own."""
        self._folder = folder
        self._predictor = predictor
        self._learner = learner
        self._texts = {BLOCKLIST: shipped, RIGHT_WORDS: ""}
        self.notices: tuple[str, ...] = ()
        """Sentences that the user should see."""
        try:
            self._right = Blocklist.parse(self._read(RIGHT_WORDS))
        except ProfileError as error:
            self._right, self.notices = Blocklist(), (f"{error} No word counts as right until then.",)

    def is_right(self, word: str) -> bool:
        """Tell whether the user said that a word is right as it is."""
        return self._right.lists(word)

    def never_offer(self, word: str) -> None:
        """Offer a word no more, in whatever case; raise ProfileError where that cannot be kept."""
        self._write(BLOCKLIST, with_word(self._read(BLOCKLIST), word))
        self._apply()

    def offer_again(self, word: str) -> None:
        """Take a word from the list again; raise ProfileError where that cannot be kept."""
        self._write(BLOCKLIST, without_word(self._read(BLOCKLIST), word))
        self._apply()

    def call_right(self, commit: Commit) -> LearnReport:
        """Learn a word that is right as it is; raise ProfileError where that cannot be kept."""
        if not self.is_right(commit.text):
            self._write(RIGHT_WORDS, with_word(self._read(RIGHT_WORDS), commit.text))
            self._right = Blocklist.parse(self._read(RIGHT_WORDS))
        return self._learner.learn_one(commit)

    def forget(self, word: str) -> None:
        """Know no more that a word is right; that it is never to be offered still holds."""
        if self.is_right(word):
            self._write(RIGHT_WORDS, without_word(self._read(RIGHT_WORDS), word))
            self._right = Blocklist.parse(self._read(RIGHT_WORDS))

    def _apply(self) -> None:
        self._predictor.block(Blocklist.parse(self._read(BLOCKLIST)))

    def _read(self, name: str) -> str:
        path = self._folder / name if self._folder is not None else None
        try:
            if path is not None and path.exists():
                return path.read_text(encoding="utf-8-sig")
        except (OSError, ValueError) as error:
            raise ProfileError(f"The list {path} cannot be read ({error}); mend it or remove it.") from error
        return self._texts[name]

    def _write(self, name: str, text: str) -> None:
        if self._folder is None:
            self._texts[name] = text
            return
        try:
            make_private_folder(self._folder)
            replace_whole(self._folder / name, text.encode("utf-8"))
        except OSError as error:
            raise ProfileError(f"The list {self._folder / name} cannot be written ({error.strerror}).") from error


def with_word(text: str, word: str) -> str:
    """Return a list with one more word in it; the other lines stay as they are."""
    if Blocklist.parse(text).lists(word):
        return text
    gap = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{gap}{word}\n"


def without_word(text: str, word: str) -> str:
    """Return a list without a word; the other lines stay as they are."""
    unwanted = as_token(word)
    return "".join(
        line for line in text.splitlines(keepends=True) if as_token(line.partition("#")[0].strip()) != unwanted
    )
