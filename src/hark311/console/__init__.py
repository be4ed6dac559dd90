"""The workspace of staff: pages over queries and actions."""
