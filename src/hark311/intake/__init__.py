"""The one way in: submit opens a matter, reply takes everything more about a case."""
