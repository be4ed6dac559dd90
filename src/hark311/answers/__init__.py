"""What people ask, answered once for every channel; and what nobody answers yet."""
