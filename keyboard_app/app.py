"""The composition root: makes the parts, has them connected, and ends them in order."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from engine.errors import ProfileError
from engine.profile.files import make_private_folder
from engine.values import Feedback, FeedbackKind
from keyboard_app import paths
from keyboard_app.instance.doorbell import Doorbell
from keyboard_app.profiles import Tenancy
from keyboard_app.settings import Settings, load_settings
from keyboard_app.typist.messages import EngineReady, Task, WorkerFailure
from keyboard_app.ui.correction_desk import CorrectionDesk
from keyboard_app.ui.dialogs import Dialogs
from keyboard_app.ui.knowledge_desk import KnowledgeDesk
from keyboard_app.ui.knowledge_dialog import KnowledgeDialog
from keyboard_app.ui.main_window import MainWindow
from keyboard_app.ui.motion import MotionControl
from keyboard_app.ui.outside_changes import OutsideChanges
from keyboard_app.ui.preferences import Preferences
from keyboard_app.ui.profile_desk import ProfileDesk
from keyboard_app.ui.reading_desk import ReadingDesk
from keyboard_app.ui.recovery_desk import RecoveryDesk
from keyboard_app.ui.rest_desk import RestDesk
from keyboard_app.ui.statistics_desk import StatisticsDesk
from keyboard_app.ui.theme import ThemeControl
from keyboard_app.ui.typing_desk import ModelState, TypingDesk
from keyboard_app.ui.visit_desk import VisitDesk
from keyboard_app.ui.why_desk import WhyDesk
from keyboard_app.ui.wish_desk import WishDesk
from keyboard_app.wiring import (
    connect_corrections,
    connect_knowledge,
    connect_readings,
    connect_rests,
    connect_statistics,
    connect_typing,
    connect_why,
    connect_wishes,
)
from keyboard_app.worker.draft_keeper import DraftKeeper
from keyboard_app.worker.figures_keeper import FiguresKeeper
from keyboard_app.worker.model_thread import ModelThread
from keyboard_app.worker.opening import open_profile
from keyboard_app.worker.port import EngineOpener, ProfileOpener

_LOG = logging.getLogger(__name__)


class Application(QObject):
    """One window and its model thread."""

    def __init__(
        self,
        qt: QApplication,
        opener: EngineOpener,
        settings_file: Path,
        recovery_folder: Path | None = None,
        profile_folder: Path | None = None,
        tenancy: Tenancy | None = None,
        open_profile: ProfileOpener = open_profile,
    ) -> None:
        """Make the parts; without folders for them, unsaved text is not kept, and figures are for this session only.

        Only with a ``tenancy`` can the window go on with another profile.
        """
        super().__init__()
        settings, notices = load_settings(settings_file)
        self.preferences = Preferences(settings, settings_file, self)
        self.themes = ThemeControl(qt, self)
        self.themes.choose(settings.theme)
        self.window = MainWindow(self.preferences, self.themes.theme, profile_folder)
        self.desk = TypingDesk(self.window.editor, self.window.suggestion_bar, self)
        self.desk.set_learning(settings.learning)
        self.desk.set_manner(settings.manner)
        self.corrections = CorrectionDesk(self.window.editor, self.desk, self)
        self.corrections.set_mode(settings.corrections)
        self.model = ModelThread(opener, self, open_profile)
        self.motion = MotionControl(self)
        self.outside = OutsideChanges(self.window.documents, self.window.notice_bar, self)
        self.statistics = StatisticsDesk(
            self.window, self.preferences, FiguresKeeper(profile_folder, self), Dialogs(self.window)
        )
        self.statistics.set_theme(self.themes.theme)
        self.wishes = WishDesk(
            self.window.editor, self.window.suggestion_bar, self.window.notice_bar, self.preferences, self
        )
        self.knowledge = KnowledgeDesk(
            self.window,
            self.window.menus,
            self.window.documents,
            self.window.private_mark,
            self.desk,
            Dialogs(self.window),
        )
        self.readings = ReadingDesk(self.window, self.window.status_line, self.preferences, Dialogs(self.window))
        self.rests = RestDesk(self.window.editor, self.preferences, self)
        self.why = WhyDesk(self.window, self.window.suggestion_bar, self.desk, self.themes.theme)
        self.profiles: ProfileDesk | None = None
        self._doorbell: Doorbell | None = None
        self.drafts: DraftKeeper | None = None
        self.recovery: RecoveryDesk | None = None
        self._chosen_theme, self._learning = settings.theme, settings.learning
        self._connect()
        if tenancy is not None:
            self._let_move(tenancy)
        if recovery_folder is not None:
            self._keep_drafts(recovery_folder)
        for sentence in notices:
            self.window.notice_bar.tell(sentence)

    def _connect(self) -> None:
        """Let the parts hear of one another; what decides something hears of it here."""
        window, desk, model = self.window, self.desk, self.model
        connect_typing(desk, model, window)
        connect_statistics(self.statistics, desk, model, window)
        connect_wishes(self.wishes, desk, model, window)
        connect_knowledge(self.knowledge, desk, self.wishes, model, window)
        connect_readings(self.readings, self.knowledge, model, window)
        connect_rests(self.rests, model)
        connect_why(self.why, self.wishes, model, window)
        connect_corrections(self.corrections, model, window)
        for part in (window, self.statistics, self.why):
            self.themes.changed.connect(part.set_theme)
        model.ready.connect(self._start_asking)
        model.failed.connect(self._tell_failure)
        self.corrections.judged.connect(self._hear)
        self.preferences.changed.connect(self._follow_settings)
        self.motion.changed.connect(window.status_line.set_motion)
        self.motion.choose(self.preferences.settings.motion)
        self.outside.problem.connect(window.notice_bar.tell)

    def _let_move(self, tenancy: Tenancy) -> None:
        """Let the user go on with other profiles."""
        window, knowledge = self.window, self.knowledge
        self.profiles = moves = ProfileDesk(window, window.menus, self.desk, self.statistics, Dialogs(window), tenancy)
        moves.ordered.connect(self.model.order)
        moves.told.connect(knowledge.tell)
        moves.problem.connect(knowledge.complain)
        moves.leaving.connect(self.corrections.start_afresh)
        moves.moving.connect(knowledge.set_waiting)
        moves.moved.connect(self._follow_profile)
        moves.moved.connect(self.wishes.forget_last)
        moves.moved.connect(knowledge.follow_move)
        moves.moved.connect(self.readings.follow_move)
        moves.moved.connect(self._learn_again)
        self.model.answered.connect(moves.take_answer)
        knowledge.made.connect(self._show_profiles)
        self._name_profile(tenancy.name)

    @Slot(object)
    def _show_profiles(self, dialog: KnowledgeDialog) -> None:
        if self.profiles is not None:
            self.profiles.fill(dialog.profiles)
            dialog.allow_profiles()

    @Slot(str)
    def _follow_profile(self, name: str) -> None:
        """Begin with this profile the next time, and be found by later starts that want it."""
        self.preferences.change(profile=name)
        self._name_profile(name)
        if self._doorbell is not None:
            self._doorbell.close()
            self._doorbell.deleteLater()
            self._doorbell = None
        if self.profiles is not None and self.profiles.tenancy.is_locked:
            self.let_in(paths.instance_socket(name))

    def _name_profile(self, name: str) -> None:
        folder = paths.profile_folder(name) if name else None
        self.window.show_profile("" if name == paths.DEFAULT_PROFILE else name, folder)

    def _keep_drafts(self, folder: Path) -> None:
        window = self.window
        self.drafts = DraftKeeper(folder, self)
        self.recovery = RecoveryDesk(window.documents, window.editor, window.notice_bar, self.drafts, self)
        self.recovery.problem.connect(window.notice_bar.tell)
        window.closing.connect(self.recovery.drop_all)

    def start(self, files: Sequence[Path] = ()) -> None:
        """Show the window at once; the model comes after it."""
        for file in files:
            self.window.documents.begin(file)
        self.window.show()
        if self.drafts is not None:
            self.drafts.start()
        QTimer.singleShot(0, self.model.start)

    def let_in(self, name: str) -> None:
        """Open what later starts of Foretype hand over, as long as the window is there."""
        if Path(name).is_absolute():
            with contextlib.suppress(ProfileError):  # where there is no folder, there is no listening
                make_private_folder(Path(name).parent)
        self._doorbell = doorbell = Doorbell(name, self)
        doorbell.rung.connect(VisitDesk(self.window, self.window.documents).receive)
        self.window.closing.connect(doorbell.close)
        doorbell.listen()

    def stop(self) -> bool:
        """Learn what is queued and close the engine; tell whether that ended in time."""
        self.window.hide()
        self.preferences.keep()
        self.desk.release()
        if self.desk.state is ModelState.MOVING:
            self.desk.set_state(ModelState.OFF)
        if self.recovery is not None:
            self.recovery.end()
        self.window.paper.wait()
        stopped = self.model.stop()
        self.statistics.end()
        self.motion.end()
        if not stopped:
            _LOG.error("the model thread did not end in time")
        return stopped

    @Slot(object)
    def _start_asking(self, ready: EngineReady) -> None:
        for sentence in ready.notices:
            self.window.notice_bar.tell(sentence)
        self.desk.set_state(ModelState.READY)

    @Slot(object)
    def _hear(self, feedback: Feedback) -> None:
        """Pass on what the user thought of a correction; where nothing is learned, only what they asked to be kept."""
        learns = self.preferences.settings.learning and not self.window.documents.active.is_private
        if learns or feedback.kind is FeedbackKind.LEFT_ALONE:
            self.model.hear(feedback)

    @Slot(object)
    def _tell_failure(self, failure: WorkerFailure) -> None:
        lasting = failure.gave_up or failure.task in (Task.OPEN, Task.CLOSE)
        if lasting:
            self.window.notice_bar.tell(failure.sentence)
        elif failure.task is Task.ORDER:
            self.knowledge.tell(failure.sentence)
        else:
            self.window.status_line.tell(failure.sentence)
        if failure.task is Task.OPEN or (failure.task is Task.PREDICT and failure.gave_up):
            self.desk.set_state(ModelState.OFF)
        if failure.task is Task.OPEN or (failure.task is Task.LEARN and failure.gave_up):
            self.window.status_line.set_able(False)

    @Slot()
    def _learn_again(self) -> None:
        """Show the switch: whatever failed, another engine is open now."""
        self.window.status_line.set_able(True)

    @Slot(object)
    def _follow_settings(self, settings: Settings) -> None:
        if settings.learning is not self._learning:
            self._learning = settings.learning
            self.desk.set_learning(settings.learning)
            self.readings.set_learning(settings.learning)
        self.desk.set_manner(settings.manner)
        self.motion.choose(settings.motion)
        self.corrections.set_mode(settings.corrections)
        if settings.theme is not self._chosen_theme:
            self._chosen_theme = settings.theme
            self.themes.choose(settings.theme)
