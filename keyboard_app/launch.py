"""One start of the window: hand over to the one that is open, or take the profile and run."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication

from keyboard_app import __version__, crash, paths
from keyboard_app.app import Application
from keyboard_app.instance.handing_over import hand_over
from keyboard_app.instance.message import Visit
from keyboard_app.profiles import Tenancy, lock_profile
from keyboard_app.settings import load_settings
from keyboard_app.ui.fonts import interface_font
from keyboard_app.ui.icons import application_icon
from keyboard_app.ui.visit_desk import ACTIVATION_TOKEN
from keyboard_app.worker.opening import NOT_KEPT, opener_for


def make_qt_application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the Qt application, named and dressed."""
    qt = QApplication([sys.argv[0], *arguments])
    qt.setApplicationName(paths.APP_NAME)
    qt.setApplicationDisplayName("Foretype")
    qt.setApplicationVersion(__version__)
    qt.setDesktopFileName(paths.APP_NAME)
    qt.setStyle("Fusion")
    qt.setFont(interface_font(qt.font()))
    qt.setWindowIcon(application_icon())
    return qt


def run(files: Sequence[Path] = (), *, new_window: bool = False, profile_name: str = "") -> int:
    """Open the window with the user's profile, and return the exit code when it is closed.

    Where a window is open that has the profile, it opens the files in its tabs instead. Without a name, the profile is
    the one that was chosen last.
    """
    crash.start_logging(paths.log_file())
    qt = make_qt_application()
    profile_name = profile_name or load_settings(paths.settings_file())[0].profile
    lock, is_ours = lock_profile(paths.profile_lock_file(profile_name))
    if not is_ours and not new_window:
        visit = Visit(tuple(files), os.environ.get(ACTIVATION_TOKEN, ""))
        if hand_over(visit, paths.instance_socket(profile_name), lock):
            return 0
        is_ours = lock.isLocked()
    tenancy = Tenancy(profile_name, lock) if is_ours else Tenancy()
    profile = tenancy.folder
    application = Application(qt, opener_for(profile), paths.settings_file(), paths.recovery_folder(), profile, tenancy)
    crash.report_unhandled(application.window.notice_bar.tell, paths.log_file())
    if not is_ours:
        application.window.notice_bar.tell(f"Another Foretype window is using your profile. {NOT_KEPT}")
    elif lock.isLocked():
        application.let_in(paths.instance_socket(profile_name))
    application.start(files)
    code = qt.exec()
    if not application.stop():
        # Compiling cannot be interrupted; the profile is safe at any instant, so do not make the user wait.
        logging.shutdown()
        os._exit(code)
    tenancy.end()
    return code
