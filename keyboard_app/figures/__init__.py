"""What the suggestions saved, as numbers a day; never a word of the text. No Qt."""
