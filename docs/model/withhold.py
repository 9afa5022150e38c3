"""Write resources/withheld.txt: entries of the shipped vocabulary that are no words.

    python docs/model/withhold.py DICTIONARY... > resources/withheld.txt

DICTIONARY is a word list, one word a line; the shipped file was made with those of Debian's wamerican-huge and
wbritish. An entry is withheld where no dictionary lists it, and it is one slip away from a word of the dictionary that
the sources hold at least 20 times as often, or two words run together, or a word whose apostrophe is left out or in a
wrong place, or a fragment of two letters. Only words that the network has no row for are judged by slips: among those
with a row, what is one slip away from another word is as often a term ("wget", "todo"), so they were read one by one
(``READ``).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from string import ascii_lowercase

import resources
from engine.prediction.candidates import CandidateTable
from engine.text.vocabulary import Vocabulary

N_ROWS = 40_000
TIMES_AS_COMMON = 20
RUN_TOGETHER = 3_000
"""Uses of the word that a function word is run together with."""
FUNCTION_WORDS = frozenset(
    """
    the of and you that is are was with this have we they he she it for not but be your my so what if as do can
    """.split()  # noqa: SIM905  many words are easier to read like this
)
SHORT_WORDS = frozenset(
    """
    to of in it is on he be we so as at do or if my an me up by no go am us oh ok uh um hi ah ha eh ex ya ad vs hm
    er ma pa ox la aw ow mm km kg
    """.split()  # noqa: SIM905  many words are easier to read like this
)
"""Of two letters, and meant."""
SHORT_FRAGMENTS = frozenset({"rd", "wi", "py", "af", "ph", "fe", "oo", "xx", "xd"})
"""Of two letters, in capitals in the vocabulary."""
READ = frozenset(
    """
    alot seperate definately wierd thanx ther thet suprised jsut noone remeber chaat kernal usefull becuase recieve
    definetely adress waht liek beleive somthing unbuntu taht recieved ressources diffrent awsome partiton similiar
    abou partion quaterback allready recomend shoudl somone foward rediculous helpfull parition offical ahve sytem
    familar becasue suprising becouse orginal somethign lastest curiousity intall usser instalation differnt isntall
    isntalled pacakge sequal evry suprise althought programm tranfer throught ubutnu relevent diferent compatability
    hillarious celle aving undred yesi gmailcom eachother ouse ont lst psre acrost stil
    """.split()  # noqa: SIM905  many words are easier to read like this
)
APOSTROPHE_IN_PLACE = re.compile(r".+'s|.+n't|.+'(?:re|ve|ll|d|m|em)|(?:o|d|l|qu|c|j|n|s|m|t|ma|ya)'.+")
KEPT = frozenset(
    {
        "y'all",
        "y'know",
        "gov't",
        "more'n",
        "cap'n",
        "guv'nor",
        "int'l",
        "nat'l",
        "rock'n'roll",
        "hawai'i",
        "qur'an",
        "jo'burg",
    }
)
SUFFIXES = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "ness", "less", "like", "able", "ment", "ally", "y")
PREFIXES = (
    "un",
    "re",
    "non",
    "pre",
    "over",
    "under",
    "sub",
    "super",
    "multi",
    "inter",
    "micro",
    "mis",
    "out",
    "anti",
    "co",
    "de",
    "dis",
    "semi",
    "self",
    "hyper",
    "cyber",
    "auto",
    "meta",
    "mega",
    "nano",
    "cross",
    "mini",
    "post",
)

HEAD = """\
# Entries of the shipped vocabulary that are no words: slips, fragments, words run together. They are offered only to
# who has written them in two places. Made by docs/model/withhold.py; one a line.
"""


def slips_of(word: str) -> set[str]:
    """Return what one slip of the fingers makes of a word; its first letter is not exchanged."""
    halves = [(word[:index], word[index:]) for index in range(len(word) + 1)]
    slips = {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    slips |= {a + b[1:] for a, b in halves if b}
    slips |= {a + letter + b for a, b in halves for letter in ascii_lowercase}
    slips |= {a + letter + b[1:] for a, b in halves if a and b for letter in ascii_lowercase}
    return slips - {word}


def is_formed(word: str, listed: frozenset[str]) -> bool:
    """Tell whether a word is formed from a listed one, or has its British spelling."""
    for spelling in (word, word.replace("is", "iz").replace("ys", "yz")):
        if spelling in listed or any(_stem_is_listed(spelling, suffix, listed) for suffix in SUFFIXES):
            return True
    return any(word.startswith(prefix) and len(word) > len(prefix) + 2 and word[len(prefix):] in listed
               for prefix in PREFIXES)  # fmt: skip


def _stem_is_listed(word: str, suffix: str, listed: frozenset[str]) -> bool:
    stem = word.removesuffix(suffix)
    if stem == word or len(stem) < 3:
        return False
    undoubled = stem[:-1] if stem[-1] == stem[-2] else stem
    return not listed.isdisjoint({stem, stem + "e", undoubled, stem[:-1] + "y" if stem[-1] == "i" else stem})


class Judge:
    """Tells why an entry is withheld."""

    def __init__(self, vocabulary: Vocabulary, words: frozenset[str]) -> None:
        self._vocabulary = vocabulary
        self._lower = frozenset(word for word in words if word == word.lower())
        self._all = frozenset(word.lower() for word in words)
        self._table = CandidateTable(vocabulary)

    def withholds(self, entry: int) -> bool:
        """Tell whether an entry is withheld."""
        token, form = self._vocabulary.tokens[entry], self._vocabulary.forms[entry]
        if not token[0].isalpha() or not token.isascii():
            return False
        if "'" in token:
            return entry >= N_ROWS and token not in KEPT and not APOSTROPHE_IN_PLACE.fullmatch(token)
        if len(token) == 2 and (form == token or token in SHORT_FRAGMENTS):
            return token not in SHORT_WORDS
        if self._table.is_without_apostrophe(token):
            return token not in self._lower or token in {"im", "thats"}
        return token in READ or (entry >= N_ROWS and self._is_no_word(token, form, entry))

    def _is_no_word(self, token: str, form: str, entry: int) -> bool:
        """Tell whether an entry of the lexicon is a slip, or several words."""
        if len(token) < 4 or form[0].isupper() or token in self._all or is_formed(token, self._lower):
            return False
        return self._is_slip(token, entry) or self._is_run_together(token)

    def _is_slip(self, token: str, entry: int) -> bool:
        if token.endswith("in") and token + "g" in self._lower:
            return False  # goin' is how people talk
        least = TIMES_AS_COMMON * self._vocabulary.counts[entry]
        return any(slip in self._lower and self._count(slip) >= least for slip in slips_of(token))

    def _is_run_together(self, token: str) -> bool:
        pairs = [(token[:index], token[index:]) for index in range(2, len(token) - 1)]
        return any(self._joins(one, other) or self._joins(other, one) for one, other in pairs)

    def _joins(self, function_word: str, other: str) -> bool:
        return function_word in FUNCTION_WORDS and other in self._lower and self._count(other) > RUN_TOGETHER

    def _count(self, token: str) -> int:
        entry = self._vocabulary.find(token)
        return self._vocabulary.counts[entry] if entry is not None else 0


def main() -> None:
    """Print the file."""
    lists = [Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
    words = frozenset(word.replace("’", "'") for text in lists for word in text.split())
    text = (resources.model_path() / "vocabulary.tsv").read_text(encoding="utf-8")
    vocabulary = Vocabulary.parse(text, N_ROWS)
    judge = Judge(vocabulary, words)
    withheld = sorted(vocabulary.tokens[entry] for entry in range(len(vocabulary)) if judge.withholds(entry))
    sys.stdout.write(HEAD + "\n".join(withheld) + "\n")


if __name__ == "__main__":
    main()
