"""Who may do what: roles, permissions, keys, signed links."""
