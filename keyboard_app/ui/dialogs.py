"""The questions that stop the user: which file, and what about unsaved changes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from html import escape
from pathlib import Path

from PySide6.QtGui import QFont, QIcon
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog, QFontDialog, QInputDialog, QMessageBox, QWidget

_FILTER = "Text files (*.txt *.md *.markdown *.text);;All files (*)"


class UnsavedAnswer(Enum):
    """What to do with changes that are not saved."""

    SAVE = "save"
    DISCARD = "discard"
    CANCEL = "cancel"


class Dialogs:
    """Asks in modal windows; tests answer in its place."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

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
        name, _ = QFileDialog.getSaveFileName(self._parent, "Export what was learned", suggested, "Profile (*.zip)")
        return Path(name) if name else None

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
        name, _ = QFileDialog.getSaveFileName(self._parent, "Export to PDF", suggested, "PDF (*.pdf)")
        return Path(name) if name else None

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
