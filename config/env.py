"""What the environment says: each variable is read here, once, and nowhere else.

Unset means the safe thing for a server on the open internet. `DATABASE_URL` and `REDIS_URL` unset mean the services
that `make run` has started: the supervisor leaves their addresses in `var/services.env`.
"""

import os
from pathlib import Path

from environ import Env

BASE_DIR = Path(__file__).resolve().parent.parent

Env.read_env(BASE_DIR / ".env")
Env.read_env(Path(os.environ.get("CAVEAT_VAR") or BASE_DIR / "var") / "services.env")

_read = Env()

DEBUG: bool = _read.bool("DEBUG", default=False)
DEMO: bool = _read.bool("DEMO", default=False)
SECRET_KEY: str = _read.str("SECRET_KEY", default="")
ALLOWED_HOSTS: list[str] = _read.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = _read.list("CSRF_TRUSTED_ORIGINS", default=[])

# The site is served over HTTPS: cookies are sent over nothing else, and browsers are told to remember it.
HTTPS: bool = _read.bool("HTTPS", default=True)
# A proxy in front overwrites X-Forwarded-Proto. Without one, that header is a visitor's word.
TRUST_PROXY: bool = _read.bool("TRUST_PROXY", default=False)

# Port 1 is never PostgreSQL or Valkey: without services, a command that needs one fails at once and says which.
DATABASE_URL: str = _read.str("DATABASE_URL", default="postgres://caveat@127.0.0.1:1/caveat")
REDIS_URL: str = _read.str("REDIS_URL", default="redis://127.0.0.1:1/0")

# `web` processes keep a pool of connections; anything else (worker, beat, commands) keeps none.
ROLE: str = _read.str("CAVEAT_ROLE", default="command")
WEB_THREADS: int = _read.int("WEB_THREADS", default=4)
LOG_LEVEL: str = _read.str("LOG_LEVEL", default="INFO")
