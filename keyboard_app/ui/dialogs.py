"""The questions that stop the user: which file, and what about unsaved changes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from html import escape
from pathlib import Path

from PySide6.QtGui import QFont, QIcon
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QFontDialog, QInputDialog, QMessageBox, QWidget
from shiboken6 import isValid

_FILTER = "Text files (*.txt *.md *.markdown *.text);;All files (*)"


class UnsavedAnswer(Enum):
    """What to do with changes that are not saved."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Dialogs:
    """Asks in modal windows; tests answer in its place."""

    def __init__(self, window: QWidget) -> None:
        self._window = self._asked_last = window

    @property
    def _parent(self) -> QWidget:
        """Return the window that asks: the main one, or one of its own in front of it, to which the keys go back."""
        front = QApplication.activeWindow()
        if front is None and isValid(self._asked_last) and self._asked_last.isVisible():
            return self._asked_last  # the question before has just gone, and the keys are on their way back
        self._asked_last = front if front is not None and self._is_own(front) else self._window
        return self._asked_last

    def _is_own(self, window: QWidget) -> bool:
        """Tell whether a window is the main one, or was opened by it."""
        above: QWidget | None = window
        while above is not None and above is not self._window:
            above = above.parentWidget()
        return above is not None

    def ask_open(self, folder: str) -> Path | None:
        """Ask which file to open."""
        name, _ = QFileDialog.getOpenFileName(self._parent, "Open", folder, _FILTER)
        return Path(name) if name else None

    def ask_save(self, suggested: str) -> Path | None:
        """Ask under which name to save."""
        name, _ = QFileDialog.getSaveFileName(self._parent, "Save as", suggested, _FILTER)
        return Path(name) if name else None

    def ask_files(self, title: str, folder: str) -> tuple[Path, ...]:
        """Ask for any number of text files."""
        names, _ = QFileDialog.getOpenFileNames(self._parent, title, folder, _FILTER)
        return tuple(Path(name) for name in names)

    def ask_profile_file(self, suggested: str) -> Path | None:
        """Ask under which name to export what was learned."""
        return self._ask_where("Export what was learned", suggested, "Profile (*.zip)", ".zip")

    def ask_profile_to_import(self, folder: str) -> Path | None:
        """Ask which exported file to import."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent, "Import a profile", folder, "Profile (*.zip);;All files (*)"
        )
        return Path(name) if name else None

    def ask_name(self, title: str, question: str, suggested: str) -> str | None:
        """Ask for a short name."""
        name, is_given = QInputDialog.getText(self._parent, title, question, text=suggested)
        return name if is_given else None

    def ask_start_afresh(self, profile: str) -> bool:
        """Ask whether to empty a profile."""
        return self._ask_give_up(f"Forget everything that “{profile}” knows?", "&Forget everything")

    def ask_remove(self, profile: str) -> bool:
        """Ask whether to remove a profile."""
        return self._ask_give_up(f"Remove “{profile}” with everything it knows?", "&Remove it")

    def _ask_give_up(self, question: str, answer: str) -> bool:
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Foretype")
        box.setText(f"<b>{escape(question)}</b>")
        box.setInformativeText(
            "Every word that Foretype learned from you in this profile goes, with your lists of words and the "
            "statistics. It cannot be brought back; export the profile first if you may want it again. "
            "Your documents stay as they are."
        )
        forget = box.addButton(answer, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        _without_icons(box)
        box.exec()
        return box.clickedButton() is forget

    def ask_forget(self, words: Sequence[str]) -> bool:
        """Ask whether to forget words for good."""
        named = f"“{words[0]}”" if len(words) == 1 else f"{len(words):,} words"
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Foretype")
        box.setText(f"<b>Forget {escape(named)}?</b>")
        box.setInformativeText(
            "Every count and record of it is removed from your profile, and cannot be brought back. "
            "It is not offered again until you type it again."
        )
        forget = box.addButton("&Forget", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        _without_icons(box)
        box.exec()
        return box.clickedButton() is forget

    def ask_pdf(self, suggested: str) -> Path | None:
        """Ask under which name to export."""
        return self._ask_where("Export to PDF", suggested, "PDF (*.pdf)", ".pdf")

    def _ask_where(self, title: str, suggested: str, kind: str, suffix: str) -> Path | None:
        """Ask under which name to write a file of one kind; it is known by the end of its name."""
        dialog = QFileDialog(self._parent, title, suggested, kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(suffix.removeprefix("."))  # so that the right file is looked for before it is replaced
        dialog.selectFile(suggested)
        while dialog.exec():
            path = Path(dialog.selectedFiles()[0])
            if path.suffix.casefold() == suffix:
                return path
            dialog.selectFile(f"{path}{suffix}")  # it had another end: the user sees what it would be called
        return None

    def ask_font(self, present: QFont) -> str | None:
        """Ask for a typeface and return its name."""
        dialog = QFontDialog(present, self._parent)
        dialog.setWindowTitle("Font of the text")
        return dialog.selectedFont().family() if dialog.exec() else None

    def ask_printer(self, printer: QPrinter) -> bool:
        """Let the user choose a printer and set it up; tell whether to print."""
        return QPrintDialog(printer, self._parent).exec() == QDialog.DialogCode.Accepted

    def ask_unsaved(self, name: str) -> UnsavedAnswer:
        """Ask what to do with changes that are not saved."""
        buttons = QMessageBox.StandardButton
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Foretype")
        box.setText(f"<b>Save the changes to “{escape(name)}”?</b>")
        box.setInformativeText("Without saving, what you wrote since the last save is lost.")
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        _without_icons(box)
        answers = {buttons.Save: UnsavedAnswer.SAVE, buttons.Discard: UnsavedAnswer.DISCARD}
        return answers.get(buttons(box.exec()), UnsavedAnswer.CANCEL)

    def ask_overwrite_changed(self, name: str) -> bool:
        """Ask whether to replace a file that another program changed."""
        buttons = QMessageBox.StandardButton
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Foretype")
        box.setText(f"<b>“{escape(name)}” was changed by another program.</b>")
        box.setInformativeText("Saving replaces those changes by the text in this window.")
        replace = box.addButton("Replace", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(buttons.Cancel))
        _without_icons(box)
        box.exec()
        return box.clickedButton() is replace

    def ask_erase_figures(self) -> bool:
        """Ask whether to erase what was counted."""
        buttons = QMessageBox.StandardButton
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle("Foretype")
        box.setText("<b>Erase all figures?</b>")
        box.setInformativeText("What Foretype learned from your words stays. The figures cannot be brought back.")
        erase = box.addButton("Erase", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(buttons.Cancel))
        _without_icons(box)
        box.exec()
        return box.clickedButton() is erase


def _without_icons(box: QMessageBox) -> None:
    """Leave the style's own pictures away: they belong to another family."""
    for button in box.buttons():
        button.setIcon(QIcon())
