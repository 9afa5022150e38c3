"""Other profiles, while the window stays open."""

from __future__ import annotations

import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from PySide6.QtCore import Qt

from engine.errors import ProfileError
from engine.values import Commit, CommitSource, Context
from keyboard_app import paths
from keyboard_app.figures.records import FiguresFile
from keyboard_app.instance.handing_over import ring
from keyboard_app.instance.message import Visit
from keyboard_app.profiles import Tenancy, free_name, lock_profile
from keyboard_app.ui.typing_desk import ModelState
from tests.keyboard_app.fake_engine import FakeEngine

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Let all profiles lie in a temporary folder."""
    monkeypatch.setattr(paths.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "data")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    return tmp_path


class Engines:
    """A fake engine for each profile folder; what a folder cannot be opened for is in ``errors``."""

    def __init__(self):
        self.of, self.errors, self.opened = {}, {}, []
        self.wait_for = None

    def open(self, folder):
        if self.wait_for is not None:
            self.wait_for.wait(5.0)
        if folder in self.errors:
            raise self.errors[folder]
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        self.opened.append(folder)
        engine = self.of[folder] = FakeEngine()
        return engine


@pytest.fixture
def engines():
    return Engines()


@pytest.fixture
def window_on(compose, home, engines):
    """Open a window on a profile, which nobody else can have then."""
    tenancies = []

    def start(name="default"):
        tenancy = Tenancy(name, lock_profile(paths.profile_lock_file(name))[0]) if name else Tenancy()
        tenancies.append(tenancy)
        first = engines.open(tenancy.folder)
        application = compose(first, tenancy=tenancy, open_profile=engines.open)
        return application, first

    yield start
    for tenancy in tenancies:
        tenancy.end()


def folder(name):
    return paths.profile_folder(name)


def is_open(application, name):
    return application.profiles.tenancy.name == name and application.desk.state is ModelState.READY


def names_in_menu(application):
    return [
        (action.text(), action.isChecked())
        for action in application.window.menus.profiles.actions()
        if action.isCheckable()
    ]


# ------------------------------------------------------------------------------------------------- moving


def stored(application):
    return application.window.settings.preferences_dialog.row("What is stored").hint.text()


def test_the_preferences_name_the_folder_of_the_profile_that_is_open(qtbot, window_on):
    application, _ = window_on("")
    application.window.menus.preferences.trigger()
    assert "nowhere, as this window has no profile" in stored(application)
    application.profiles.move_to("work")
    qtbot.waitUntil(lambda: is_open(application, "work"))
    assert f"numbers a day: {folder('work')}\n" in stored(application)
    application.profiles.move_to("home")
    qtbot.waitUntil(lambda: is_open(application, "home"))
    assert f"numbers a day: {folder('home')}\n" in stored(application)


def test_no_switch_says_that_learning_is_on_where_it_was_given_up_until_another_profile_is_open(qtbot, window_on):
    application, engine = window_on()
    switch = application.window.status_line._switch
    engine.learner.errors = [RuntimeError("broken")] * 3
    application.model.learn([Commit(Context.before_caret(""), "turn", CommitSource.TYPED)] * 3)
    qtbot.waitUntil(switch.isHidden)
    application.profiles.move_to("work")
    qtbot.waitUntil(lambda: is_open(application, "work"))
    qtbot.waitUntil(lambda: not switch.isHidden())


def test_the_title_names_the_program_once(qtbot, window_on):  # Qt puts it behind every title that does not end with it
    application, _ = window_on()
    assert application.window.windowTitle() == "Untitled[*] – Foretype"
    application.profiles.move_to("work")
    qtbot.waitUntil(lambda: is_open(application, "work"))
    assert application.window.windowTitle() == "Untitled[*] – work – Foretype"


def test_from_the_menu_another_profile_is_opened_and_learns(qtbot, window_on, engines):
    folder("work").mkdir(parents=True)
    application, first = window_on()
    assert names_in_menu(application) == [("default", True), ("work", False)]
    qtbot.keyClicks(application.window.editor, "at home ")
    next(a for a in application.window.menus.profiles.actions() if a.text() == "work").trigger()
    qtbot.waitUntil(lambda: is_open(application, "work"))
    qtbot.keyClicks(application.window.editor, "at work ")
    application.desk.release()
    second = engines.of[folder("work")]
    qtbot.waitUntil(lambda: len(second.learner.commits) == 2)
    assert [commit.text for commit in first.learner.commits] == ["at", "home"]
    assert [commit.text for commit in second.learner.commits] == ["at", "work"]
    assert first.is_closed
    assert names_in_menu(application) == [("default", False), ("work", True)]
    assert application.window.windowTitle().endswith(" – work – Foretype")
    assert application.window.editor.raw_text() == "at home at work "


def test_a_word_that_is_marked_as_a_typo_stays_with_the_profile_that_is_left(qtbot, window_on, engines):
    application, first = window_on()
    qtbot.keyClicks(application.window.editor, "we saw teh ")
    qtbot.waitUntil(lambda: application.corrections.marked == ("teh",))
    application.profiles.move_to("work")
    assert application.corrections.marked == ()
    qtbot.waitUntil(lambda: is_open(application, "work"))
    application.desk.release()
    assert [commit.text for commit in first.learner.commits] == ["we", "saw", "teh"]
    assert engines.of[folder("work")].learner.commits == []


def test_the_suggestions_are_those_of_the_profile_that_is_open(qtbot, window_on, engines):
    application, first = window_on()
    first.predictor.words.insert(0, "Tumbrel")
    qtbot.keyClicks(application.window.editor, "tumb")
    qtbot.waitUntil(lambda: "Tumbrel" in application.window.suggestion_bar.words)
    application.profiles.move_to("work")
    qtbot.waitUntil(lambda: is_open(application, "work"))
    qtbot.waitUntil(lambda: not application.desk.is_waiting)
    assert "Tumbrel" not in application.window.suggestion_bar.words


def test_typing_goes_on_while_a_profile_opens(qtbot, window_on, engines):
    application, first = window_on()
    engines.wait_for = Event()
    application.profiles.move_to("work")
    assert application.window.suggestion_bar.message == ModelState.MOVING.value
    qtbot.keyClicks(application.window.editor, "every key counts ")
    assert application.window.editor.raw_text() == "every key counts "
    application.profiles.move_to("other")
    assert "try again in a moment" in application.window.status_line.message
    engines.wait_for.set()
    qtbot.waitUntil(lambda: is_open(application, "work"))
    application.desk.release()
    second = engines.of[folder("work")]
    qtbot.waitUntil(lambda: [commit.text for commit in second.learner.commits] == ["every", "key", "counts"])
    assert first.learner.commits == []


def test_the_next_window_begins_with_the_profile_that_was_chosen_last(qtbot, window_on, home):
    application, _ = window_on()
    application.profiles.move_to("work")
    qtbot.waitUntil(lambda: is_open(application, "work"))
    assert json.loads((home / "settings.json").read_text("utf-8"))["profile"] == "work"


def test_a_profile_that_is_left_is_free_and_the_one_that_is_open_is_not(qtbot, window_on):
    application, _ = window_on()
    application.profiles.move_to("work")
    qtbot.waitUntil(lambda: is_open(application, "work"))
    lock, is_ours = lock_profile(paths.profile_lock_file("default"))
    assert is_ours
    lock.unlock()
    assert not lock_profile(paths.profile_lock_file("work"))[1]


def test_later_starts_find_the_window_by_the_profile_that_is_open(qtbot, window_on, tmp_path):
    application, _ = window_on()
    application.let_in(paths.instance_socket("default"))
    application.profiles.move_to("work")
    qtbot.waitUntil(lambda: is_open(application, "work"))
    (tmp_path / "later.txt").write_text("later", encoding="utf-8")
    with ThreadPoolExecutor(max_workers=1) as another_process:  # the window's own thread answers
        for name, is_taken in (("default", False), ("work", True)):
            rung = another_process.submit(ring, Visit((tmp_path / "later.txt",), ""), paths.instance_socket(name))
            qtbot.waitUntil(rung.done, timeout=10_000)
            assert rung.result() is is_taken
    qtbot.waitUntil(lambda: application.window.editor.raw_text() == "later")


def test_a_profile_of_another_window_stays_with_it(qtbot, window_on, engines):
    application, first = window_on()
    lock, _ = lock_profile(paths.profile_lock_file("work"))
    application.profiles.move_to("work")
    assert application.window.notice_bar.sentence == (
        "Another Foretype window is using the profile “work”; close it first."
    )
    assert is_open(application, "default")
    assert not first.is_closed
    lock.unlock()


def test_a_profile_that_cannot_be_opened_leaves_the_one_before_open(qtbot, window_on, engines):
    application, _ = window_on()
    engines.errors[folder("work")] = ProfileError("The profile in work has version 9; install a newer Foretype.")
    application.profiles.move_to("work")
    qtbot.waitUntil(lambda: "version 9" in application.window.notice_bar.sentence)
    assert is_open(application, "default")
    assert engines.opened == [folder("default")] * 2
    qtbot.keyClicks(application.window.editor, "still learned ")
    application.desk.release()
    qtbot.waitUntil(lambda: len(engines.of[folder("default")].learner.commits) == 2)
    lock, is_ours = lock_profile(paths.profile_lock_file("work"))
    assert is_ours
    lock.unlock()


def test_where_neither_can_be_opened_words_are_learned_for_the_session_and_that_is_told(qtbot, window_on, engines):
    application, _ = window_on()
    engines.errors |= {folder(name): ProfileError(f"No {name}.") for name in ("work", "default")}
    application.profiles.move_to("work")
    notices = application.window.notice_bar
    qtbot.waitUntil(lambda: notices.sentence == "No work.")
    notices.put_away()
    assert notices.sentence == "No default. What you type now is learned for this session only."
    assert engines.opened[-1] is None


def test_a_window_without_a_profile_can_have_one(qtbot, window_on, engines):
    application, _ = window_on("")
    menus = application.window.menus
    assert not menus.afresh.isEnabled()
    application.profiles.move_to("work")
    qtbot.waitUntil(lambda: is_open(application, "work"))
    assert menus.afresh.isEnabled()
    assert folder("work") in engines.opened


def test_figures_go_to_the_profile_that_is_open(qtbot, window_on):
    application, _ = window_on()
    qtbot.keyClicks(application.window.editor, "at home ")
    application.profiles.move_to("work")
    qtbot.waitUntil(lambda: is_open(application, "work"))
    qtbot.keyClicks(application.window.editor, "at work today ")
    application.desk.release()
    application.statistics.end()
    first, second = (FiguresFile.open(where) for where in (application.profile_folder, folder("work")))
    assert [sum(figures.n_words for figures in file.read().values()) for file in (first, second)] == [2, 3]
    first.close()
    second.close()


def test_files_that_are_being_read_are_left_for_the_next_time(qtbot, window_on, tmp_path):
    application, first = window_on()
    first.learner.delay_s = 0.005
    (tmp_path / "a.txt").write_text("alpha beta gamma " * 500, encoding="utf-8")
    application.readings.learn_from((tmp_path / "a.txt",))
    dialog, said = application.readings.dialog, []
    application.readings.told.connect(said.append)
    qtbot.waitUntil(lambda: "words" in dialog.label.text())
    application.profiles.move_to("work")
    qtbot.waitUntil(lambda: is_open(application, "work"))
    assert said[0].startswith("Stopped after")
    assert "go on from there" not in said[0]  # they would not, in this profile
    qtbot.waitUntil(dialog.isHidden)
    assert first.readings[0].is_closed


# ------------------------------------------------------------------------------------------------- new ones


@pytest.fixture
def answers(monkeypatch):
    """Answer the questions of the dialogs; ``asked`` keeps what was asked."""

    def answer(application, *, name=None, file=None, afresh=False):
        asked = []
        dialogs = application.profiles.dialogs
        monkeypatch.setattr(dialogs, "ask_name", lambda _, question, suggested: asked.append(suggested) or name)
        monkeypatch.setattr(dialogs, "ask_profile_to_import", lambda _: file)
        monkeypatch.setattr(dialogs, "ask_start_afresh", lambda profile: asked.append(profile) or afresh)
        return asked

    return answer


def test_a_new_profile_is_made_and_open(qtbot, window_on, answers, engines):
    application, _ = window_on()
    answers(application, name=" letters ")
    application.window.menus.new_profile.trigger()
    qtbot.waitUntil(lambda: is_open(application, "letters"))
    assert application.window.status_line.message == "“letters” is open now; it knows nothing of you yet"
    assert ("letters", True) in names_in_menu(application)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("DEFAULT", "There is a profile “DEFAULT” already; choose another name."),
        ("../etc", "'../etc' cannot be the name of a profile; use up to 40 letters, digits, spaces and hyphens."),
    ],
)
def test_a_name_that_cannot_be_is_asked_for_again(qtbot, window_on, engines, monkeypatch, name, told):
    application, _ = window_on()
    asked, given = [], iter([name, "letters"])
    monkeypatch.setattr(
        application.profiles.dialogs, "ask_name", lambda *question: asked.append(question[1:]) or next(given)
    )
    application.window.menus.new_profile.trigger()
    question = "What shall the new profile be called?"
    assert asked == [(question, ""), (f"{told}\n\n{question}", name)]
    qtbot.waitUntil(lambda: is_open(application, "letters"))
    assert application.window.notice_bar.sentence == ""


@pytest.mark.parametrize("name", ["", " ", None])
def test_who_gives_no_name_changes_nothing(window_on, answers, engines, name):
    application, _ = window_on()
    answers(application, name=name)
    application.window.menus.new_profile.trigger()
    assert application.window.notice_bar.sentence == ""
    assert is_open(application, "default")
    assert engines.opened == [folder("default")]


def test_a_bad_file_gives_one_sentence_and_loses_nothing(qtbot, window_on, answers, tmp_path):
    application, first = window_on()
    with zipfile.ZipFile(tmp_path / "me.zip", "w") as archive:
        archive.writestr("manifest.json", "{}")
    asked = answers(application, name="mine", file=tmp_path / "me.zip")
    application.window.menus.import_profile.trigger()
    assert "is no profile that can be read" in application.window.notice_bar.sentence
    assert asked == []  # nobody need think of a name for what cannot be imported
    assert is_open(application, "default")
    assert not first.is_closed
    assert not folder("mine").exists()


def test_a_file_that_is_gone_is_told(qtbot, window_on, answers, tmp_path):
    application, _ = window_on()
    answers(application, name="mine", file=tmp_path / "gone.zip")
    application.window.menus.import_profile.trigger()
    assert "There is no file" in application.window.notice_bar.sentence


def test_a_profile_is_emptied_only_when_the_user_confirms(qtbot, window_on, answers, engines):
    application, first = window_on()
    (folder("default") / "profile.sqlite3").write_bytes(b"words")
    asked = answers(application, afresh=False)
    application.window.menus.afresh.trigger()
    assert asked == ["default"]
    assert not first.is_closed
    answers(application, afresh=True)
    application.window.menus.afresh.trigger()
    qtbot.waitUntil(lambda: application.window.status_line.message == "“default” knows nothing of you any more")
    assert is_open(application, "default")
    assert first.is_closed
    assert list(folder("default").iterdir()) == []
    assert not list(folder("default").parent.glob("*.removed"))


def test_a_window_that_closes_at_once_still_empties_the_profile(qtbot, window_on, answers):
    application, first = window_on()
    first.learner.delay_s = 0.2
    (folder("default") / "profile.sqlite3").write_bytes(b"words")
    answers(application, afresh=True)
    qtbot.keyClicks(application.window.editor, "so many words are still waiting to be learned here ")
    application.window.menus.afresh.trigger()
    qtbot.waitUntil(lambda: bool(application.model._mailbox._orders))
    application.window.editor.document().setModified(False)
    application.window.close()
    assert application.stop()
    assert not folder("default").exists()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("foretype-profile", "foretype-profile"), ("work", "work 2"), ("a/b: c.d", "a b c d"), ("", "profile"),
        ("nul", "profile"), ("x" * 90, "x" * 30), ("Work", "Work 2"),
    ],
)  # fmt: skip
def test_the_name_that_is_suggested_can_be_one(wanted, name):
    assert free_name(wanted, ("default", "work")) == name


# ------------------------------------------------------------------------------------------------- the page


def test_the_panel_lists_the_profiles_and_opens_one(qtbot, window_on, answers):
    folder("work").mkdir(parents=True)
    application, _ = window_on()
    application.knowledge.open()
    dialog = application.knowledge.knowledge
    dialog.tabs.setCurrentWidget(dialog.profiles)
    page = dialog.profiles
    assert [page.list.item(row).text() for row in range(page.list.count())] == ["default  (open now)", "work"]
    assert not page.open.isEnabled()
    page.list.setCurrentRow(1)
    qtbot.mouseClick(page.open, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: is_open(application, "work"))
    assert [page.list.item(row).text() for row in range(page.list.count())] == ["default", "work  (open now)"]
    assert page.selected == "work"


def test_a_profile_that_is_not_open_is_removed_when_the_user_confirms(qtbot, window_on, monkeypatch):
    for name in ("work", "other"):
        folder(name).mkdir(parents=True)
        (folder(name) / "profile.sqlite3").write_bytes(b"words")
    application, _ = window_on()
    application.knowledge.open()
    page = application.knowledge.knowledge.profiles
    assert not page.remove.isEnabled()  # the one that is open is selected
    answers = iter([False, True, True])
    monkeypatch.setattr(application.profiles.dialogs, "ask_remove", lambda _: next(answers))
    page.list.setCurrentRow(2)
    page.remove.click()
    assert folder("work").exists()
    page.remove.click()
    qtbot.waitUntil(lambda: [page.list.item(row).text() for row in range(page.list.count())][1:] == ["other"])
    assert not folder("work").exists()
    assert application.window.status_line.message == "Removed “work” with everything that it knew"
    lock, _ = lock_profile(paths.profile_lock_file("other"))
    page.list.setCurrentRow(1)
    page.remove.click()
    assert "Another Foretype window is using" in application.knowledge.knowledge.message.text()
    assert application.window.notice_bar.sentence == ""  # behind the panel nobody would see it
    assert folder("other").exists()
    lock.unlock()


def test_a_window_that_cannot_move_shows_no_page_of_profiles(qtbot, compose):
    application = compose()
    application.knowledge.open()
    dialog = application.knowledge.knowledge
    assert not dialog.tabs.isTabVisible(dialog.tabs.indexOf(dialog.profiles))
    assert not application.window.menus.profiles.isEnabled()
