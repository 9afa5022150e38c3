"""What a user taught, on disk: private, durable, versioned."""

from __future__ import annotations
