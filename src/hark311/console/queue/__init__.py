"""The lists that staff work from: home, queues, what is done with many, who has what."""
