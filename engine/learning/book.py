"""Which words the user used, and how often: what the gate and the panels ask."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class WordBook:
    """Folded words of one user."""

    uses: dict[str, int] = field(default_factory=dict)
    fixed: set[str] = field(default_factory=set)
    """Words whose form the user set: later uses do not change it."""

    def count(self, token: str, times: int = 1) -> None:
        """Count uses, or take them back."""
        uses = self.uses.get(token, 0) + times
        if uses > 0:
            self.uses[token] = uses
        else:
            self.forget(token)

    def forget(self, token: str) -> None:
        """Know nothing of a word."""
        self.uses.pop(token, None)
        self.fixed.discard(token)
