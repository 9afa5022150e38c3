"""How fast and how large the engine is on this machine; ``foretype bench`` prints it."""
