"""Other profiles: opened, made, imported and emptied, while the text stays where it is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from engine.errors import ProfileError
from keyboard_app import profiles
from keyboard_app.profiles import Tenancy
from keyboard_app.typist.orders import MoveToProfile, OrderDone, ProfileMoved, RemoveProfile
from keyboard_app.ui.dialogs import Dialogs
from keyboard_app.ui.menus import Menus
from keyboard_app.ui.profile_page import ProfilePage
from keyboard_app.ui.statistics_desk import StatisticsDesk
from keyboard_app.ui.typing_desk import ModelState, TypingDesk

_LATER = "Foretype is still opening a profile; try again in a moment"


class ProfileDesk(QObject):
    """Asks the model thread through ``ordered``; what comes back goes to ``take_answer``.

    A move goes in steps, so that nothing waits: words that are finished go to the old profile, the statistics let go
    of it, the model thread closes it and opens the other one; then the statistics follow.
    """

    ordered = Signal(object)
    told = Signal(str)
    """A sentence for the status line."""
    problem = Signal(str)
    leaving = Signal()
    """Another profile is about to be opened: what is held back is for the present one."""
    moving = Signal(bool)
    """Whether another profile is being opened."""
    moved = Signal(str)
    """The name of the profile that is open now."""

    def __init__(
        self,
        window: QWidget,
        menus: Menus,
        desk: TypingDesk,
        statistics: StatisticsDesk,
        dialogs: Dialogs,
        tenancy: Tenancy,
    ) -> None:
        super().__init__(window)
        self._menus, self._desk, self._statistics, self.dialogs = menus, desk, statistics, dialogs
        self.tenancy = tenancy
        self.page: ProfilePage | None = None
        self._order: MoveToProfile | None = None
        menus.profiles.aboutToShow.connect(self._list)
        menus.profile_chosen.connect(self.move_to)
        menus.new_profile.triggered.connect(self.make)
        menus.import_profile.triggered.connect(self.import_file)
        menus.afresh.triggered.connect(self.start_afresh)
        statistics.keeper.let_go.connect(self._go_on, Qt.ConnectionType.QueuedConnection)
        self._list()

    def fill(self, page: ProfilePage) -> None:
        """Show the profiles on ``page`` from now on, and do what it asks."""
        self.page = page
        page.chosen.connect(self.move_to)
        page.new_asked.connect(self.make)
        page.import_asked.connect(self.import_file)
        page.afresh_asked.connect(self.start_afresh)
        page.remove_asked.connect(self.remove)
        self._list()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the profiles that there are, the present one among them even before its folder is made."""
        return tuple(sorted({*profiles.all_profiles(), *filter(None, [self.tenancy.name])}))

    @Slot(str)
    def move_to(self, name: str) -> None:
        """Go on with the profile called ``name``."""
        if name != self.tenancy.name:
            self._begin(name)

    @Slot()
    def make(self) -> None:
        """Ask for a name, and go on with a new profile."""
        name = self._ask_name("New profile", "What shall the new profile be called?", "")
        if name:
            self._begin(name)

    @Slot()
    def import_file(self) -> None:
        """Ask for an exported file and a name, and go on with a profile made of it."""
        from engine.profile.portable import check_export  # noqa: PLC0415  needed seldom

        file = self.dialogs.ask_profile_to_import(str(Path.home()))
        if file is None:
            return
        try:
            check_export(file)  # now: nobody need think of a name for what cannot be imported
        except ProfileError as error:
            self.problem.emit(str(error))
            return
        suggested = profiles.free_name(file.stem, self.names)
        name = self._ask_name("Import a profile", "What shall the imported profile be called?", suggested)
        if name:
            self._begin(name, made_of=file)

    @Slot()
    def start_afresh(self) -> None:
        """Ask whether to, and empty the present profile."""
        if self.tenancy.name and self.dialogs.ask_start_afresh(self.tenancy.name):
            self._begin(self.tenancy.name, afresh=True)

    @Slot(str)
    def remove(self, name: str) -> None:
        """Ask whether to, and remove a profile that is not open."""
        if self._order is not None or not name or name == self.tenancy.name or not self.dialogs.ask_remove(name):
            return
        try:
            self.ordered.emit(RemoveProfile(name, self.tenancy.claim(name)))
        except ProfileError as error:
            self.problem.emit(str(error))

    @Slot(object)
    def take_answer(self, answer: object) -> None:
        """Follow the model thread into the profile that is open now."""
        if isinstance(answer, OrderDone) and isinstance(answer.order, RemoveProfile):
            self.tenancy.give_up()
            self._list()
        if not isinstance(answer, ProfileMoved):
            return
        self._order = None
        self.moving.emit(False)
        if answer.has_moved:
            self.tenancy.move_in()
            self.told.emit(answer.sentence)
        else:
            self.tenancy.give_up()
            self.problem.emit(answer.sentence)
        self._statistics.move_to(self.tenancy.folder)
        if self._desk.state is ModelState.MOVING:
            self._desk.set_state(ModelState.READY)
        self._list()
        if answer.has_moved:
            self.moved.emit(self.tenancy.name)

    # Steps

    def _ask_name(self, title: str, question: str, suggested: str) -> str:
        """Ask for the name of a profile that is not there yet, until it can be one; empty where the user gave none."""
        name, asked = suggested, question
        while name := (self.dialogs.ask_name(title, asked, name) or "").strip():
            fault = self._fault_of(name)
            if not fault:
                return name
            asked = f"{fault}\n\n{question}"
        return ""

    def _fault_of(self, name: str) -> str:
        """Return why a new profile cannot have this name; empty where it can."""
        try:
            profiles.checked_name(name)
        except ProfileError as error:
            return str(error)
        is_taken = name.casefold() in {other.casefold() for other in self.names}
        return f"There is a profile “{name}” already; choose another name." if is_taken else ""

    def _begin(self, name: str, made_of: Path | None = None, *, afresh: bool = False) -> None:
        if self._order is not None or self._desk.state is not ModelState.READY:
            self.told.emit(_LATER)
            return
        back_to = self.tenancy.folder
        try:
            folder = back_to if afresh and back_to is not None else self.tenancy.claim(name)
        except ProfileError as error:
            self.problem.emit(str(error))
            return
        self.leaving.emit()
        self._desk.release()  # what was finished is for the profile that is open
        self._desk.set_state(ModelState.MOVING)
        self._order = MoveToProfile(name, folder, back_to, made_of, afresh)
        self.moving.emit(True)
        self._statistics.leave()

    @Slot()
    def _go_on(self) -> None:
        """Let the model thread move, now that nothing else holds the old profile open."""
        if self._order is not None:
            self.ordered.emit(self._order)

    @Slot()
    def _list(self) -> None:
        self._menus.show_profiles(self.names, self.tenancy.name)
        if self.page is not None:
            self.page.show_profiles(self.names, self.tenancy.name)
