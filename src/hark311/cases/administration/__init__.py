"""Changes of who works for a government: one verb a file, each a fact in its administration."""
