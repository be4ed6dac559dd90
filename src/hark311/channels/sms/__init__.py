"""Text messages: reports, states and answers, through whichever provider asks."""
