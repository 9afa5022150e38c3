from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import datetime
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load, save

import resources
from engine import Feedback, FeedbackKind, ProfileError
from engine.profile.files import BLOCKLIST, RIGHT_WORDS
from engine.profile.portable import check_export, import_profile
from engine.profile.store import ProfileStore
from engine.profile.weights import newest_weights
from engine.text.tokenizer import is_word, tokenize
from engine.text.vocabulary import Vocabulary
from tests.tiny_model import answers, probes, stream, typed


@pytest.fixture
def exported(open_tiny, tmp_path):
    """Return an exported file, and what the engine that it came from said of the probes."""
    engine = open_tiny(tmp_path / "from")
    for commit in [*stream(51, 60), *[typed("we met ", "london")] * 2]:
        engine.learner.learn_one(commit)
    engine.wishes.never_offer("Quaxo")
    engine.corrector.hear(Feedback("teh", "the", FeedbackKind.LEFT_ALONE))
    engine.knowledge.export(tmp_path / "me.zip")
    return tmp_path / "me.zip", answers(engine, probes())


def rewrite(path, changes, *, sums=True):
    """Change files in an archive, None removes one; the manifest is made to fit unless ``sums`` is false."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(parts.pop("manifest.json"))
    parts = {name: part for name, part in {**parts, **changes}.items() if part is not None}
    manifest.update(changes.get("manifest", {}) if isinstance(changes.get("manifest"), dict) else {})
    parts.pop("manifest", None)
    if sums:
        manifest["files"] = {n: {"bytes": len(p), "sha256": sha256(p).hexdigest()} for n, p in parts.items()}
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for name, part in parts.items():
            archive.writestr(name, part)


COLUMNS = {
    "words": "token form uses last_used position fixed",
    "trigrams": "before last word count event",
    "interpolation": "bucket weight seen",
    "events": "id at left_text word position source shown n_learned loss_before loss_after elapsed_ms first_shown "
    "overlooked",
    "readings": "digest n_done n_words",
    "cases": "token after_name latest",
    "recent": "event word place model",
}
DIGEST = "5e" * 32
ROWS = {
    "words": ["brimble", "Brimble", 1, 9e8, None, 0],
    "trigrams": ["of", "the", "zorbly", 1, 1],
    "interpolation": ["0:0", 0.5, 3.0],
    "events": [61, 9e8, None, "Zorbly", None, "typed", '["the"]', 0, 3.0, 2.0, 1.5, 0, 1],
    "readings": [DIGEST, 3, 9],
    "cases": ["london", 1, "london London"],
    "recent": [60, "london", "7f" * 8, "0"],
}
"""A good row of each table."""


def rows_of(path, table):
    """Return the rows of a table in an archive."""
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read(f"{table}.jsonl").splitlines()]


def lines(rows):
    """Return rows as a file of an archive holds them."""
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def put_row(path, table, **changes):
    """Put the good row of a table, with some values changed, in the place of the one with its key."""
    names = COLUMNS[table].split()
    row = [changes.get(name, value) for name, value in zip(names, ROWS[table], strict=True)]
    n_key = {"trigrams": 3, "cases": 2}.get(table, 1)
    others = [other for other in rows_of(path, table) if other[:n_key] != row[:n_key]]
    rewrite(path, {f"{table}.jsonl": lines([*others, row])})


def assert_is_refused(path, tmp_path, match=None):
    """Assert that nothing is made of a file, and that one sentence says so."""
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ProfileError, match=match) as error:
        import_profile(path, tmp_path / "to")
    assert sorted(tmp_path.iterdir()) == before
    assert "\n" not in str(error.value)


def test_an_exported_profile_says_the_same_where_it_is_imported(exported, open_tiny, tmp_path):
    path, said = exported
    import_profile(path, tmp_path / "to")
    engine = open_tiny(tmp_path / "to")
    assert engine.notices == ()
    assert answers(engine, probes()) == said
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "to" / "blocklist.txt").exists()
    assert engine.corrector.memory.is_left_alone("teh")
    assert engine.predictor.cases.usual("london") == "london"


def test_a_file_of_the_first_version_is_read_too(exported, open_tiny, tmp_path):
    path, _ = exported
    with zipfile.ZipFile(path) as archive:
        events = [json.loads(line) for line in archive.read("events.jsonl").splitlines()]
    older = "".join(json.dumps(event[:-2]) + "\n" for event in events).encode()
    rewrite(path, {"events.jsonl": older, "cases.jsonl": None, "manifest": {"version": 1}})
    import_profile(path, tmp_path / "to")
    engine = open_tiny(tmp_path / "to")
    assert engine.notices == ()
    assert [word.text for word in engine.knowledge.words()]
    assert engine.predictor.attention.says_nothing


def test_no_text_around_words_is_exported(exported):
    path, _ = exported
    with zipfile.ZipFile(path) as archive:
        events = [json.loads(line) for line in archive.read("events.jsonl").splitlines()]
    assert events
    assert all(event[2] is None for event in events)


def test_a_profile_that_is_there_is_never_replaced(exported, tmp_path):
    path, _ = exported
    with pytest.raises(ProfileError, match="already"):
        import_profile(path, tmp_path / "from")


@pytest.mark.parametrize(
    "changes",
    [
        {"../../evil.txt": b"x"},
        {"/etc/evil": b"x"},
        {"profile.sqlite3": b"x"},
        {"words.jsonl": b"not json\n"},
        {"words.jsonl": b'["a"]\n'},
        {"words.jsonl": b'["zor\\nbly", "zor\\nbly", 1, 0.0, 0, 0]\n'},
        {"words.jsonl": b'["rm -rf", "rm -rf", 1, 0.0, 0, 0]\n'},
        {"words.jsonl": b'["zorbly", "other", 1, 0.0, 0, 0]\n'},
        {"words.jsonl": b'["zorbly", "zorbly", "many", 0.0, 0, 0]\n'},
        {"words.jsonl": b'["zorbly", "zorbly", 1, 0.0, -4, 0]\n'},
        {"words.jsonl": b'["zorbly", {"a": 1}, 1, 0.0, 0, 0]\n'},
        {"words.jsonl": b"[" * 90_000 + b"\n"},
        {"words.jsonl": b'["' + b"a" * 200_000 + b'"]\n'},
        {"trigrams.jsonl": b'["a", "b", "c", 0, 1]\n'},
        {"cases.jsonl": b'["london", 0, "London rm"]\n'},
        {"cases.jsonl": b'["london", 0, ""]\n'},
        {"cases.jsonl": b'["london", 2, "London"]\n'},
        {"recent.jsonl": b'[1, "london", "no place", "0"]\n'},
        {"recent.jsonl": b'[1, "london", 7, "0"]\n'},
        {"recent.jsonl": b'[1, "london", "", "0"]\n'},
        {"interpolation.jsonl": b'["3:20", 0.5, 1.0]\n'},
        {"weights.safetensors": b"\xff" * 100},
        {"blocklist.txt": b"\xff\xfe\xff"},
        {"corrections.json": b"[" * 90_000},
        {"manifest": {"version": 99}},
        {"manifest": {"format": "other"}},
    ],
)
def test_a_hostile_file_is_refused_and_leaves_nothing(exported, tmp_path, changes):
    path, _ = exported
    rewrite(path, changes)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(ProfileError) as error:
        import_profile(path, tmp_path / "to")
    assert sorted(tmp_path.iterdir()) == before
    assert "\n" not in str(error.value)


def test_a_changed_or_cut_file_is_refused(exported, tmp_path):
    path, _ = exported
    content = path.read_bytes()
    for bad in (content[: len(content) // 2], b"", b"PK\x03\x04", content[:-30]):
        path.write_bytes(bad)
        with pytest.raises(ProfileError):
            import_profile(path, tmp_path / "to")
    path.write_bytes(content)
    rewrite(path, {"interpolation.jsonl": b""}, sums=False)
    with pytest.raises(ProfileError, match="checksums"):
        import_profile(path, tmp_path / "to")


def test_a_file_is_known_for_no_profile_before_anything_of_it_is_unpacked(exported, tmp_path):
    path, _ = exported
    check_export(path)
    rewrite(path, {"interpolation.jsonl": b""}, sums=False)
    check_export(path)  # that takes reading all of it
    for changes in ({"manifest": {"version": 99}}, {"manifest": {"format": "other"}}):
        rewrite(path, changes)
        with pytest.raises(ProfileError, match="is no profile that can be read"):
            check_export(path)
    for content in (b"", b"PK\x03\x04", b"a letter"):
        path.write_bytes(content)
        with pytest.raises(ProfileError, match="is no profile that can be read"):
            check_export(path)


def test_words_that_were_read_in_a_file_are_still_known_as_such(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "from")
    reading = engine.read_text("We met Quillonia in London.")
    while not reading.is_done:
        reading.go_on()
    reading.close()
    engine.knowledge.export(tmp_path / "me.zip")
    import_profile(tmp_path / "me.zip", tmp_path / "to")
    again = open_tiny(tmp_path / "to")
    assert {event.source for event in again.knowledge.events()} == {"read"}
    assert again.learner.unlearned == engine.learner.unlearned


def test_what_unpacks_to_more_than_it_may_is_refused(exported, tmp_path):
    path, _ = exported
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", b" " * 5_000_000)
    assert path.stat().st_size < 10_000
    with pytest.raises(ProfileError, match="too long"):
        import_profile(path, tmp_path / "to")


def test_nothing_is_exported_without_a_profile(engine, tmp_path):
    with pytest.raises(ProfileError):
        engine.knowledge.export(tmp_path / "me.zip")


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"na\xefve\n", "no UTF-8 text"), (b"word\n" * 50_000, "250,000 bytes")]
)
@pytest.mark.parametrize("name", [BLOCKLIST, RIGHT_WORDS])
def test_a_list_that_no_import_would_take_is_told_before_it_is_exported(open_tiny, tmp_path, name, content, sentence):
    engine = open_tiny(tmp_path / "p")
    (tmp_path / "p" / name).write_bytes(content)
    with pytest.raises(ProfileError, match=sentence):
        engine.knowledge.export(tmp_path / "me.zip")
    assert not (tmp_path / "me.zip").exists()


def test_a_place_that_cannot_be_written_is_told(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    with pytest.raises(ProfileError):
        engine.knowledge.export(tmp_path / "nowhere" / "me.zip")


def test_a_table_of_good_rows_comes_in(exported, open_tiny, tmp_path):
    path, _ = exported
    for table in ROWS:
        put_row(path, table)
    import_profile(path, tmp_path / "to")
    engine = open_tiny(tmp_path / "to")
    assert engine.notices == ()
    assert "Brimble" in [word.text for word in engine.knowledge.words()]


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("words", {"uses": 2**63 - 1}), ("words", {"uses": -5}), ("words", {"last_used": 1e300}),
        ("words", {"last_used": -1.0}), ("words", {"last_used": float("inf")}), ("words", {"last_used": float("nan")}),
        ("words", {"position": 2**63 - 1}), ("words", {"token": "<rm -rf>", "form": "", "position": 90}),
        ("words", {"token": "<forgotten \n>", "form": ""}), ("words", {"token": "<line>", "form": ""}),
        ("trigrams", {"count": 0}), ("trigrams", {"count": -3}), ("trigrams", {"count": 2**62}),
        ("trigrams", {"event": -1}), ("trigrams", {"event": 2**63 - 1}), ("trigrams", {"word": "."}),
        ("trigrams", {"word": "<line>"}), ("trigrams", {"word": "The"}), ("trigrams", {"last": "rm -rf"}),
        ("trigrams", {"before": "a\nb"}), ("trigrams", {"last": ""}), ("trigrams", {"last": "<rm>"}),
        ("interpolation", {"weight": 1.5}), ("interpolation", {"weight": -0.1}),
        ("interpolation", {"weight": float("nan")}), ("interpolation", {"seen": -1.0}),
        ("interpolation", {"seen": float("inf")}), ("interpolation", {"bucket": "9:9"}),
        ("events", {"word": "zz; rm -rf ~\n"}), ("events", {"word": "two words"}), ("events", {"word": "x" * 200}),
        ("events", {"word": "."}), ("events", {"word": "a\u00adb"}), ("events", {"position": -1}),
        ("events", {"position": 2**63 - 1}), ("events", {"shown": "[1]"}), ("events", {"shown": '["the", null]'}),
        ("events", {"shown": '{"the": 1}'}), ("events", {"shown": "the"}), ("events", {"source": "a\nb"}),
        ("events", {"source": "x" * 500}), ("events", {"id": 2**63 - 1}), ("events", {"id": 0}),
        ("events", {"id": -7}), ("events", {"at": 1e300}), ("events", {"at": float("-inf")}), ("events", {"at": -1.0}),
        ("events", {"n_learned": -1}), ("events", {"n_learned": 2**62}), ("events", {"loss_before": -1e6}),
        ("events", {"loss_before": 1e308}), ("events", {"loss_after": float("inf")}),
        ("events", {"elapsed_ms": 1e300}), ("events", {"elapsed_ms": -1.0}), ("events", {"first_shown": 2**62}),
        ("events", {"first_shown": -2}), ("events", {"overlooked": 2}),
        ("readings", {"n_done": -1}), ("readings", {"n_words": 2**62}), ("readings", {"digest": "../../evil"}),
        ("cases", {"latest": "London\nLondon"}), ("cases", {"latest": "London " * 300 + "London"}),
        ("recent", {"word": "rm -rf"}), ("recent", {"word": "<line>"}), ("recent", {"event": -1}),
        ("recent", {"event": 2**63 - 1}), ("recent", {"event": 9_000}), ("recent", {"model": "x" * 500}),
    ],
)  # fmt: skip
def test_a_value_that_was_never_written_is_refused(exported, tmp_path, table, changes):
    path, _ = exported
    put_row(path, table, **changes)
    assert_is_refused(path, tmp_path)


@pytest.mark.parametrize(
    ("table", "changes"),
    [
        ("words", {"token": "<forgotten 3>", "form": "", "uses": 0, "last_used": 0.0}),
        ("words", {"token": "i\u0307" * 40, "form": "\u0130" * 40}),  # capitals that are longer when they are small
        ("trigrams", {"before": "<unknown>", "last": "<line>"}),
        ("trigrams", {"before": "<number>\u2040", "last": '"\u2040'}),
        ("trigrams", {"before": "...", "last": "\u2014"}),
        ("trigrams", {"word": "j\u030c"}),  # as programs folded it that did not normalise what was left
        ("events", {"word": "", "source": "taken back", "shown": "[]", "at": 0.0}),
        ("events", {"shown": '["to be or", "\\ud800", "the "]'}),
        ("events", {"word": "x" * 40, "position": 3, "first_shown": -1, "overlooked": 0}),
    ],
)
def test_what_this_program_may_have_written_comes_in(exported, open_tiny, tmp_path, table, changes):
    path, _ = exported
    put_row(path, table, **changes)
    import_profile(path, tmp_path / "to")
    assert open_tiny(tmp_path / "to").notices == ()


def test_every_token_of_the_shipped_model_may_stand_before_a_word(exported, tmp_path):
    path, _ = exported
    vocabulary = Vocabulary.parse((resources.model_path() / "vocabulary.tsv").read_text(encoding="utf-8"), 2)
    marks = [token for token in vocabulary.tokens if not is_word(token)]
    assert len(marks) > 50
    rewrite(path, {"trigrams.jsonl": lines([[mark, mark, "zorbly", 1, 1] for mark in marks])})
    import_profile(path, tmp_path / "to")


def test_text_before_a_word_never_comes_in(exported, open_tiny, tmp_path):
    path, said = exported
    put_row(path, "events", left_text="my secret nightingale plan ", position=90, n_learned=1)
    import_profile(path, tmp_path / "to")
    assert all(b"nightingale" not in file.read_bytes() for file in (tmp_path / "to").iterdir())
    engine = open_tiny(tmp_path / "to")
    assert engine.notices == ()
    assert [item for item, _ in answers(engine, probes())[0]] == [item for item, _ in said[0]]


def test_rows_of_own_words_follow_one_another_whatever_their_numbers_were(exported, open_tiny, tmp_path):
    path, said = exported
    spread = [[*row[:4], row[4] and 3 * row[4] + 1, row[5]] for row in rows_of(path, "words")]
    rewrite(path, {"words.jsonl": lines(spread)})
    import_profile(path, tmp_path / "to")
    engine = open_tiny(tmp_path / "to")
    assert answers(engine, probes()) == said
    for number in range(12):  # each gets the next number, which must be free
        engine.learner.learn_one(typed("we met ", "grumple" + "abcdefghijkl"[number], ("the",)))
    assert engine.notices == ()


def test_too_many_own_words_are_refused(exported, tmp_path, monkeypatch):
    path, _ = exported
    monkeypatch.setattr("engine.profile.checking.MOST_OWN_WORDS", 0)
    assert_is_refused(path, tmp_path, "more words")


# ---------------------------------------------------------------------------------------------------- weights


def with_weights(path, **changes):
    """Change what the file of weights in an archive holds, and make its own checksum fit."""
    with zipfile.ZipFile(path) as archive:
        content = archive.read("weights.safetensors")
    arrays = {**load(content), **{name: change(load(content)[name]) for name, change in changes.items()}}
    length = int.from_bytes(content[:8], "little")
    meta = json.loads(content[8 : 8 + length])["__metadata__"]
    digest = sha256(f"{meta['model']} {meta['event']} {meta['n_own_words']}".encode())
    for name in ("W_x", "W_h", "b_x", "b_h", "P", "b_p", "rows", "E", "b_out"):
        digest.update(np.ascontiguousarray(arrays[name]).data)
    rewrite(path, {"weights.safetensors": save(arrays, metadata={**meta, "sum": digest.hexdigest()})})


def filled(value, dtype=np.float32):
    """Return what makes an array of the same shape that holds nothing but ``value``."""
    return lambda array: np.full(array.shape, value, dtype)


@pytest.mark.parametrize(
    "changes",
    [
        {"rows": lambda rows: rows.astype(np.float32)},
        {"rows": lambda rows: rows.astype(np.int32)},
        {"rows": lambda rows: rows[::-1].copy()},
        {"rows": lambda rows: rows - 1_000},
        {"E": lambda E: E.astype(np.float64)},
        {"E": lambda E: E[1:]},
        {"W_x": filled(1e300, np.float64)},
        {"W_h": filled(3e38)},
        {"b_out": filled(np.nan)},
        {"P": filled(-np.inf)},
    ],
)
def test_weights_that_no_learning_makes_are_refused(exported, tmp_path, changes):
    path, _ = exported
    with_weights(path, **changes)
    assert_is_refused(path, tmp_path, "its weights are damaged")


@pytest.mark.parametrize("is_mixed", [False, True])
def test_weights_at_the_bound_still_predict_and_learn(exported, open_tiny, tmp_path, is_mixed):
    path, said = exported
    signs = np.random.default_rng(1)

    def change(array):
        return signs.choice([-1e5 if is_mixed else 1e5, 1e5], array.shape).astype(np.float32)

    with_weights(path, **dict.fromkeys(("W_x", "W_h", "b_x", "b_h", "P", "b_p", "E", "b_out"), change))
    import_profile(path, tmp_path / "to")
    engine = open_tiny(tmp_path / "to")
    assert list(map(bool, answers(engine, probes()))) == list(map(bool, said))
    reports = [engine.learner.learn_one(commit) for commit in stream(52, 30)]
    assert np.isfinite([[report.loss_before, report.loss_after] for report in reports]).all()
    assert engine.notices == ()


def test_weights_of_later_records_are_refused(exported, tmp_path):
    path, _ = exported
    rewrite(path, {"events.jsonl": lines(rows_of(path, "events")[:20]), "recent.jsonl": None})
    assert_is_refused(path, tmp_path, "other records")


# ---------------------------------------------------------------------------------------------------- anything


def use(open_tiny, folder):
    """Do with a profile all that may be done with one."""
    engine = open_tiny(folder)
    assert all("\n" not in notice for notice in engine.notices)
    n_notices = len(engine.notices)
    told = answers(engine, probes(5, 8))
    assert sum(map(bool, told)) >= 5  # nothing begins with some of the letters
    for said in told:
        assert all(is_word(token) for text, _ in said for token in tokenize(text))
        assert all("\n" not in text for text, _ in said)
    for thing in (*engine.knowledge.words(), *engine.knowledge.events()):
        datetime.fromtimestamp(getattr(thing, "at", 0) or getattr(thing, "last_used", 0)).astimezone()
    for commit in stream(36, 4):
        report = engine.learner.learn_one(commit)
        assert np.isfinite([report.loss_before, report.loss_after]).all()
    engine.forget("zorbly")
    engine.close()
    assert len(engine.notices) == n_notices  # or it could not be saved
    again = open_tiny(folder)
    assert again.notices == ()
    again.close()


def come_in_or_be_refused(path, open_tiny, tmp_path):
    """Assert that a file gives a profile that can be used, or a sentence and nothing else; tell which."""
    to = tmp_path / "to"
    shutil.rmtree(to, ignore_errors=True)  # of an example that failed
    try:
        import_profile(path, to)
    except ProfileError:
        assert not to.exists()
        assert not list(tmp_path.glob("*.importing"))
        return False
    use(open_tiny, to)
    shutil.rmtree(to)
    return True


ODD = [
    -(2**63), -1, 0, 1, 3, 2**31, 2**63 - 1, 2**64, -1e300, 0.5, 1e15, 1e300, float("inf"), float("nan"), None, True,
    "", "the", "Zorbly", "<line>", "<unknown>", "<forgotten 0>", ".", "zz; rm -rf ~\n", "x" * 50, "\ud800", "\x00",
    "[]", "[7]", '["the"]', "3:4", "7f" * 8, "80" * 8, [], {"a": 1},
]  # fmt: skip
MANY = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("table", COLUMNS)
def test_whatever_a_value_is_the_file_comes_in_whole_or_not_at_all(exported, open_tiny, tmp_path, table):
    path, _ = exported
    put_row(path, table)
    whole, rows = path.read_bytes(), rows_of(path, table)
    assert come_in_or_be_refused(path, open_tiny, tmp_path)
    rewrite(path, {f"{table}.jsonl": lines([[[], *row[1:]] for row in rows])})
    assert not come_in_or_be_refused(path, open_tiny, tmp_path)

    @settings(MANY, max_examples=25)
    @given(st.data())
    def run(data):
        path.write_bytes(whole)
        changed = json.loads(json.dumps(rows))
        for _ in range(data.draw(st.integers(1, 2))):
            row = changed[data.draw(st.integers(0, len(changed) - 1))]
            row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.sampled_from(ODD))
        del changed[: data.draw(st.sampled_from([0, 0, 0, 1, 50]))]
        rewrite(path, {f"{table}.jsonl": lines(changed)})
        come_in_or_be_refused(path, open_tiny, tmp_path)

    run()


def test_whatever_is_done_to_the_weights_the_file_comes_in_whole_or_not_at_all(exported, open_tiny, tmp_path):
    path, _ = exported
    whole = path.read_bytes()
    dtypes = st.sampled_from([np.float32, np.float64, np.int64, np.int32, np.float16])
    names = st.sampled_from(["W_x", "W_h", "b_x", "b_h", "P", "b_p", "rows", "E", "b_out"])

    @settings(MANY)
    @given(names, dtypes, st.sampled_from([0, 1, -1e4, 9e4, 3e4, 1e30, -np.inf, np.nan]), st.booleans())
    def run(name, dtype, value, cuts):
        def change(array):
            changed = array.astype(dtype)
            with np.errstate(all="ignore"):
                changed.reshape(-1)[-1:] = np.array([value]).astype(dtype)
            return changed[1:].copy() if cuts else changed

        path.write_bytes(whole)
        with_weights(path, **{name: change})
        come_in_or_be_refused(path, open_tiny, tmp_path)

    run()


def test_a_file_with_flipped_bits_comes_in_whole_or_not_at_all(exported, open_tiny, tmp_path):
    path, _ = exported
    whole = path.read_bytes()

    @settings(MANY, max_examples=150)
    @given(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(1, 255)), min_size=1, max_size=3))
    def run(flips):
        damaged = bytearray(whole)
        for place, bits in flips:
            damaged[place] ^= bits
        path.write_bytes(damaged)
        come_in_or_be_refused(path, open_tiny, tmp_path)

    run()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 97])
def test_other_ways_to_pack_are_refused(exported, tmp_path, method):
    path, _ = exported
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED if method == 97 else method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    if method == 97:
        path.write_bytes(path.read_bytes().replace(b"\x00\x00\x00\x00\x21\x00", b"\x00\x00\x61\x00\x21\x00"))
    content = bytearray(path.read_bytes())
    for place in range(100, len(content) - 100, len(content) // 40):
        content[place] ^= 16
    for bad in (path.read_bytes(), bytes(content)):
        path.write_bytes(bad)
        assert_is_refused(path, tmp_path)


# ---------------------------------------------------------------------------------------------------- tried out


@pytest.mark.parametrize("reader", ["trigrams", "case_habits", "events_after", "interpolation", "recent_words"])
def test_what_an_opening_cannot_read_leaves_nothing(exported, tmp_path, monkeypatch, reader):
    path, _ = exported

    def fail(*_):
        raise sqlite3.DatabaseError("malformed")

    monkeypatch.setattr(ProfileStore, reader, fail)
    assert_is_refused(path, tmp_path, "malformed")


def test_records_that_would_be_set_aside_are_refused(exported, tmp_path, monkeypatch):
    path, _ = exported

    def damage(store):
        close(store)
        with (store.folder / "profile.sqlite3").open("r+b") as file:
            file.seek(40)
            file.write(b"\xff" * 200)

    close = ProfileStore.close
    monkeypatch.setattr(ProfileStore, "close", damage)
    assert_is_refused(path, tmp_path)


# ---------------------------------------------------------------------------------------------------- backups


@pytest.mark.parametrize("step", ["write", "end", "fsync", "replace"])
def test_an_export_that_fails_leaves_the_older_one_whole(open_tiny, tmp_path, monkeypatch, step):
    engine = open_tiny(tmp_path / "p")
    engine.learner.learn_one(typed("we met ", "Zorbly", ("the",)))
    engine.knowledge.export(tmp_path / "me.zip")
    older, before = (tmp_path / "me.zip").read_bytes(), sorted(tmp_path.iterdir())
    engine.learner.learn_one(typed("we met ", "Quaxo", ("the",)))
    engine.knowledge.export(tmp_path / "elsewhere.zip")  # the profile is up to date now
    (tmp_path / "elsewhere.zip").unlink()

    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    of_archive = {"write": "writestr", "end": "_write_end_record"}
    monkeypatch.setattr(*(zipfile.ZipFile, of_archive[step]) if step in of_archive else (os, step), refuse)
    with pytest.raises(ProfileError, match="No space left"):
        engine.knowledge.export(tmp_path / "me.zip")
    monkeypatch.undo()
    assert (tmp_path / "me.zip").read_bytes() == older
    assert sorted(tmp_path.iterdir()) == before
    engine.knowledge.export(tmp_path / "me.zip")
    assert (tmp_path / "me.zip").read_bytes() != older


def test_an_export_is_for_its_owner_only_from_the_first_byte(open_tiny, tmp_path, monkeypatch):
    engine = open_tiny(tmp_path / "p")
    (tmp_path / "me.zip").write_bytes(b"old")
    (tmp_path / "me.zip").chmod(0o644)
    modes, write = [], zipfile.ZipFile.writestr

    def watched(archive, *arguments):
        modes.append({path.stat().st_mode & 0o777 for path in tmp_path.glob("me.zip?*")})
        write(archive, *arguments)

    monkeypatch.setattr(zipfile.ZipFile, "writestr", watched)
    engine.knowledge.export(tmp_path / "me.zip")
    assert modes
    assert all(mode == {0o600} for mode in modes)
    assert (tmp_path / "me.zip").stat().st_mode & 0o777 == 0o600


def test_a_profile_without_weights_is_carried_too(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    engine.knowledge.export(tmp_path / "me.zip")
    assert newest_weights(tmp_path / "p") is None
    import_profile(tmp_path / "me.zip", tmp_path / "to")
    with closing(ProfileStore.open(tmp_path / "to")) as store:
        assert store.notices == []
