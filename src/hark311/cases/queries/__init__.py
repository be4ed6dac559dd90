"""Reads cases into frozen records: for the public, for the reporter, for what lies near."""
