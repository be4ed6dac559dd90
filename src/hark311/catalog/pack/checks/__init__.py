"""What must hold between the parts of a pack. Each check notes every fault it finds."""
