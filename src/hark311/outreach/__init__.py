"""What the city says to people of its own accord: posts on networks; cases are not known here."""
