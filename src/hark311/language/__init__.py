"""What a text means; is handed examples and reads no cases."""
