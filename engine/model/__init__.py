"""The network, the user's counts, and how the two are weighed: what prediction reads and learning writes."""

from __future__ import annotations
