"""The tables of what the city says to people."""

from hark311.outreach.models.posts import Post, PostAgreement, PostDelivery, PostStep

__all__ = ["Post", "PostAgreement", "PostDelivery", "PostStep"]
