"""Someone who answers the dialogs' questions in the user's place."""

from __future__ import annotations

from keyboard_app.ui.dialogs import UnsavedAnswer


class Answers:
    """Answers the dialogs' questions."""

    def __init__(self, path=None, unsaved=UnsavedAnswer.CANCEL, overwrite=False, erase=False):
        self.path, self.unsaved, self.overwrite, self.erase = path, unsaved, overwrite, erase
        self.asked = []

    def ask_open(self, folder):
        self.asked.append("open")
        return self.path

    def ask_save(self, suggested):
        self.asked.append("save")
        return self.path

    def ask_pdf(self, suggested):
        self.asked.append("pdf")
        return self.path

    def ask_font(self, present):
        self.asked.append("font")
        return self.path

    def ask_printer(self, printer):
        self.asked.append("printer")
        printer.setOutputFormat(printer.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.path))
        return True

    def ask_unsaved(self, name):
        self.asked.append("unsaved")
        return self.unsaved

    def ask_overwrite_changed(self, name):
        self.asked.append("overwrite")
        return self.overwrite

    def ask_erase_figures(self):
        self.asked.append("erase")
        return self.erase


def answer(window, **answers):
    """Let the window ask ``Answers`` from now on, and return them."""
    someone = Answers(**answers)
    window.documents._dialogs = window.paper._dialogs = window._dialogs = someone
    return someone
