"""How good the predictions are: the simulated typist of the contract."""

from __future__ import annotations
