"""The one log of contacts: interactions, messages, drafts and the inbox."""
