"""The model thread: the only code that knows two threads."""
