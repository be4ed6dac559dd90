"""Changes of what the city says is wrong: one verb a file, each an event of its own stream."""
