from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.prediction.candidates import CandidateTable, OwnTable, is_offered
from engine.text.tokenizer import fold
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


@given(TOKENS, TOKENS, st.text("abcé'i", max_size=3))
def test_own_words_are_found_that_go_on_behind_the_prefix(tokens, blocked, prefix):
    tokens = [*tokens, "<forgotten 3>"]
    table = OwnTable(frozenset(blocked))
    table.follow(tokens[:3])
    table.follow(tokens)
    found = [tokens[place] for place in table.completing(prefix)]
    words = sorted(set(tokens[:-1]) - set(blocked))
    assert found == [one for one in words if one.startswith(prefix) and one != prefix]


def contracted(prefix, **counts):
    """Return what a prefix without its apostrophe is taken for, given words and how often they were seen."""
    words = {word.replace("_", "'"): count for word, count in counts.items()}
    table = CandidateTable(vocabulary := Vocabulary([*SPECIALS, *words], [1, 1, *words.values()], 2))
    return [vocabulary.forms[table.entries[index]] for index in table.contractions(prefix)]


def test_a_word_is_found_without_its_apostrophe():
    assert contracted("dont", don_t=900, dont=20) == ["don't"]
    assert contracted("im", I_m=900) == ["I'm"]
    assert contracted("wouldn", wouldn_t=50) == []  # found as it is
    assert contracted("wouldnt", wouldn_t=50) == ["wouldn't"]


def test_letters_that_are_a_word_of_their_own_are_taken_for_that():
    assert contracted("well", we_ll=900, well=4_000) == []
    assert contracted("wel", we_ll=900, well=4_000) == []


def test_a_typed_apostrophe_must_stand_in_the_word():
    assert contracted("do'nt", don_t=900) == []
    assert contracted("", don_t=900) == []


@given(st.lists(st.text("aäbßc'é", min_size=1, max_size=4), unique=True))
def test_words_stand_in_the_order_of_their_letters_whatever_they_begin_with(forms):
    tokens = list(dict.fromkeys(fold(form) for form in forms))
    table = CandidateTable(Vocabulary((*SPECIALS, *tokens), (1,) * (len(tokens) + 2), 2))
    assert list(table.tokens) == sorted(token for token in tokens if is_offered(token))
    assert [tokens[entry - 2] for entry in table.entries] == list(table.tokens)
