"""What the environment says: each variable is read here, once, and nowhere else.

Unset means the safe thing for a server on the open internet. `DATABASE_URL` and `REDIS_URL` unset mean the services
that `make run` has started: the supervisor leaves their addresses in `var/services.env`.
"""

import os
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote, urlsplit, urlunsplit

from django.conf.locale import LANG_INFO
from django.utils.translation import to_locale
from environ import Env

BASE_DIR = Path(__file__).resolve().parent.parent

Env.read_env(BASE_DIR / ".env")
Env.read_env(Path(os.environ.get("CAVEAT_VAR") or BASE_DIR / "var") / "services.env")

_read = Env()


_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off", "")
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def refuse(sentence: str) -> NoReturn:
    """End the start with a sentence: whoever set a variable wrongly needs no traceback."""
    raise SystemExit(f"Settings: {sentence}")


def _flag(name: str, *, default: bool) -> bool:
    said = _read.str(name, default="1" if default else "0").strip().lower()
    if said not in (*_YES, *_NO):
        refuse(f"{name} is “{said}”. It takes 1 or 0.")
    return said in _YES


def _number(name: str, *, default: int) -> int:
    said = _read.str(name, default=str(default)).strip()
    if not (said.isascii() and said.isdigit() and int(said) > 0):
        refuse(f"{name} is “{said}”. It takes a whole number above 0.")
    return int(said)


def _level(name: str, *, default: str) -> str:
    said = str(_read.str(name, default=default)).strip().upper()
    if said not in _LEVELS:
        refuse(f"{name} is “{said}”. It takes {', '.join(_LEVELS)}.")
    return said


def _address(name: str, url: str, *schemes: str) -> str:
    """The address of a service, whose password is never told in the refusal."""
    if urlsplit(url).scheme not in schemes:
        starts = " or ".join(f"{scheme}://" for scheme in schemes)
        refuse(f"{name} is no address of a service. It takes one that starts with {starts}.")
    return url


def _languages(codes: str) -> list[tuple[str, str]]:
    """Further languages of the pages, each with its own name: those whose catalogue is there and compiled."""
    found = []
    for code in codes.replace(",", " ").split():
        catalogue = BASE_DIR / "locale" / to_locale(code) / "LC_MESSAGES" / "django.mo"
        if code not in LANG_INFO or not catalogue.exists():
            refuse(f"MORE_LANGUAGES names “{code}”. It takes codes such as de whose catalogue `make words` has made.")
        found.append((code, LANG_INFO[code]["name_local"]))
    return found


def _contact(said: str) -> str:
    """An address of the web or of mail, fit to be sent as a header."""
    said = said.strip()
    if said and not (said.isascii() and said.isprintable() and " " not in said and ("@" in said or "://" in said)):
        refuse(f"CONTACT is “{said}”. It takes an address such as https://example.org/about or desk@example.org.")
    return said


def _secret(name: str, default: str = "") -> str:
    """The variable itself, or what stands in the file that `<NAME>_FILE` names: it shows in no list of processes."""
    path = _read.str(f"{name}_FILE", default="")
    if name in os.environ or not path:
        return str(_read.str(name, default=default))
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        refuse(f"{name}_FILE names {path}, which cannot be read: {error}.")


def _with_password(url: str, password: str) -> str:
    """The address with this password where it has none: one file then holds it for the server and the program."""
    parts = urlsplit(url)
    if not password or parts.password:
        return url
    user, host = parts.username or "", parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}"))


DEBUG: bool = _flag("DEBUG", default=False)
DEMO: bool = _flag("DEMO", default=False)
SECRET_KEY: str = _secret("SECRET_KEY")
# Keys that signed before, separated by commas: what they signed is still believed, and nothing new is signed with them.
SECRET_KEY_FALLBACKS: list[str] = [key for key in _secret("SECRET_KEY_FALLBACKS").split(",") if key]
ALLOWED_HOSTS: list[str] = _read.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = _read.list("CSRF_TRUSTED_ORIGINS", default=[])

