"""Messages to everybody: written once, agreed, approved, published on networks, taken back."""
