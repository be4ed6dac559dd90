"""What staff can do to an incident: for each verb one form, which calls one action."""
