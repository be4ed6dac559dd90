"""What can be asked and promised: services, questions, routing, loaded from a city pack."""
