"""What the typist is doing: which word is being typed, which one is finished, what is on offer. No Qt."""
