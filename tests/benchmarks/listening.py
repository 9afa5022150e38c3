"""An engine in whose learner's place somebody listens: how well was each word foretold?"""

from __future__ import annotations

from engine import Commit, Context, LearnReport


class Listener:
    """Notes the loss of each finished word, before anything is learned of it; learns nothing itself."""

    def __init__(self, engine) -> None:
        self.predictor, self.learner = engine.predictor, self
        self.losses: list[float] = []

    def learn_one(self, commit: Commit) -> LearnReport:
        left = commit.context.left
        for word in commit.text.split():  # a phrase has several
            answer = self.predictor.next_word(Context(left))
            self.losses.append(self.predictor.blend.loss(answer, word))
            left += word + " "
        return self.learn(commit)

    def learn(self, commit: Commit) -> LearnReport:
        """Learn from what was noted."""
        return LearnReport(False, self.losses[-1], self.losses[-1], 0.0, self.predictor.blend.version)
