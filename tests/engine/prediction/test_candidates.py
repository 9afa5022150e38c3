from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.prediction.candidates import CandidateTable, completions
from engine.text.vocabulary import SPECIALS, Vocabulary

TOKENS = st.lists(st.text("abcé'i", min_size=1, max_size=5), unique=True, max_size=20)


@given(TOKENS, st.text("abcé'i", max_size=3))
def test_a_range_holds_the_words_that_go_on_behind_the_prefix(tokens, prefix):
    vocabulary = Vocabulary([*SPECIALS, *tokens], [1] * (len(tokens) + 2), 2)
    table = CandidateTable(vocabulary)
    start, stop = table.range_of(prefix)
    found = {vocabulary.tokens[entry] for entry in table.entries[start:stop]}
    wanted = {one for one in tokens if one[0].isalpha() and (len(one) > 1 or one in "ai")}
    assert found == {one for one in wanted if one.startswith(prefix) and one != prefix}


@given(TOKENS, st.text("abcé'i", max_size=3))
def test_completions_are_those_that_go_on_behind_the_prefix(tokens, prefix):
    found = [tokens[index] for index in completions(tokens, prefix)]
    assert found == [one for one in tokens if one.startswith(prefix) and one != prefix]
