"""Make the shipped model from text files; needs PyTorch (extra ``train``), runs offline, never in the application."""

from __future__ import annotations
