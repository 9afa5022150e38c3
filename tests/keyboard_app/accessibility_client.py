"""A screen reader in little: reads the window over the accessibility bus and prints what it found as JSON.

Run by the system's Python, which has the bindings of AT-SPI (Debian: gir1.2-atspi-2.0, python3-gi):

    python3 accessibility_client.py SECONDS

It waits for a window whose application is called Foretype, reads it, tells that it is ready by a line on its standard
output, and then listens for so many seconds to what a screen reader would be told.
"""

from __future__ import annotations

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  the version is chosen first

EVENTS = ("object:state-changed:focused", "object:text-changed", "object:text-caret-moved", "object:announcement")
PATIENCE_S = 120


def find_application() -> Atspi.Accessible:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and "foretype" in (child.get_name() or "").casefold() and child.get_child_count():
                return child
        time.sleep(0.2)
    raise SystemExit("no window called Foretype on the accessibility bus")


def read(node: Atspi.Accessible, depth: int = 0) -> list[dict[str, object]]:
    """Return what is said of ``node`` and of all below it."""
    if depth > 12:
        return []
    states = node.get_state_set()
    entry: dict[str, object] = {
        "role": node.get_role_name(),
        "name": node.get_name() or "",
        "focusable": states.contains(Atspi.StateType.FOCUSABLE),
        "focused": states.contains(Atspi.StateType.FOCUSED),
        "enabled": states.contains(Atspi.StateType.ENABLED),
        "showing": states.contains(Atspi.StateType.SHOWING),
        "actions": n_actions(node),
        "depth": depth,
    }
    if "EditableText" in node.get_interfaces():
        entry["text"] = Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
        entry["caret"] = Atspi.Text.get_caret_offset(node)
    found = [entry]
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            found += read(child, depth + 1)
    return found


def n_actions(node: Atspi.Accessible) -> int:
    return Atspi.Action.get_n_actions(node) if "Action" in node.get_interfaces() else 0


def press(node: Atspi.Accessible, name: str) -> bool:
    """Press the button whose name begins with ``name``, as a switch or a voice would."""
    if node.get_role() == Atspi.Role.PUSH_BUTTON and (node.get_name() or "").startswith(name):
        return Atspi.Action.do_action(node, 0)
    children = (node.get_child_at_index(index) for index in range(node.get_child_count()))
    return any(press(child, name) for child in children if child is not None)


def listen(seconds: float, heard: list[dict[str, object]]) -> None:
    """Keep what a screen reader is told in the next seconds."""

    def keep(event: Atspi.Event) -> None:
        source = event.source
        heard.append({
            "event": event.type, "role": source.get_role_name(), "name": source.get_name() or "",
            "detail": event.detail1, "data": str(event.any_data),
        })  # fmt: skip

    listener = Atspi.EventListener.new(keep)
    for kind in EVENTS:
        listener.register(kind)
    print("ready", flush=True)
    GLib.timeout_add(int(seconds * 1_000), Atspi.event_quit)
    Atspi.event_main()


def main() -> None:
    Atspi.init()
    application = find_application()
    report: dict[str, object] = {"read": read(application)}
    heard: list[dict[str, object]] = []
    listen(float(sys.argv[1]), heard)
    report["heard"] = heard
    report["pressed"] = press(application, "Suggestion ")
    time.sleep(1.0)
    report["read_again"] = read(application)
    print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
