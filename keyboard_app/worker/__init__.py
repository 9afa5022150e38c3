"""The threads beside that of the interface, and what speaks with them: the model's, the keepers', that of a PDF."""
