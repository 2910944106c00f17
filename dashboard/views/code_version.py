"""Which code makes the pages: a digest of all that decides what they look like."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

_KINDS = {".py", ".html", ".txt", ".toml", ".csv", ".mo", ".css", ".js"}
_FOLDERS = ("config", "dashboard", "restrictions", "templates", "locale", "static/css", "static/js")


@cache
def code_version() -> str:
    """The same on every host that runs the same files, another after any change of them; read once a process."""
    digest = sha256()
    for path in _files():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _files() -> list[Path]:
    found = (path for folder in _FOLDERS for path in (settings.BASE_DIR / folder).rglob("*"))
    return sorted(path for path in found if path.suffix in _KINDS and path.is_file())
