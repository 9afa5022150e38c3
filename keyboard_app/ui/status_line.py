"""The line at the bottom: what was learned, where the caret is, and whether Foretype learns."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from keyboard_app.command_table import Command
from keyboard_app.key_table import KeyTable
from keyboard_app.typist.messages import LearnOutcome
from keyboard_app.ui.fading_label import FadingLabel
from keyboard_app.ui.icons import line_icon
from keyboard_app.ui.keys import spelled
from keyboard_app.ui.theme import Theme, load_theme
from keyboard_app.ui.wording import learnt_sentence, shortened

_SIGN_STAYS_MS = 4_000
_NAMED, _NAMELESS = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly


class StatusLine(QWidget):
    """A quiet sign of learning on the left, counts and the learning switch on the right."""

    learning_toggled = Signal(bool)
    correction_taken = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = load_theme("light")
        self._message = FadingLabel(self)
        self._message.setObjectName("message")
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._correction = QToolButton(self)
        self._correction.setObjectName("correction")
        self._correction.setAccessibleName("Correction")
        self._correction.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._correction.clicked.connect(self.correction_taken)
        self._correction.hide()
        self._is_news = False  # the sentence on screen is no mere sign of learning
        self._correction_keys: tuple[str, ...] = ()
        self._offered = ("", "")
        self._words = QLabel(self)
        self._place = QLabel(self)
        self._is_private, self._is_able = False, True
        self._switch = QToolButton(self)
        self._switch.setCheckable(True)
        self._switch.setChecked(True)
        self._switch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._switch.setToolButtonStyle(_NAMED)
        self._switch.toggled.connect(self._follow_switch)
        self._arrange()
        self._name_switch()

    def _arrange(self) -> None:
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(20, 4, 12, 4)
        row.setSpacing(18)
        row.addWidget(self._correction)
        row.addWidget(self._message, 1)
        row.addWidget(self._words)
        row.addWidget(self._place)
        row.addWidget(self._switch)

    @property
    def message(self) -> str:
        """Return the sentence on screen."""
        return self._message.text()

    @Slot(object)
    def show_learnt(self, outcome: LearnOutcome) -> None:
        """Tell what was learned, if it is worth telling; it never takes the place of what the user waits to read."""
        sentence = learnt_sentence(outcome)
        if sentence and not (self._is_news and self._message.stays):
            self._message.tell(sentence, _SIGN_STAYS_MS)
            self._is_news = False

    def tell(self, sentence: str) -> None:
        """Show ``sentence`` for some seconds: what came of something that was asked for, or befell the text."""
        self._message.tell(sentence, _SIGN_STAYS_MS)
        self._is_news = bool(sentence)

    @Slot(str, str)
    def show_correction(self, typed: str, meant: str) -> None:
        """Offer a correction, with its key; nothing where ``typed`` is empty."""
        self._offered = (typed, meant)
        if typed:
            key = spelled(self._correction_keys[0]) if self._correction_keys else ""
            typed, meant = shortened(typed).replace("&", "&&"), shortened(meant).replace("&", "&&")
            self._correction.setText(f"{typed} → {meant}    {key}".rstrip())
            self._correction.setAccessibleName(f"Correct {typed} to {meant}")
            self._correction.setToolTip(f"“{typed}” may be a typo. Click to make it “{meant}”.")
        self._correction.setVisible(bool(typed))
        self._fit()

    @property
    def correction(self) -> str:
        """Return what the button for a correction says; empty where none is offered."""
        return self._correction.text() if self._offered[0] else ""

    @property
    def correction_spoken(self) -> str:
        """Return the offer of a correction as a screen reader says it; empty where none is offered."""
        return self._correction.accessibleName() if self._offered[0] else ""

    def set_keys(self, keys: KeyTable) -> None:
        """Print the key that takes a correction."""
        self._correction_keys = keys.keys_of(Command.TAKE_CORRECTION)
        self.show_correction(*self._offered)

    def show_place(self, line: int, column: int) -> None:
        """Show where the caret is, counted from one."""
        self._place.setText(f"Line {line:,}, column {column:,}")
        self._fit()

    def show_length(self, wording: str) -> None:
        """Show how long the text is; nothing where it was not counted."""
        self._words.setText(wording)
        self._fit()

    def set_learning(self, learning: bool) -> None:
        """Show whether Foretype learns."""
        self._switch.setChecked(learning)

    @Slot(bool)
    def set_motion(self, moves: bool) -> None:
        """Let sentences fade, or go at once."""
        self._message.set_motion(moves)

    def set_private(self, private: bool) -> None:
        """Leave the switch away in a private document: whatever it says, nothing is learned there."""
        self._is_private = private
        self._show_switch()

    def set_able(self, able: bool) -> None:
        """Leave the switch away as long as nothing can be learned at all."""
        self._is_able = able
        self._show_switch()

    def _show_switch(self) -> None:
        self._switch.setVisible(self._is_able and not self._is_private)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon in the colours of ``theme``."""
        self._theme = theme
        self._name_switch()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little room, leave out the words, then the name of the switch: a place cut short is wrong."""
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        taken = self._width_of(self._correction) + self._width_of(self._place) + self._width_of(self._switch)
        # One style or the other, and never both in turn: each change has the line laid out anew.
        is_named = self._switch.toolButtonStyle() is _NAMED
        name_px = 0 if is_named else self._switch.fontMetrics().horizontalAdvance(f"{self._switch.text()}    ")
        if (taken + name_px <= room) is not is_named:
            self._switch.setToolButtonStyle(_NAMELESS if is_named else _NAMED)
        words_px = self._words.sizeHint().width() + self._row.spacing()
        self._words.setVisible(bool(self._words.text()) and taken + name_px + words_px <= room)
        others = self._width_of(self._place) + self._width_of(self._switch)
        self._correction.setMaximumWidth(max(0, room - others - self._row.spacing()))

    def _width_of(self, widget: QWidget) -> int:
        """Return how much room a widget takes beside the message, which needs none of its own."""
        return 0 if widget.isHidden() else widget.sizeHint().width() + self._row.spacing()

    @Slot(bool)
    def _follow_switch(self, learning: bool) -> None:
        self._name_switch()
        self.learning_toggled.emit(learning)

    def _name_switch(self) -> None:
        learning = self._switch.isChecked()
        name = "Learning on" if learning else "Learning paused"
        colour = self._theme.colour("accent" if learning else "muted")
        self._switch.setIcon(line_icon("learning" if learning else "paused", colour))
        self._switch.setText(name)
        self._switch.setAccessibleName(name)
        self._switch.setToolTip(
            "Foretype learns from every word you finish. Click to pause."
            if learning
            else "Nothing you type is learned now. Click to go on learning."
        )
        self._fit()
