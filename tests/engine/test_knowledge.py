from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing

import numpy as np
import pytest

from engine import CommitSource, Context, ProfileError, open_engine
from engine.correction import memory
from engine.learning import keeping
from engine.learning.tiers import ALL_TIERS, Tier
from engine.profile import editing
from engine.text.tokenizer import fold
from tests.tiny_model import WORDS, answers, probes, stream, typed, weights_of, write_tiny_model

NAME = "Quillonia"


def offered(engine, left):
    return [item.text for item in engine.predictor.predict_one(Context.before_caret(left), 5).items]


def teach(engine, seed=41, n=120, name=NAME):
    for commit in stream(seed, n):
        engine.learner.learn_one(commit)
    for left in ("we met ", "to be or ", "the house of "):
        engine.learner.learn_one(typed(left, name, ("the", "of")))
        engine.learner.learn_one(typed(f"{left}{name} ", "said", ("the", name)))


def bytes_of(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


# ------------------------------------------------------------------------------------------------- the last event


def test_the_event_that_can_be_taken_back_is_known_by_its_number(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    assert engine.knowledge.is_kept
    assert engine.knowledge.last_event == 0
    for word in (NAME, "the"):
        engine.learner.learn_one(typed("we met ", word, ("of",)))
        assert engine.knowledge.last_event == engine.knowledge.events()[0].id > 0
    engine.knowledge.take_back()
    assert engine.knowledge.last_event == 0
    in_memory = open_tiny(None)
    in_memory.learner.learn_one(typed("we met ", NAME, ("of",)))
    assert in_memory.knowledge.can_take_back
    assert (in_memory.knowledge.is_kept, in_memory.knowledge.last_event) == (False, 0)


# ------------------------------------------------------------------------------------------------- forgetting


def test_a_forgotten_word_is_offered_no_more_until_it_is_typed_again(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    teach(engine)
    assert NAME in offered(engine, "we met Qu")
    assert engine.forget(NAME.upper())
    for _ in range(2):
        assert all(NAME not in offered(engine, left + typed_so_far) for left in ("we met ", "to be or ", "a ")
                   for typed_so_far in ("", "Q", "Quil"))  # fmt: skip
        assert NAME not in [word.text for word in engine.knowledge.words()]
        engine.close()
        engine = open_tiny(tmp_path / "p")
        assert engine.notices == ()
    engine.learner.learn_one(typed("we met ", NAME))
    assert NAME in offered(engine, "we met Qu")


def test_no_byte_of_a_forgotten_word_is_left(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    teach(engine, n=300)  # so that weights are written, and text around the word is kept
    (tmp_path / "p" / "profile.sqlite3.damaged-1").write_bytes(b"xx quillonia xx")
    assert NAME.lower().encode() in bytes_of(tmp_path / "p").lower()
    engine.forget(NAME)
    for _ in range(2):
        assert NAME.lower().encode() not in bytes_of(tmp_path / "p").lower()
        engine.close()


def test_the_other_words_stay_as_they_were_when_one_is_forgotten(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    teach(engine)
    engine.learner.learn_one(typed("a ", "Vortrex", ("the",)))
    engine.learner.learn_one(typed("a ", "Plumbra", ("the",)))
    engine.forget(NAME)
    said = answers(engine, probes())
    assert "Vortrex" in offered(engine, "a Vo")
    engine.close()
    again = open_tiny(tmp_path / "p")
    assert answers(again, probes()) == said
    for word in ("Vortrex", "Plumbra"):
        assert word in offered(again, f"a {word[:3]}")


def test_forgetting_leaves_what_a_profile_that_never_saw_the_word_would_say(open_tiny, tmp_path):
    """Counts follow exactly, as far as no other word stood beside the forgotten one."""
    rng = random.Random(5)
    with_it, without = open_tiny(tmp_path / "a"), open_tiny(tmp_path / "b")
    for index in range(300):
        word = rng.choice(WORDS[:20])
        commit = typed(f"{rng.choice(WORDS[:20])} {rng.choice(WORDS[:20])} ", word, (word,), CommitSource.ACCEPTED)
        for engine in (with_it, without):
            engine.learner.learn_one(commit)
        if index % 50 == 0:
            with_it.learner.learn_one(typed("a letter for ", NAME, (NAME,), CommitSource.ACCEPTED))
    with_it.forget(NAME)
    contexts = probes(77, 1_000)
    same = sum(
        [text for text, _ in one] == [text for text, _ in two]
        for one, two in zip(answers(with_it, contexts), answers(without, contexts), strict=True)
    )
    assert same >= 950  # the weights of counts and latest words heard of the word too


def test_a_forgotten_shipped_word_is_offered_as_it_was_shipped(open_tiny, tmp_path):
    fresh, engine = open_tiny(None), open_tiny(tmp_path / "p")
    for left in ("to be ", "of the ", "and I "):
        engine.learner.learn_one(typed(left, "London", ("the",)))
    row = engine.predictor.blend.model.row_of("london")
    shipped = fresh.predictor.blend.model.parameters
    assert not np.array_equal(engine.predictor.blend.model.parameters.E[row], shipped.E[row])
    engine.forget("London")
    engine.close()
    again = open_tiny(tmp_path / "p").predictor.blend.model.parameters
    np.testing.assert_array_equal(again.E[row], shipped.E[row])
    assert again.b_out[row] == shipped.b_out[row]


def test_what_was_never_known_is_forgotten_without_harm(engine):
    said = answers(engine, probes())
    assert not engine.forget("Nobodyknows")
    assert not engine.forget("two words")
    assert not engine.forget("")
    assert not engine.forget("<unknown>")
    assert answers(engine, probes()) == said


def test_a_forgotten_word_takes_its_possessive_with_it(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    teach(engine)
    for left in ("we met ", "that is "):
        engine.learner.learn_one(typed(left, f"{NAME}'s", ("the",)))
    assert engine.forget(NAME)
    assert not any(NAME in word for word in offered(engine, "we met Qu"))
    assert NAME.lower().encode() not in bytes_of(tmp_path / "p").lower()


def test_a_possessive_is_forgotten_wherever_it_was_kept(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    teach(engine)
    engine.learner.learn_one(typed("we met ", "London", (f"{NAME}'s", "the")))
    engine.wishes.call_right(typed("a ", f"{NAME}'s"))
    engine.corrector.memory.take("Qillonias", f"{NAME}'s")
    assert engine.forget(NAME)
    assert NAME.lower().encode() not in bytes_of(tmp_path / "p").lower()


@pytest.mark.parametrize("name", ["J̌ohnix", "H̱ezbo", "Örstedix", "ǆepnik"])
def test_words_of_any_letters_are_forgotten_whole(open_tiny, tmp_path, name):
    engine = open_tiny(tmp_path / "p")
    teach(engine, n=5, name=name)
    aside = tmp_path / "p" / "corrections.json.damaged-1"
    aside.write_text(name.upper(), encoding="utf-8")
    engine.forget(name)
    kept = bytes_of(tmp_path / "p").decode("utf-8", "replace")
    assert fold(name) not in fold(kept)
    assert name not in [word.text for word in engine.knowledge.words()]
    assert not aside.exists()


def test_what_a_kill_left_of_a_file_goes_with_what_is_forgotten(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    teach(engine, n=5)
    (tmp_path / "p" / "corrections.json.partial").write_text(NAME)
    engine.forget(NAME)
    assert NAME.encode() not in bytes_of(tmp_path / "p")


def test_a_word_is_forgotten_also_where_the_memory_of_corrections_could_not_be_written_before(
    open_tiny, tmp_path, monkeypatch
):
    engine = open_tiny(tmp_path / "p")
    teach(engine, n=5)
    engine.corrector.memory.take("Qillonia", NAME)

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(memory, "replace_whole", refuse)
    engine.corrector.memory.take("teh", "the")
    with pytest.raises(ProfileError, match=r"corrections.json.* cannot be written"):
        engine.forget(NAME)
    monkeypatch.undo()
    engine.forget(NAME)
    assert NAME.lower().encode() not in bytes_of(tmp_path / "p").lower()


def test_words_are_forgotten_together(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    teach(engine)
    for word in ("Vortrex", "Plumbra"):
        engine.learner.learn_one(typed("a ", word, ("the",)))
    assert engine.forget_all((NAME, "vortrex", "Nobodyknows")) == 2
    assert [word for word in ("vortrex", NAME.lower()) if word.encode() in bytes_of(tmp_path / "p").lower()] == []
    assert offered(engine, "a Pl")[0] == "Plumbra"


@pytest.mark.parametrize("word", [NAME, "London"])
def test_what_still_stands_in_the_text_or_was_shown_does_not_bring_a_forgotten_word_back(open_tiny, tmp_path, word):
    engine = open_tiny(tmp_path / "p")
    for left in ("we met ", "to be or "):
        engine.learner.learn_one(typed(left, word, ("the", "of")))
    engine.forget(word)
    engine.learner.learn_one(typed(f"we met {word} and {word} ", "said", ("the", word)))
    engine.learner.learn_one(typed(f"we met {word} and {word} said ", "not", (f"{word} and",)))
    assert word.lower().encode() not in bytes_of(tmp_path / "p").lower()
    engine.learner.learn_one(typed("we met ", word))
    engine.learner.learn_one(typed(f"we met {word} ", "and", ("the", word)))
    assert word.lower().encode() in bytes_of(tmp_path / "p").lower()


def test_words_are_forgotten_after_the_model_has_changed(open_tiny, tmp_path):
    """The other model lists a word that had a row of its own: the rows behind it move up."""
    engine = open_tiny(tmp_path / "p")
    own = ["Berlin", "Zorbly", "Quaxo", "Frimble", "Plumbra", "Vortrex"]
    for word in own:
        engine.learner.learn_one(typed("we saw the ", word, ("the",)))
    engine.forget("Frimble")
    engine.close()
    for name in ("Plumbra", "Zorbly"):
        engine = open_tiny(tmp_path / "p", model=write_tiny_model(tmp_path / "other", further=["Berlin"]))
        assert engine.forget(name)
        assert not any("cannot be saved" in notice for notice in engine.notices)
        engine.close()
        assert name.lower().encode() not in bytes_of(tmp_path / "p").lower()
    engine = open_tiny(tmp_path / "p", model=tmp_path / "other")
    assert [word for word in own if word in offered(engine, f"we saw the {word[:3]}")] == ["Berlin", "Quaxo", "Vortrex"]


def test_weights_of_another_model_go_with_what_is_forgotten(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    teach(engine)
    engine.close()
    other = write_tiny_model(tmp_path / "other", seed=77)
    engine = open_tiny(tmp_path / "p", model=other)
    assert list((tmp_path / "p").glob("weights*.damaged-*"))
    engine.forget(NAME)
    assert not list((tmp_path / "p").glob("weights*.damaged-*"))


def test_what_the_disk_does_not_let_go_of_is_not_called_forgotten(open_tiny, tmp_path, monkeypatch):
    engine = open_tiny(tmp_path / "p")
    teach(engine)

    def refuse(*_):
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr("engine.profile.store.ProfileStore.record", refuse)
    engine.learner.learn_one(typed("we met ", "what"))
    monkeypatch.undo()
    with pytest.raises(ProfileError, match="still in the files"):
        engine.forget(NAME)
    assert NAME not in offered(engine, "we met Qu")


@pytest.mark.parametrize("word", [NAME, "London"])
def test_forgetting_is_finished_when_the_profile_opens_again(open_tiny, tmp_path, monkeypatch, word):
    """Whenever it was cut short: copies are taken between any two of its steps."""
    engine = open_tiny(tmp_path / "p")
    teach(engine, n=300, name=word)
    copies = []

    def watched(step):
        def copying(*arguments):
            result = step(*arguments)
            copies.append(shutil.copytree(tmp_path / "p", tmp_path / f"killed-{len(copies)}"))
            return result

        return copying

    for name in ("forget", "say_again", "remove_copies_set_aside", "are_gone"):
        monkeypatch.setattr(editing, name, watched(getattr(editing, name)))
    monkeypatch.setattr("engine.learning.keeping.write_weights", watched(keeping.write_weights))
    engine.forget(word)
    monkeypatch.undo()
    said = answers(engine, probes())
    assert len(copies) == 6
    for folder in copies:
        again = open_tiny(folder)
        assert again.notices == ()
        assert word.lower().encode() not in bytes_of(folder).lower()
        model = again.predictor.blend.model
        shipped = open_tiny(None).predictor.blend.model
        row = shipped.row_of(word)
        if row:
            np.testing.assert_array_equal(model.parameters.E[row], shipped.parameters.E[row])
        else:
            assert not model.has_row(word)
            assert (model.parameters.b_out[model.retired_rows] < -1_000).all()
        again.close()
        assert answers(open_tiny(folder), probes())
    assert answers(open_tiny(copies[-1]), probes()) == said


# ------------------------------------------------------------------------------------------------- taking back


@pytest.mark.parametrize("word", ["Frimbul", "what"])
@pytest.mark.parametrize("shown", [(), ("the", "of")])
def test_the_last_step_is_taken_back_whole(open_tiny, tmp_path, word, shown):
    engine = open_tiny(tmp_path / "p")
    for commit in stream(43, 60):
        engine.learner.learn_one(commit)
    said, weights, words = answers(engine, probes()), weights_of(engine), _uses(engine)
    report = engine.learner.learn_one(typed("I hope that ", word, shown))
    assert answers(engine, probes()) != said
    assert engine.knowledge.take_back() == report.word
    assert answers(engine, probes()) == said
    for before, after in zip(weights, weights_of(engine), strict=True):
        np.testing.assert_array_equal(after[: len(before)], before)
    assert _uses(engine) == words
    assert engine.knowledge.take_back() == ""
    engine.close()
    assert answers(open_tiny(tmp_path / "p"), probes()) == said


def test_a_step_that_weights_on_disk_know_of_is_taken_back_there_too(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    for commit in stream(44, 255):
        engine.learner.learn_one(commit)
    said = answers(engine, probes())
    engine.learner.learn_one(typed("I hope that ", "what", ("the",)))  # the 256th event: weights are written
    assert (tmp_path / "p" / "weights-a.safetensors").exists()
    engine.knowledge.take_back()
    shutil.copytree(tmp_path / "p", tmp_path / "killed")
    assert answers(open_tiny(tmp_path / "killed"), probes()) == said


def test_a_killed_session_does_not_learn_again_what_was_taken_back(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    engine.learner.learn_one(typed("I hope that ", "Frimbul", ("the",)))
    engine.knowledge.take_back()
    engine.learner.learn_one(typed("I hope that ", "Zwolgar", ("the",)))
    shutil.copytree(tmp_path / "p", tmp_path / "killed")
    again = open_tiny(tmp_path / "killed")
    assert offered(again, "I hope that Zw") == ["Zwolgar"]
    assert "Frimbul" not in offered(again, "I hope that Fr")


# ---------------------------------------------------------------------------------------- seeing and correcting


def test_words_and_events_are_listed_with_what_is_known_of_them(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    engine.learner.learn_one(typed("we met ", NAME, ("the", "of")))
    engine.learner.learn_one(typed("we met ", NAME))
    engine.learner.learn_one(typed("we met ", "other", ("the",)))
    words = {word.text: word for word in engine.knowledge.words()}
    assert (words[NAME].uses, words[NAME].is_own, words[NAME].waits) == (2, True, False)
    assert (words["other"].uses, words["other"].is_own) == (1, False)
    assert words[NAME].last_used > 1e9
    latest, *_, first = engine.knowledge.events()
    assert (latest.word, latest.shown) == ("other", ("the",))
    assert (first.word, first.updated, first.is_new) == (NAME, True, True)
    assert not latest.is_new
    assert first.loss_after < first.loss_before
    assert [event.word for event in engine.knowledge.events(limit=1)] == ["other"]


@pytest.mark.parametrize(
    "read",
    [
        lambda engine: engine.knowledge.words(),
        lambda engine: engine.knowledge.events(),
        lambda engine: engine.read_text("a text").go_on(),
    ],
    ids=["words", "events", "a text"],
)
def test_records_that_cannot_be_read_are_said_so_in_a_sentence(open_tiny, tmp_path, read):
    engine = open_tiny(tmp_path / "p")
    teach(engine, n=5)
    engine.close()
    with pytest.raises(ProfileError, match=r"cannot be read .*start Foretype again"):
        read(engine)


def test_the_case_of_a_word_is_what_the_user_set(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    engine.learner.learn_one(typed("we met ", "mcfrimble"))
    assert engine.knowledge.set_form("mcfrimble", "McFrimble")
    assert not engine.knowledge.set_form("mcfrimble", "other")
    assert not engine.knowledge.set_form("the", "The")  # never used
    for _ in range(2):
        engine.learner.learn_one(typed("we met ", "mcfrimble"))
        assert "McFrimble" in offered(engine, "we met mcf")
        engine.close()
        engine = open_tiny(tmp_path / "p")


def test_a_word_in_the_case_of_most_people_is_not_listed_as_written_the_users_way(engine):
    for _ in range(3):
        engine.learner.learn_one(typed("we met ", "you"))
        engine.learner.learn_one(typed("we met ", "London"))
    assert {word.text: word.is_recased for word in engine.knowledge.words()} == {"you": False, "London": False}


def test_the_case_that_the_user_set_outlives_a_step_that_is_taken_back(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    for left in ("we met ", "to be or "):
        engine.learner.learn_one(typed(left, NAME))
    assert engine.knowledge.set_form(NAME, NAME.upper())
    engine.knowledge.take_back()
    for _ in range(2):
        assert offered(engine, "we met qu")[0] == NAME.upper()
        engine.close()
        engine = open_tiny(tmp_path / "p")


def test_the_case_of_a_shipped_word_is_learned_kept_listed_and_set(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")

    def listed():
        return {word.text: word.is_recased for word in engine.knowledge.words()}

    for _ in range(2):
        assert listed() in ({}, {"London": False})
        engine.learner.learn_one(typed("we met ", "london"))
    for _ in range(2):
        assert listed() == {"london": True}
        assert "london" in offered(engine, "we met lond")
        engine.close()
        engine = open_tiny(tmp_path / "p")
    assert engine.knowledge.set_form("london", "LonDon")
    for _ in range(2):
        engine.learner.learn_one(typed("we met ", "london"))
        assert listed() == {"LonDon": True}
        assert "LonDon" in offered(engine, "we met lond")
        engine.close()
        engine = open_tiny(tmp_path / "p")
    engine.forget("London")
    for _ in range(2):
        assert listed() == {}
        assert "London" in offered(engine, "we met lond")
        engine.close()
        engine = open_tiny(tmp_path / "p")


def test_the_case_that_a_step_taught_is_taken_back_with_it(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    for word in ("london", "nasa", "nasa", "london"):
        engine.learner.learn_one(typed("we met ", word))
    assert "london" in offered(engine, "we met lond")
    assert engine.knowledge.take_back() == "london"
    for _ in range(2):
        assert engine.predictor.cases.usual("london") == "London"
        assert {word.text for word in engine.knowledge.words()} == {"London", "nasa"}
        engine.close()
        engine = open_tiny(tmp_path / "p")
    engine.learner.learn_one(typed("we met ", "london"))
    assert "london" in offered(engine, "we met lond")


def test_a_slip_is_counted_but_not_offered_and_says_what_was_meant(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    report = engine.learner.learn_one(typed("the ", "zebrs"))
    assert (report.meant, report.new_word) == ("", True)  # rare words of the tiny vocabulary are not meant
    report = engine.learner.learn_one(typed("I ", "thery", ("the",)))
    assert (report.meant, report.new_word, report.updated, report.word) == ("they", False, False, "thery")
    assert "thery" not in offered(engine, "I the")
    assert [word.text for word in engine.knowledge.words() if word.waits] == ["thery"]
    for left in ("and ", "of ", "to "):
        report = engine.learner.learn_one(typed(left, "thery"))
    assert report.new_word
    assert "thery" in offered(engine, "to ther")


def test_a_passphrase_whose_name_has_left_the_window_stays_masked_in_the_journal(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    text = "My password: London NASA iPhone London NASA iPhone. " + "we said what there was. " * 90
    for end in range(1_990, 2_060, 5):
        engine.learner.learn_one(typed(Context.before_caret(text[:end] + " ").left, "of", ("the", "what")))
    engine.close()
    kept = bytes_of(tmp_path / "p")
    assert b"we said what there" in kept
    assert b"NASA iPhone" not in kept


def test_secrets_leave_nothing_in_the_profile(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    text = "log in with hunterly2!xyzzyq at www.bankofme.example or mail zaphodbee@example.org card 4929123412341234 "
    engine.learner.learn_one(typed(text, NAME, ("the",)))
    report = engine.learner.learn_one(typed("my password is ", "swordfishy", ("the",)))
    assert (report.word, report.updated, report.new_word) == ("", False, False)
    for left, part in (("use hunterly2!", "xyzzyq"), ("zaphodbee@", "example")):
        assert engine.learner.learn_one(typed(left, part)).word == ""
    engine.learner.learn_one(typed("use ", "hunterly2!xyzzyq", (), CommitSource.TYPED))
    content = bytes_of(tmp_path / "p").lower()
    for part in (b"hunterly", b"xyzzyq", b"bankofme", b"zaphodbee", b"4929", b"swordfishy"):
        assert part not in content
    assert NAME.lower().encode() in content


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5])
def test_a_profile_of_an_earlier_version_opens_with_everything_in_it(tiny_model, open_tiny, tmp_path, version):
    with open_engine(tmp_path / "p", model=tiny_model, tiers=ALL_TIERS & ~Tier.CACHE) as engine:
        teach(engine)
        said = answers(engine, probes())
    with closing(sqlite3.connect(tmp_path / "p" / "profile.sqlite3")) as db:
        db.executescript(_BACK_TO_VERSION_5)
        if version < 5:
            db.executescript(_BACK_TO_VERSION_4)
        if version < 4:
            db.executescript("DROP TABLE cases; PRAGMA user_version = 3;")
        if version < 3:
            db.executescript(_BACK_TO_VERSION_2)
        if version == 1:
            db.executescript(_BACK_TO_VERSION_1)
    again = open_tiny(tmp_path / "p")
    assert again.notices == ()
    assert answers(again, probes()) == said
    assert NAME in [word.text for word in again.knowledge.words()]


_EVENT_COLUMNS_OF_VERSION_2 = """
    id INTEGER PRIMARY KEY, at REAL NOT NULL,
    left_text TEXT,  -- what stood before the word; NULL once the weights that came of it are safe
    word TEXT NOT NULL, position INTEGER CHECK (position >= 0), source TEXT NOT NULL,
    shown TEXT NOT NULL CHECK (json_valid(shown) AND json_type(shown) = 'array'),
    n_learned INTEGER NOT NULL,  -- words that the network learned in this event; 0 where its weights did not move
    loss_before REAL NOT NULL, loss_after REAL NOT NULL, elapsed_ms REAL NOT NULL"""
_BACK_TO_VERSION_5 = f"""
CREATE TABLE e AS SELECT * FROM events;
DROP TABLE events;
CREATE TABLE events (
    {_EVENT_COLUMNS_OF_VERSION_2},
    first_shown INTEGER CHECK (first_shown >= 0),  -- letters typed when it first stood on screen; NULL if not known
    overlooked INTEGER CHECK (overlooked IN (0, 1)),  -- whether another letter was typed then
    CHECK ((first_shown IS NULL) = (overlooked IS NULL))
) STRICT;
INSERT INTO events SELECT * FROM e;
DROP TABLE e; PRAGMA user_version = 5;
"""
_BACK_TO_VERSION_4 = """
CREATE TABLE i AS SELECT * FROM interpolation;
DROP TABLE interpolation; DROP TABLE recent;
CREATE TABLE interpolation (
    bucket TEXT PRIMARY KEY CHECK (bucket GLOB '[0-2]:[0-9]'),
    weight REAL NOT NULL CHECK (weight BETWEEN 0 AND 1), seen REAL NOT NULL CHECK (seen BETWEEN 0 AND 1e15)
) WITHOUT ROWID, STRICT;
INSERT INTO interpolation SELECT * FROM i;
DROP TABLE i; PRAGMA user_version = 4;
"""
_BACK_TO_VERSION_2 = f"""
CREATE TABLE e AS SELECT id, at, left_text, word, position, source, shown, n_learned, loss_before, loss_after,
elapsed_ms FROM events;
DROP TABLE events;
CREATE TABLE events (
    {_EVENT_COLUMNS_OF_VERSION_2}
) STRICT;
INSERT INTO events SELECT * FROM e;
DROP TABLE e; PRAGMA user_version = 2;
"""
_BACK_TO_VERSION_1 = """
CREATE TABLE w AS SELECT token, form, uses, last_used, position FROM words;
CREATE TABLE t AS SELECT before, last, word, count FROM trigrams;
DROP TABLE words; DROP TABLE trigrams; DROP TABLE readings;
CREATE TABLE words (
    token TEXT PRIMARY KEY, form TEXT NOT NULL, uses INTEGER NOT NULL, last_used REAL NOT NULL,
    position INTEGER UNIQUE CHECK (position >= 0)  -- order of the words with a row of their own; NULL for the others
) WITHOUT ROWID, STRICT;
CREATE TABLE trigrams (
    before TEXT NOT NULL, last TEXT NOT NULL, word TEXT NOT NULL,
    count INTEGER NOT NULL CHECK (count BETWEEN 1 AND 1e9),
    PRIMARY KEY (before, last, word)
) WITHOUT ROWID, STRICT;
INSERT INTO words SELECT * FROM w; INSERT INTO trigrams SELECT * FROM t;
DROP TABLE w; DROP TABLE t; PRAGMA user_version = 1;
"""


def _uses(engine):
    return sorted((word.text, word.uses) for word in engine.knowledge.words())
