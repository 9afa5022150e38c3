from __future__ import annotations

import json
import zipfile
from hashlib import sha256

import pytest

from engine import Feedback, FeedbackKind, ProfileError
from engine.profile.portable import import_profile
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


def test_a_place_that_cannot_be_written_is_told(open_tiny, tmp_path):
    engine = open_tiny(tmp_path / "p")
    with pytest.raises(ProfileError):
        engine.knowledge.export(tmp_path / "nowhere" / "me.zip")


def test_what_is_no_text_among_the_words_on_screen_does_no_harm(exported, open_tiny, tmp_path):
    path, _ = exported
    with zipfile.ZipFile(path) as archive:
        events = [json.loads(line) for line in archive.read("events.jsonl").splitlines()]
    for event in events:
        event[6] = '["the", 7, null, {"a": []}, "the "]'
    rewrite(path, {"events.jsonl": "".join(json.dumps(event) + "\n" for event in events).encode()})
    import_profile(path, tmp_path / "to")
    engine = open_tiny(tmp_path / "to")
    assert engine.predictor.attention.declined.words == ()
    assert answers(engine, probes())
