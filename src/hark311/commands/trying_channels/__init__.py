"""One module a channel: what ``hark311 channels test`` tries of it."""
