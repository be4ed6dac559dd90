"""The PostgreSQL that comes with Hark311: found, started, shared and stopped with its last user.

``server.attach`` is the way in. Deployments that give DATABASE_URL never come here. This file
imports nothing, so that the guard stays small.
"""
