"""Django's PostgreSQL, with statements that the server keeps planned, and a cheap look at health.

Named in the description of a database as its engine; Django asks for ``base`` within.
"""
