from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.text.secrets import MASK, is_secret_chunk, mask_behind, mask_secrets, mask_words
from engine.text.tokenizer import ADDRESS, NUMBER, tokenize

PROSE = [
    "Well, it's a well-known, 24-year-old state-of-the-art thing.",
    "He said: “don't!” (at 10am, on the 3rd) and/or left.",
    "R&D on COVID-19, GPT-4 and the 1990s; e.g. the U.S. and C++.",
    "Q&A with AT&T: salt&pepper, iOS/macOS, GitHub/GitLab/eBay, TCP/IP, a PhD/MSc and и/или in C#.",
    "mid-1990s — what?! No... *never* _ever_ #hashtag @friend",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_keeps_its_letters(text):
    assert MASK not in mask_secrets(text)


@pytest.mark.parametrize(
    "secret",
    [
        "hunter2!x", "p@ssWord", "Tr0ub4dor&3", "AKIA1OSFODNN7", "sk_live_abcdef", "correct-horse-battery-staple",
        "/home/anna/diary", "C:\\Users\\anna", "key=abc", "mail.example.org", "ab!cd", "hunter$", "N0rthw1nd",
        "f3a9c0de", "RhyuP&dvgoEX", "vjNsM&ntSfrm", "tieuP&DoaNLi", "qYcDv/QMliuE",
        "Harbour-kqzxvw", "kqzxvw", "qzxvbnmkwp",
    ],
)  # fmt: skip
def test_no_letter_of_a_secret_is_left(secret):
    masked = mask_secrets(f"I wrote {secret}, then slept.")
    assert len(masked) == len(f"I wrote {secret}, then slept.")
    assert not any(letter.isalpha() and letter != MASK for letter in masked.split()[2])
    assert masked.startswith("I wrote ")
    assert masked.endswith("then slept.")


@pytest.mark.parametrize(
    "text",
    ["https://me:pw@example.org/x?token=abc", "www.example.org/secret", "anna.miller+bank@example.org"],
)
def test_an_address_stays_an_address_that_says_nothing(text):
    masked = mask_secrets(f"see {text} now")
    assert "abc" not in masked
    assert "example" not in masked
    assert tokenize(masked) == ["see", ADDRESS, "now"]


def test_digits_say_only_that_there_was_a_number():
    masked = mask_secrets("card 4111 1111 1111 1111, 12:30")
    assert masked == "card 0000 0000 0000 0000, 00:00"
    assert tokenize(masked) == tokenize("card 4111 1111 1111 1111, 12:30")
    assert NUMBER in tokenize(masked)


@pytest.mark.parametrize("left", ["my password is ", "Password: ", "the passphrase was: ", "API key = ", "PIN code: "])
def test_what_is_called_a_secret_is_one(left):
    assert mask_behind(left, "kitty") == MASK * 5
    assert "kitty" not in mask_secrets(left + "kitty, and more")
    assert mask_secrets(left + "kitty and more").endswith(" and more")


@pytest.mark.parametrize(
    "text",
    [
        "password #Kestrome now", "password - #Velmandor now", "pass: #Tormelda now", "the password's #Harkdune now",
        "password: #Mordwine #Kelbrast now", "wifi key: #Sandorle now", "secret: #Pellwind now",
        "token: #Grasmund now", "login bob / #Felstrad now", "password for the bank is #Wendolar now",
        "Passwort lautet #Kirmende now", "password: #correct #horse #battery #staple", "password is now #Dunmallow.",
        "she changed the password to #Ormskelt today", "my app password #tibo #vwpl #mena #qjhg now",
        "password: #Mordwine, and Kelbrast", "password: #kitty password: #Ormskelt", "the PIN is #sandorle",
        "password:\n#Kestrome\nDear Harkdune",
    ],
)  # fmt: skip
def test_a_secret_is_what_stands_behind_its_name_up_to_an_ordinary_word_or_a_mark(text):
    hidden = regex.sub(r"#(\w+)", lambda word: MASK * len(word[1]), text)
    assert mask_secrets(text.replace("#", "")) == hidden
    for word in regex.finditer(r"#(\w+)", text):
        assert mask_behind(text[: word.start()].replace("#", ""), word[1]) == MASK * len(word[1])


@pytest.mark.parametrize(
    "text",
    [
        "the password is wrong", "the secret of life", "a key question: what is it", "pass the salt", "a token of love",
        "I forgot my password - the site sent me a new one", "use a password manager", "Password Reset was sent",
        "passwords don't work", "what's the password? Ask Zorbly", "the key is practice", "Zorbly's secret is safe",
        "log in with Zorbly / Quaxo", "the password for my account was reset by Zorbly", "it came to pass in Zorbly",
    ],
)  # fmt: skip
def test_prose_about_secrets_is_none(text):
    assert mask_secrets(text) == text


PIECES = "password passwords' pass: key login bob / : = - is was now the for to Kest xkqz vwpl, \n"


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES.split(" ")), max_size=12).map(" ".join))
def test_what_was_masked_behind_a_name_stays_masked_as_it_is(text):
    masked = mask_secrets(text)
    assert len(masked) == len(text)
    assert mask_secrets(masked) == masked


def test_a_word_that_ends_a_secret_is_masked_behind_it():
    assert mask_behind("see hunter2!", "x") == MASK
    assert mask_behind("see ", "x") == "x"
    assert mask_behind("to anna@", "example") == MASK * 7


def test_unknown_words_can_be_masked_and_leave_the_known_ones():
    text = "the Zorbly isn’t here"
    assert mask_words(text, {"the", "isn't", "here"}.__contains__) == f"the {MASK * 6} isn’t here"


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=st.characters(), max_size=60) | st.text(alphabet="abqzK1@/.-_!: \n'w", max_size=40))
def test_a_mask_is_as_long_as_what_it_hides_and_hides_it_for_good(text):
    masked = mask_secrets(text)
    assert len(masked) == len(text)
    assert mask_secrets(masked) == masked
    assert isinstance(is_secret_chunk(text), bool)


def test_what_is_called_a_secret_behind_another_one_is_one_too():
    masked = mask_secrets("secret: zorb house pass: barquix dog")
    assert masked.replace(MASK, "") == "secret:   pass:  "
