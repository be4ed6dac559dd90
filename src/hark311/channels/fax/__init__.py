"""Fax: pages that a provider or gateway hands in become drafts beside the pictures of them."""
