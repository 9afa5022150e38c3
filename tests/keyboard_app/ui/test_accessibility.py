"""Screen readers, keys alone, weak eyes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QListView, QWidget

from engine import Context, Explanation
from keyboard_app.figures.day import Figures, local_today
from keyboard_app.typist.orders import WordExplained
from keyboard_app.ui.announcer import spoken
from keyboard_app.ui.theme import load_theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is not there cannot do

TEXT, PART = 4.5, 3.0
"""The least contrast that WCAG 2.1 asks for at level AA: of text, and of what tells a control or its state."""
PAIRS = [
    *[("text", back, TEXT) for back in ("window", "surface", "raised", "hover", "accent_soft")],
    *[("text", back, TEXT) for back in ("selection", "match", "match_here")],
    *[("muted", back, TEXT) for back in ("window", "surface", "raised", "hover", "accent_soft")],
    *[("accent", back, TEXT) for back in ("window", "surface", "raised", "hover", "accent_soft")],
    *[("ghost", back, TEXT) for back in ("surface", "raised")],
    *[("warning", back, TEXT) for back in ("window", "surface")],
    *[("notice_text", back, TEXT) for back in ("notice", "notice_border")],
    ("accent", "border", PART),  # the frame of what has the focus, beside the frame of what has not
]


def luminance(colour):
    parts = (channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4 for channel in colour)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one, other):
    lights = sorted(luminance(QColor(colour).getRgbF()[:3]) for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_contrast_is_reckoned_as_wcag_does():
    assert round(contrast("#000000", "#ffffff"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_both_themes_have_the_contrast_that_wcag_asks_for(name, front, back, least):
    theme = load_theme(name)
    assert contrast(theme.colour(front), theme.colour(back)) >= least


@pytest.mark.parametrize("name", ["light", "dark"])
def test_ghost_text_is_told_from_written_text(name):
    theme = load_theme(name)
    assert contrast(theme.colour("text"), theme.colour("ghost")) >= 2


@pytest.mark.parametrize(
    ("words", "message", "said"),
    [
        (("turn", "turned", ""), "", "1: turn, 2: turned"),
        (("", "", ""), "", "No suggestions"),
        (("", "", ""), "Warming up…", "Warming up…"),
    ],
)
def test_the_strip_is_put_into_words(words, message, said):
    assert spoken(words, message) == said


def test_a_key_says_the_suggestions_politely_and_only_then(qtbot, compose, monkeypatch):
    window = compose().window
    said = []
    monkeypatch.setattr(
        "keyboard_app.ui.announcer.QAccessible.updateAccessibility",
        lambda event: said.append((event.message(), event.politeness(), event.object())),
    )
    qtbot.keyClicks(window.editor, "tu")
    qtbot.waitUntil(lambda: window.suggestion_bar.words == ("turn", "turned", "turning"))
    assert said == []
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.editor, Qt.Key.Key_Space, control_shift)
    polite = QAccessible.AnnouncementPoliteness.Polite
    assert said == [("1: turn, 2: turned, 3: turning", polite, window.editor)]
    assert window.editor.raw_text() == "tu"


def windows_of(application):
    """Open everything that can be opened, and return it."""
    window = application.window
    application.statistics.keeper.add({local_today(): Figures(9, 8, 7, 2, 3, 99, 600, 90_000, 3, 9.0, 6.0)})
    for action in (window.menus.preferences, window.menus.keys_help, window.menus.about, window.menus.statistics):
        action.trigger()
    window.menus.replace.trigger()
    settings = window.settings
    reasons = Explanation(Context("we met "), "Quillonia", 0.4, 0.2, 0.05, 0.05, 0.05, 0.05, 3, ("we", "met"), 2)
    application.why.take_answer(WordExplained("Quillonia", reasons))
    while not application.statistics.dialog.erase.isEnabled():
        QApplication.processEvents()  # the figures are on their way
    application.knowledge.open()
    application.knowledge.knowledge.allow_profiles()
    dialogs = [application.statistics.dialog, application.why.dialog, application.knowledge.knowledge]
    return [window, settings.preferences_dialog, settings.keys_help, settings.about, *dialogs]


def test_whatever_can_have_the_focus_has_a_name_and_a_role_for_screen_readers(compose):
    nameless = []
    for top in windows_of(compose()):
        for widget in top.findChildren(QWidget):
            if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.objectName().startswith("qt_"):
                continue
            if isinstance(widget, QListView) and isinstance(widget.parent().parent(), QComboBox):
                continue  # the list that a box unfolds speaks by its rows
            if isinstance(widget.focusProxy(), QWidget):
                continue  # another one has the focus in its place
            interface = QAccessible.queryAccessibleInterface(widget)
            if not interface.text(QAccessible.Text.Name) or interface.role() == QAccessible.Role.NoRole:
                nameless.append((type(widget).__name__, widget.objectName(), type(widget.parent()).__name__))
    assert nameless == []


def is_seen(qtbot, widget):
    """Tell whether a picture of the widget changes when it gets the focus."""
    widget.window().activateWindow()
    others = [other for other in widget.window().findChildren(QWidget) if other.isVisible() and other is not widget]
    next(other for other in others if other.focusPolicy() & Qt.FocusPolicy.TabFocus).setFocus()
    qtbot.waitUntil(lambda: not widget.hasFocus())
    before = widget.grab().toImage()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(widget.hasFocus)
    return widget.grab().toImage() != before


def test_the_focus_can_be_seen_on_every_kind_of_control(qtbot, compose):
    application = compose()
    _, dialog, keys, _, statistics, *_ = windows_of(application)
    row = dialog.row("Show the strip of suggestions")
    number, choice = dialog.row("Ghost text only if likely by"), dialog.row("Place of the strip")
    dialog.open_at(0)
    dialog.pages.setFocus()
    assert is_seen(qtbot, statistics.charts[0].drawing)
    for widget in (row.box, number.box, choice.box, dialog.search, dialog.pages, keys.table):
        assert is_seen(qtbot, widget), widget
    for button in keys.findChildren(QAbstractButton):
        if button.isVisible():
            assert is_seen(qtbot, button), button.text()


@pytest.fixture
def large_letters(qapp):
    """Make the letters of menus and labels three times as large, and undo it."""
    usual = qapp.font()
    large = qapp.font()
    large.setPointSizeF(usual.pointSizeF() * 3)
    qapp.setFont(large)
    yield
    qapp.setFont(usual)


def test_letters_of_300_percent_are_nowhere_cut_off(qtbot, large_letters, compose):
    application = compose()
    application.preferences.change(font_pt=42)
    tops = windows_of(application)
    cut = []
    for page in range(tops[1].pages.count()):
        tops[1].open_at(page)
        tops[-1].tabs.setCurrentIndex(page % tops[-1].tabs.count())
        qtbot.wait(1)
        for top in tops:
            for widget in top.findChildren(QWidget):
                if not widget.isVisible() or not isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
                    continue
                if widget.objectName().startswith("qt_") or isinstance(widget.parent(), QLineEdit):
                    continue  # Qt's own parts, and the crosses in fields, which have no letters
                if widget.objectName() in ("slot", "message"):
                    continue  # these shorten what they show by an ellipsis, and tell it whole to whoever asks
                wraps = isinstance(widget, QLabel) and widget.wordWrap()
                height = widget.heightForWidth(widget.width()) if wraps else widget.minimumSizeHint().height()
                too_narrow = not wraps and widget.width() < widget.minimumSizeHint().width()
                if too_narrow or widget.height() < height:
                    cut.append(
                        (type(widget).__name__, widget.accessibleName(), widget.size(), widget.minimumSizeHint())
                    )
    assert cut == []
    slot = application.window.suggestion_bar.slot_buttons[0]
    assert slot.height() >= slot.sizeHint().height()
