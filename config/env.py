"""What the environment says: each variable is read here, once, and nowhere else.

Unset means the safe thing for a server on the open internet. `DATABASE_URL` and `REDIS_URL` unset mean the services
that `make run` has started: the supervisor leaves their addresses in `var/services.env`.
"""

import os
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured
from environ import Env

BASE_DIR = Path(__file__).resolve().parent.parent

Env.read_env(BASE_DIR / ".env")
Env.read_env(Path(os.environ.get("CAVEAT_VAR") or BASE_DIR / "var") / "services.env")

_read = Env()


def _secret(name: str, default: str = "") -> str:
    """The variable itself, or what stands in the file that `<NAME>_FILE` names: it shows in no list of processes."""
    path = _read.str(f"{name}_FILE", default="")
    if name in os.environ or not path:
        return str(_read.str(name, default=default))
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error}.") from error


def _with_password(url: str, password: str) -> str:
    """The address with this password where it has none: one file then holds it for the server and the program."""
    parts = urlsplit(url)
    if not password or parts.password:
        return url
    user, host = parts.username or "", parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}"))


DEBUG: bool = _read.bool("DEBUG", default=False)
DEMO: bool = _read.bool("DEMO", default=False)
SECRET_KEY: str = _secret("SECRET_KEY")
# Keys that signed before, separated by commas: what they signed is still believed, and nothing new is signed with them.
SECRET_KEY_FALLBACKS: list[str] = [key for key in _secret("SECRET_KEY_FALLBACKS").split(",") if key]
ALLOWED_HOSTS: list[str] = _read.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = _read.list("CSRF_TRUSTED_ORIGINS", default=[])

# The site is served over HTTPS: cookies are sent over nothing else, and browsers are told to remember it.
HTTPS: bool = _read.bool("HTTPS", default=True)
# A proxy in front overwrites X-Forwarded-Proto. Without one, that header is a visitor's word.
TRUST_PROXY: bool = _read.bool("TRUST_PROXY", default=False)

# Port 1 is never PostgreSQL or Valkey: without services, a command that needs one fails at once and says which.
DATABASE_URL: str = _with_password(
    _secret("DATABASE_URL", "postgres://caveat@127.0.0.1:1/caveat"), _secret("DATABASE_PASSWORD")
)
REDIS_URL: str = _with_password(_secret("REDIS_URL", "redis://127.0.0.1:1/0"), _secret("REDIS_PASSWORD"))

# `web` processes keep a pool of connections; anything else (worker, beat, commands) keeps none.
ROLE: str = _read.str("CAVEAT_ROLE", default="command")
WEB_THREADS: int = _read.int("WEB_THREADS", default=4)
LOG_LEVEL: str = _read.str("LOG_LEVEL", default="INFO")
