"""One key for all the addresses of one article: however it was shared, opened or spelled. Pure."""

import re
import tomllib
from hashlib import sha256
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

_DATA = tomllib.loads(Path(__file__).with_name("addresses.toml").read_text(encoding="utf-8"))
_TRACKING_STARTS: tuple[str, ...] = tuple(_DATA["tracking_prefixes"])
_TRACKING = frozenset(_DATA["tracking"])
_DOUBTFUL = frozenset(_DATA["doubtful"])
_DOUBTFUL_VALUES = frozenset(_DATA["doubtful_values"])
_DOORS = frozenset(_DATA["doors"])
_REGISTRIES = frozenset(_DATA["registries"])
_INDEXES = frozenset(_DATA["indexes"])

_LONGEST = 1500
"""Bytes of a key; an index of PostgreSQL takes no more than 2,700."""
_PORTS = {"http": 80, "https": 443}
# `www.google.com/amp/s/example.org/story` and `example-org.cdn.ampproject.org/c/s/example.org/story`
_AMP_CACHE = re.compile(r"^/(?:amp|[cvi])/(?:s/)?(?=[^/]+\.[^/]+/)")
_AMP_ENDING = re.compile(r"(?:\.amp(?=\.html?$)|\.amp$|/amp(?:\.html)?$)")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)
# A name of an article rather than of a section: with digits, an ending, or some words joined.
_ARTICLE = re.compile(r"\d|\.html?$|[^-_]+[-_][^-_]+[-_]|[^/]{24}")


def address_key(address: str) -> str:
    """What all addresses of one article share and no two articles do. A key to compare by, not a link to follow.

    Without scheme, credentials, default port, `www` and mobile hosts, AMP, tracking parameters, fragment, last slash;
    with parameters in order and percent signs spelled one way. What is no web address is its own key.
    """
    key = _key(address.strip())
    if len(key.encode()) <= _LONGEST:
        return key
    return f"{key[: _LONGEST // 8]}…{sha256(key.encode()).hexdigest()}"


def _key(address: str) -> str:
    parts = _split(address)
    if parts is None:
        return address
    inner = _AMP_CACHE.match(parts.path) if _is_amp_cache(parts.hostname or "") else None
    if inner:
        return _key(f"https://{parts.path[inner.end() :]}{'?' if parts.query else ''}{parts.query}")
    query = urlencode(sorted(_kept(parts.query)), quote_via=quote)
    return _host(parts) + _path(parts.path) + (f"?{query}" if query else "") + _route(parts.fragment)


def _split(address: str) -> SplitResult | None:
    """The parts of a web address; none where it is no such thing."""
    try:
        parts = urlsplit(address)
        known = parts.scheme in _PORTS and bool(parts.hostname) and (parts.port is None or parts.port >= 0)
    except ValueError:  # a port that is no number, a bracket left open
        return None
    return parts if known else None


def _is_amp_cache(host: str) -> bool:
    return host.endswith(".cdn.ampproject.org") or host in {"google.com", "www.google.com"}


def _host(parts: SplitResult) -> str:
    host = "//" + _without_doors(_ascii((parts.hostname or "").rstrip(".")))
    return host if parts.port in {None, _PORTS[parts.scheme]} else f"{host}:{parts.port}"


def _ascii(host: str) -> str:
    """The host as the network spells it, in letters of English alone."""
    try:
        return host.encode("idna").decode()
    except UnicodeError:  # a label too long, or a letter that no host has
        return host


def _without_doors(host: str) -> str:
    """`www.m.example.org` and `fr.m.example.org` are `example.org` and `fr.example.org`; `m.co.uk` is a name."""
    first, _, rest = host.partition(".")
    if first in _DOORS and _is_name(rest):
        return _without_doors(rest)
    second, _, after = rest.partition(".")
    return f"{first}.{after}" if second in {"m", "mobile"} and _is_name(after) else host


def _is_name(host: str) -> bool:
    labels = host.split(".")
    return len(labels) > 2 or (len(labels) == 2 and labels[0] not in _REGISTRIES)


def _path(path: str) -> str:
    path = _ESCAPE.sub(_spelled, quote(_SESSION.sub("", path), safe="/!$&'()*+,;=:@~%"))
    folder, _, last = path.rpartition("/")
    path = (folder if last.lower() in _INDEXES else path).rstrip("/")
    return _without_amp(path)


def _spelled(escape: re.Match[str]) -> str:
    """A letter as itself; any other escape in capitals, since `%2F` is no slash."""
    letter = chr(int(escape[0][1:], 16))
    return letter if _UNRESERVED.match(letter) else escape[0].upper()


def _without_amp(path: str) -> str:
    """The path without its AMP mark, where what is left still names an article: `/reviews/amp` is about amplifiers."""
    plain = _AMP_ENDING.sub("", path)
    if plain.startswith("/amp/"):
        plain = plain.removeprefix("/amp")
    return plain if _ARTICLE.search(plain.rpartition("/")[2]) else path


def _kept(query: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _is_tracking(name, value)]


def _is_tracking(name: str, value: str) -> bool:
    name = name.lower()
    if name in _DOUBTFUL:
        return value.lower() in _DOUBTFUL_VALUES
    return name in _TRACKING or name.startswith(_TRACKING_STARTS)


def _route(fragment: str) -> str:
    """The fragment where it chooses the page, as in `#!/story/7`; a place on the page chooses nothing."""
    return f"#{fragment}" if fragment.startswith(("!", "/")) else ""
