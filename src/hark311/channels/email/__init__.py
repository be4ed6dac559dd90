"""E-mail: answers to what the city wrote, and what strangers write of their own accord."""
