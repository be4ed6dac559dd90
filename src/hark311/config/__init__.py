"""Settings, addresses and the wiring of processes; nothing decides anything here."""
