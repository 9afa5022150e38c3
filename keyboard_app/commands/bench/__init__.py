"""``foretype bench``: the command, its table, and what it measures of the application."""
