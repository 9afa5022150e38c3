from __future__ import annotations

import numpy as np

from engine.model import cells
from engine.model.checkpoint import read_model
from engine.model.state import zero_state
from engine.training.mixture import Mixture
from engine.training.moments import measure_moments


def test_moments_are_the_mean_products_of_what_the_weights_read_in_the_training_text(tiny_model):
    model = read_model(tiny_model)
    text = np.random.default_rng(4).integers(0, model.config.n_vocabulary, 64).astype(np.uint16)
    mixture = Mixture({"text": text}, {})
    found = measure_moments(model.config, model.parameters, mixture, n_windows=3)
    trace = cells.forward(
        model.config, model.parameters, model.parameters.E[text.astype(int)], zero_state(model.config.n_hidden)
    )
    Z = cells.project(model.parameters, trace.H)
    for moment, read in zip(found, (trace.X, trace.H, Z), strict=True):
        counted = np.hstack([read, np.ones((64, 1))])[16:]
        np.testing.assert_allclose(moment, counted.T @ counted / 48, rtol=1e-4, atol=1e-5)
