"""The desk where people walk in: the kiosk that gives tickets, the screen that calls them."""
