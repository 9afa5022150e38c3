"""What is typed while things are measured: a letter written for this purpose, with two names that no table holds."""

from __future__ import annotations

import re

PASSAGE = """\
Dear Tom, thank you for the long letter and for the photographs of the harbour. I had no idea that the old boats
were still there. We spent most of the summer in the garden, because the house was full of dust and painters,
and the children would rather sleep in a tent than in their own beds. Zorblaxia, our neighbour, says that the
weather will change soon, but she has been saying that since the beginning of June. Last week we finally went to
see the new library. It is a strange building with a roof like an open book, and on the first floor you can
borrow tools, a sewing machine or even a telescope. My sister wants to give a talk about birds there in October,
so she reads everything that she can find and wakes up before the sun does. Could you ask Quimberly whether he
still has the maps of the northern islands? I would like to plan our next journey with them before the winter
comes. I hope that you are well and that the work goes on as you expected. Please write again when you find the
time.
"""
"""In ASCII, so that each character is one key."""

WORD = re.compile(r"[A-Za-z]+")


def passage_words(limit: int) -> list[tuple[int, str]]:
    """Return the first words of the passage, each with the place at which it begins."""
    return [(match.start(), match.group()) for match in WORD.finditer(PASSAGE)][:limit]
