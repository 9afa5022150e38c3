"""Keeps unsaved documents safe from a crash, and offers what an earlier window left behind."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot

from keyboard_app.document.draft import Draft
from keyboard_app.timers import put_off
from keyboard_app.ui.document_desk import DocumentDesk
from keyboard_app.ui.editor import Editor
from keyboard_app.ui.notice_bar import Choice, NoticeBar
from keyboard_app.ui.open_document import OpenDocument
from keyboard_app.worker.draft_keeper import DraftKeeper, FoundDrafts

PAUSE_MS = 3_000
"""At most so much writing is lost."""
_State = tuple[int, bool]
"""What is in a draft: the revision of the text, and whether the document is private."""
_NONE_KEPT: _State = (-1, False)


class RecoveryDesk(QObject):
    """Tells the keeper which drafts to keep and which to drop; a document has a draft while it has unsaved changes."""

    problem = Signal(str)

    def __init__(
        self, documents: DocumentDesk, editor: Editor, notices: NoticeBar, keeper: DraftKeeper, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._documents = documents
        self._notices = notices
        self._keeper = keeper
        self._kept: dict[str, _State] = {}  # what is with the keeper, by the name of the draft
        self._failing = ""
        self._is_over = False
        self._later = put_off(self, PAUSE_MS, self.keep_all)
        for document in documents.all:
            self._follow(document)
        documents.set_copier(self._keep_now)
        documents.added.connect(self._follow)
        documents.closed.connect(self._drop)
        documents.written.connect(self._drop)
        editor.left.connect(self.keep_all)
        queued = Qt.ConnectionType.QueuedConnection
        keeper.found.connect(self._offer, queued)
        keeper.kept.connect(self._tell_kept, queued)
        keeper.failed.connect(self._tell_failure, queued)

    @Slot()
    def drop_all(self) -> None:
        """Drop all drafts: the user closed the window, and each document is saved or given up."""
        self._is_over = True
        for document in self._documents.all:
            self._drop(document)

    def end(self) -> None:
        """Let go of the drafts; a window that ends in another way than by the user's will leaves them."""
        self.keep_all()
        self._keeper.stop()

    @Slot()
    def keep_all(self) -> None:
        """Keep every unsaved document that has changed since it was kept."""
        self._later.stop()
        for document in () if self._is_over else self._documents.all:
            name, state = document.draft_name, _state_of(document)
            if not document.is_modified:
                self._drop(document)
            elif self._kept.get(name) != state:
                self._kept[name] = state
                self._keeper.keep(document.draft())

    # Steps

    def _keep_now(self, document: OpenDocument) -> bool:
        """Bring a document's text to the disk before its file is written over; tell whether it is there."""
        is_kept = self._keeper.keep_now(document.draft())
        if is_kept:
            self._kept[document.draft_name] = _state_of(document)
        return is_kept

    @Slot(object)
    def _follow(self, document: OpenDocument) -> None:
        document.page.contentsChanged.connect(self._keep_soon)
        document.title_changed.connect(self._keep_soon)
        document.privacy_changed.connect(self._keep_soon)

    @Slot()
    def _keep_soon(self) -> None:
        if not self._later.isActive():
            self._later.start()

    @Slot(object)
    def _drop(self, document: OpenDocument) -> None:
        if self._kept.pop(document.draft_name, None) is not None:
            self._keeper.drop(document.draft_name)

    @Slot(str)
    def _tell_kept(self, _name: str) -> None:
        self._failing = ""

    @Slot(str)
    def _tell_failure(self, sentence: str) -> None:
        """Tell once what is wrong, not every few seconds; and try again at the next change."""
        self._kept = dict.fromkeys(self._kept, _NONE_KEPT)
        if sentence != self._failing:
            self._failing = sentence
            self.problem.emit(sentence)

    # What an earlier window left

    @Slot(object)
    def _offer(self, found: FoundDrafts) -> None:
        if found.n_damaged:
            self.problem.emit(f"{found.n_damaged} recovery copies cannot be read; they stay where they are.")
        if found.drafts:
            self._notices.ask(
                _offer_sentence(found.drafts),
                Choice("Recover", partial(self._recover, found.drafts)),
                Choice("Discard", partial(self._discard, found.drafts)),
            )

    def _recover(self, drafts: tuple[Draft, ...]) -> None:
        """Bring the texts back as unsaved documents; their files stay as they are until the user saves."""
        for draft in drafts:
            document = OpenDocument.from_draft(draft, self._documents)
            self._documents.put_back(document)
            self._kept[draft.name] = _state_of(document)
            self._keeper.adopt(draft.name)

    def _discard(self, drafts: tuple[Draft, ...]) -> None:
        for draft in drafts:
            self._keeper.drop(draft.name)


def _state_of(document: OpenDocument) -> _State:
    return document.page.revision(), document.is_private


def _offer_sentence(drafts: tuple[Draft, ...]) -> str:
    if len(drafts) == 1:
        return f"Foretype ended before “{drafts[0].title}” was saved. Its text was kept."
    return f"Foretype ended before {len(drafts)} documents were saved. Their texts were kept."
