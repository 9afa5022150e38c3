"""Text files: read with their encoding and line ends, written whole or not at all. No Qt."""
