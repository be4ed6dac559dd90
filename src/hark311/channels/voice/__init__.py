"""The telephone: menus and reports by keypad, spoken to whichever provider or gateway asks."""
