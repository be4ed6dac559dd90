"""Jurisdictions, departments, queues, calendars and accounts."""