# The site is served over HTTPS: cookies are sent over nothing else, and browsers are told to remember it.
HTTPS: bool = _flag("HTTPS", default=True)
# A proxy in front overwrites X-Forwarded-Proto. Without one, that header is a visitor's word.
TRUST_PROXY: bool = _flag("TRUST_PROXY", default=False)

# Port 1 is never PostgreSQL or Valkey: without services, a command that needs one fails at once and says which.
DATABASE_URL: str = _address(
    "DATABASE_URL",
    _with_password(_secret("DATABASE_URL", "postgres://caveat@127.0.0.1:1/caveat"), _secret("DATABASE_PASSWORD")),
    *("postgres", "postgresql"),
)
REDIS_URL: str = _address(
    "REDIS_URL",
    _with_password(_secret("REDIS_URL", "redis://127.0.0.1:1/0"), _secret("REDIS_PASSWORD")),
    *("redis", "rediss", "unix"),
)

# The optional model coder: an OpenAI-compatible endpoint. Without an address the rules code alone.
CODER_URL: str = _secret("CODER_URL")
CODER_KEY: str = _secret("CODER_KEY")
CODER_MODEL: str = _read.str("CODER_MODEL", default="")
if CODER_URL:
    _address("CODER_URL", CODER_URL, "http", "https")
    if not CODER_MODEL:
        refuse("CODER_URL names an endpoint, and CODER_MODEL names no model for it.")

# Where the public reaches the site: what is told by mail and webhook names its pages by it.
SITE_URL: str = _address("SITE_URL", _read.str("SITE_URL", default="http://127.0.0.1:8000"), "http", "https")

# The server that mails go out by: smtp:// without encryption, smtp+tls:// or smtp+ssl://. Unset: to the console.
EMAIL_URL: str = _address(
    "EMAIL_URL", _secret("EMAIL_URL", "consolemail://"), "smtp", "smtp+tls", "smtp+ssl", "consolemail"
)
MAIL_FROM: str = _read.str("MAIL_FROM", default="Caveat <caveat@localhost>")

# Where those whose sites are read can complain: sent with every request for a feed or an article.
MORE_LANGUAGES: list[tuple[str, str]] = _languages(_read.str("MORE_LANGUAGES", default=""))
CONTACT: str = _contact(_read.str("CONTACT", default=""))

# `web` processes keep a pool of connections; anything else (worker, beat, commands) keeps none.
ROLE: str = _read.str("CAVEAT_ROLE", default="command")
WEB_THREADS: int = _number("WEB_THREADS", default=4)
LOG_LEVEL: str = _level("LOG_LEVEL", default="INFO")

# Seconds after which another worker takes over what one was given to code.
CODING_LEASE: int = _number("CODING_LEASE", default=300)

# What one token may hand in through the API in a minute.
API_REQUESTS_PER_MINUTE: int = _number("API_REQUESTS_PER_MINUTE", default=120)
API_DISPATCHES_PER_MINUTE: int = _number("API_DISPATCHES_PER_MINUTE", default=6000)

# What anyone may read through the API in a minute: from one address, and with one token.
API_READS_PER_MINUTE: int = _number("API_READS_PER_MINUTE", default=240)
API_TOKEN_READS_PER_MINUTE: int = _number("API_TOKEN_READS_PER_MINUTE", default=2400)

# Opens /metrics from other machines. Empty: nobody but this machine itself reads it.
METRICS_TOKEN: str = _secret("METRICS_TOKEN")

# Days after which the body of an irrelevant dispatch is dropped.
IRRELEVANT_BODIES_DAYS: int = _number("IRRELEVANT_BODIES_DAYS", default=90)

# The licence that releases of the data name, such as CC-BY-4.0. Until the owner sets it they say that none is stated.
DATA_LICENCE: str = _read.str("DATA_LICENCE", default="").strip() or "not stated"
# Where `manage.py release` has put them: the page /data/ lists what lies there.
RELEASES_DIR: Path = Path(
    _read.str("RELEASES_DIR", default="") or Path(os.environ.get("CAVEAT_VAR") or BASE_DIR / "var") / "releases"
)
