from __future__ import annotations

import numpy as np

from tests.tiny_model import FORMS, answers, probes, typed


def test_a_network_that_expects_a_mark_and_nothing_else_leaves_every_word_as_likely(engine):
    model = engine.predictor.blend.model
    model.parameters.b_out[FORMS.index(",")] = 1e5
    model.changed(np.array([FORMS.index(",")]))
    assert any(answers(engine, probes()))
    for word in ("the", "Zorbly", "Berlin"):
        report = engine.learner.learn_one(typed("what we ", word, ("of",)))
        assert np.isfinite([report.loss_before, report.loss_after]).all()
