"""Whether the database already holds what this copy of the program would load into it."""

import hashlib
from pathlib import Path

import psycopg

# Tables, reference data, and the rules that turn the starter record's claims into positions.
_LOADED_FROM = (
    "restrictions/migrations",
    "restrictions/reference",
    "restrictions/domain",
    "restrictions/demo",
    "restrictions/management",
    "requirements.txt",
)


def of_program(root: Path) -> str:
    """One word for the migrations, the data and the code that loads them; any change gives another word."""
    digest = hashlib.sha256()
    for name in _LOADED_FROM:
        place = root / name
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for path in files:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def of_wishes(program: str, database_url: str, *, demo: bool) -> str:
    """The same for one database: the record of one says nothing about another, nor of the demonstration."""
    return hashlib.sha256(f"{program}\n{database_url}\n{demo}".encode()).hexdigest()


def was_migrated(database_url: str) -> bool:
    """Whether migrations have ever run there: a note about a database that was emptied since is worth nothing."""
    with psycopg.connect(database_url, connect_timeout=5) as connection:
        row = connection.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone()
        return bool(row and row[0])
