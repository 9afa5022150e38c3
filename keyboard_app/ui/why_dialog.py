"""Why a word was offered: how likely it was, and what that came from, as a bar and in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from engine.values import Explanation
from keyboard_app.ui.announcer import announce
from keyboard_app.ui.reasons import Reason, headline, reasons_of, remark, told
from keyboard_app.ui.share_bar import ShareBar, Swatch
from keyboard_app.ui.theme import Theme
from keyboard_app.ui.wording import shortened

_WIDTH_PX = 520
_LETTERS = 70
"""So many letters at least go into the width."""
_TITLE_SIZE = 1.4
"""Beside the other letters."""


class WhyDialog(QDialog):
    """Stays beside the text; it tells of the moment when it was asked."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Why this word?")
        self._theme = theme
        self._explanation: Explanation | None = None
        self.title, self.headline, self.remark = (self._label() for _ in range(3))
        self.title.setObjectName("title")
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * _TITLE_SIZE)
        self.title.setFont(font)
        self.bar = ShareBar(theme, self)
        self.reasons = QWidget(self)
        self.remark.setObjectName("hint")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.close_button = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        self.close_button.setIcon(QIcon())  # the style's own picture belongs to another family
        self.close_button.setAccessibleName("Close")
        self.buttons.rejected.connect(self.reject)
        self.area = self._scrolled()
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 14)
        whole.addWidget(self.area, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.addWidget(self.buttons)
        whole.addLayout(foot)

    def explain(self, explanation: Explanation) -> None:
        """Show the reasons for a word, and let a screen reader say them."""
        self._explanation = explanation
        reasons = reasons_of(explanation)
        self.title.setText(f"Why “{shortened(explanation.word)}”?")
        self.headline.setText(headline(explanation))
        self.bar.show_reasons(reasons)
        self._list(reasons)
        self.remark.setText(remark(explanation))
        self.remark.setVisible(bool(self.remark.text()))
        sentence = told(explanation)
        self.setAccessibleDescription(sentence)
        self.close_button.setAccessibleDescription(sentence)
        self.show()
        self._fit()  # only now do the parts know the style of their letters
        self.raise_()
        self.activateWindow()
        self.close_button.setFocus()
        announce(self, sentence)

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of ``theme``."""
        self._theme = theme
        self.bar.set_theme(theme)
        if self._explanation is not None:
            self._list(reasons_of(self._explanation))

    def _scrolled(self) -> QScrollArea:
        """Return the place of all that is said; it scrolls where letters are large and the screen small."""
        content = QWidget(self)
        content.setObjectName("settings")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(12, 10, 12, 6)
        self._column.setSpacing(12)
        for part in (self.title, self.headline, self.bar, self.reasons, self.remark):
            self._column.addWidget(part)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        return area

    def _fit(self) -> None:
        """Be as high as what is said, where the screen is."""
        width = max(_WIDTH_PX, _LETTERS * self.fontMetrics().averageCharWidth())
        frame = self._whole.contentsMargins()
        height = self._column.heightForWidth(width - frame.left() - frame.right())
        height += self._whole.spacing() + self.buttons.sizeHint().height() + frame.top() + frame.bottom()
        room = self.screen().availableSize() * 0.9
        self.resize(min(width, room.width()), min(height, room.height()))

    def _list(self, reasons: tuple[Reason, ...]) -> None:
        """Put the parts into words, the largest letters for the percent."""
        page = QWidget(self)
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(2, 1)
        for row, reason in enumerate(reasons):
            percent, words = self._label(), self._label()
            percent.setWordWrap(False)
            percent.setText(f"{reason.percent} %")
            percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            words.setText(f"{reason.name}: {reason.meaning}")
            grid.addWidget(Swatch(self._theme.colour(reason.colour), page), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(percent, row, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, 2)
        self._column.replaceWidget(self.reasons, page)
        self.reasons.deleteLater()
        self.reasons.hide()
        self.reasons = page
        page.show()

    def _label(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label
