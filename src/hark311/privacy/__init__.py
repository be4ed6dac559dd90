"""What may be shown and how it is masked; reads no tables."""
