"""The PostgreSQL that comes with Hark311: found, started, shared and stopped with its last user.

``attach`` is the way in. Deployments that give DATABASE_URL never come here.
"""

from hark311.platform.postgres.server import Roles, Server, attach, peek

__all__ = ["Roles", "Server", "attach", "peek"]
