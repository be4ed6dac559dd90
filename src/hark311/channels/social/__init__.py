"""Social networks: mentions and messages become drafts; what agents answer goes back there."""
