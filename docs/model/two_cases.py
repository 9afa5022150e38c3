"""Write resources/two_cases.tsv: words that the sources write small as well as large inside sentences.

    python docs/model/two_cases.py SOURCES... > resources/two_cases.tsv

SOURCES are the texts of mixture.json (.txt or .txt.xz), weighted as it says; the first 12 million characters of each
are read. Lines that begin small, or stand in capitals, say nothing about case and are left out.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from engine.training.corpus import read_blocks

PART = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\S")
MOST_CHARACTERS = 12_000_000
LEAST_USES = 50
"""A word seen less often says too little about its case."""
LEAST_SHARE = 0.03
"""So much of its uses the rarer case must have: less is headings, slips and puns."""

HEAD = """\
# Words that are written small and large inside sentences: word, then how many of 100 uses are large, then how
# many directly behind a word that is large too. Made by docs/model/two_cases.py.
"""


def lines_of(path: Path) -> Iterator[str]:
    """Yield the first lines of a source that say something about case."""
    n_read = 0
    for block in read_blocks(path):
        for line in block.splitlines():
            n_read += len(line) + 1
            if n_read > MOST_CHARACTERS:
                return
            if line[:1].isupper() and not line.isupper():
                yield line.replace("’", "'")


def count(path: Path, weight: float, uses: Counter) -> None:
    """Add the uses of each word inside sentences, by whether it and the word before it are large."""
    triples: Counter = Counter()
    for line in lines_of(path):
        parts = PART.findall(line)
        triples.update(zip(parts, parts[1:], parts[2:], strict=False))
    for (first, before, word), n in triples.items():
        if word[0].isalpha() and (before == "," or before[0].isalpha()) and word[1:] == word[1:].lower():
            is_inside = first == "," or first[0].isalpha()
            after_name = is_inside and before[0].isupper() and before.partition("'")[0] != "I"
            uses[word.lower(), after_name, word[0].isupper()] += n * weight


def large_share(uses: Counter, word: str, after_name: bool, overall: float) -> int:
    """Return the share of large first letters in per cent; two uses are added that say what holds overall."""
    large, small = uses[word, after_name, True], uses[word, after_name, False]
    return round(100 * (large + 2 * overall) / (large + small + 2))


def main() -> None:
    """Print the file."""
    repeats = json.loads(Path(__file__).with_name("mixture.json").read_text(encoding="utf-8"))
    uses: Counter = Counter()
    for path in map(Path, sys.argv[1:]):
        count(path, repeats.get(path.name.partition(".")[0], 1.0), uses)
    sys.stdout.write(HEAD)
    for word in sorted({word for word, _, _ in uses}):
        large = uses[word, False, True] + uses[word, True, True]
        total = large + uses[word, False, False] + uses[word, True, False]
        if len(word) > 1 and total >= LEAST_USES and LEAST_SHARE <= large / total <= 1 - LEAST_SHARE:
            shares = (large_share(uses, word, after, large / total) for after in (False, True))
            sys.stdout.write("\t".join([word, *map(str, shares)]) + "\n")


if __name__ == "__main__":
    main()
