"""Widgets, and the objects that join them to the typist's session."""
