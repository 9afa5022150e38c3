"""Which desk hears of what another one, the model thread or the window does; none of them knows all the others."""

from __future__ import annotations

from PySide6.QtCore import Qt

from keyboard_app.ui.correction_desk import CorrectionDesk
from keyboard_app.ui.knowledge_desk import KnowledgeDesk
from keyboard_app.ui.main_window import MainWindow
from keyboard_app.ui.reading_desk import ReadingDesk
from keyboard_app.ui.rest_desk import RestDesk
from keyboard_app.ui.statistics_desk import StatisticsDesk
from keyboard_app.ui.typing_desk import TypingDesk
from keyboard_app.ui.why_desk import WhyDesk
from keyboard_app.ui.wish_desk import WishDesk
from keyboard_app.worker.model_thread import ModelThread


def connect_typing(desk: TypingDesk, model: ModelThread, window: MainWindow) -> None:
    """Connect questions with answers, finished words with learning, and both with the documents."""
    desk.asked.connect(model.ask)
    desk.finished.connect(model.learn)
    model.suggestions_ready.connect(desk.take_answer)
    model.phrase_ready.connect(desk.take_phrase)
    model.learnt.connect(desk.follow_learning)
    model.learnt.connect(window.status_line.show_learnt)
    model.noticed.connect(window.notice_bar.tell)
    window.documents.replaced.connect(desk.start_afresh)
    window.documents.leaving.connect(desk.release)
    window.closing.connect(desk.release)


def connect_statistics(statistics: StatisticsDesk, desk: TypingDesk, model: ModelThread, window: MainWindow) -> None:
    """Connect what is counted with those who count it."""
    window.editor.edited.connect(statistics.follow_edit)
    desk.taken.connect(statistics.follow_take)
    desk.space_given_up.connect(statistics.follow_space)
    desk.final.connect(statistics.follow_words)
    model.learnt.connect(statistics.follow_learning)
    window.menus.statistics.triggered.connect(statistics.open)
    statistics.keeper.problem.connect(window.notice_bar.tell, Qt.ConnectionType.QueuedConnection)


def connect_wishes(wishes: WishDesk, desk: TypingDesk, model: ModelThread, window: MainWindow) -> None:
    """Connect what the user wants of a word with the model that keeps to it."""
    wishes.wanted.connect(model.do)
    wishes.done.connect(desk.ask_anew)
    wishes.told.connect(window.status_line.tell)
    model.wish_done.connect(wishes.show_done)
    window.menus.never_suggest.triggered.connect(wishes.never_suggest_first)
    window.menus.word_is_right.triggered.connect(wishes.call_word_right)


def connect_knowledge(
    knowledge: KnowledgeDesk, desk: TypingDesk, wishes: WishDesk, model: ModelThread, window: MainWindow
) -> None:
    """Connect what is shown of the profile with the model that reads and changes it."""
    knowledge.ordered.connect(model.order)
    knowledge.told.connect(window.status_line.tell)
    knowledge.problem.connect(window.notice_bar.tell)
    knowledge.private_changed.connect(window.status_line.set_private)
    knowledge.text_hidden.connect(wishes.hide_text)
    knowledge.changed.connect(desk.ask_anew)
    model.answered.connect(knowledge.take_answer)
    model.learnt.connect(knowledge.follow_learning)


def connect_readings(readings: ReadingDesk, knowledge: KnowledgeDesk, model: ModelThread, window: MainWindow) -> None:
    """Connect the files that the user hands over with the model that learns from them."""
    readings.ordered.connect(model.order)
    readings.told.connect(knowledge.tell)
    readings.problem.connect(window.notice_bar.tell)
    window.menus.learn_files.triggered.connect(readings.learn_files)
    model.answered.connect(readings.take_answer)


def connect_rests(rests: RestDesk, model: ModelThread) -> None:
    """Connect the user's rests with the model that makes use of them."""
    rests.ordered.connect(model.order)


def connect_why(why: WhyDesk, wishes: WishDesk, model: ModelThread, window: MainWindow) -> None:
    """Connect the question where a word comes from with its answer."""
    window.menus.why.triggered.connect(why.ask_first)
    wishes.why_asked.connect(why.ask)
    why.ordered.connect(model.order)
    why.told.connect(window.status_line.tell)
    model.answered.connect(why.take_answer)


def connect_corrections(corrections: CorrectionDesk, model: ModelThread, window: MainWindow) -> None:
    """Connect likely typos with the model that recognises them, and with the line that offers the correction."""
    corrections.asked.connect(model.look_at)
    corrections.offered.connect(window.status_line.show_correction)
    corrections.told.connect(window.status_line.tell)
    model.looked_at.connect(corrections.take_answer)
    model.wish_done.connect(corrections.follow_wish)
    window.status_line.correction_taken.connect(corrections.take_offered)
    window.documents.replaced.connect(corrections.start_afresh)
