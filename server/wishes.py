"""What the environment asks of the supervisor."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from server.errors import CannotStart

_NO = {"", "0", "false", "no", "off"}


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """The port, the demonstration, and the services to use instead of embedded ones; empty means embedded."""

    port: int
    demo: bool
    database_url: str
    redis_url: str
    secret_key: str

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Wishes":
        """The wishes, or `CannotStart` naming the variable that cannot be meant."""
        word = environment.get("PORT", "").strip() or "8000"
        if not (word.isascii() and word.isdigit() and 1 <= int(word) <= 65535):
            raise CannotStart(f"PORT={word} is not a port. Give a number from 1 to 65535, such as PORT=8001.")
        return cls(
            port=int(word),
            demo=environment.get("DEMO", "").strip().lower() not in _NO,
            database_url=environment.get("DATABASE_URL", ""),
            redis_url=environment.get("REDIS_URL", ""),
            secret_key=environment.get("SECRET_KEY", ""),
        )


def with_file(environment: Mapping[str, str], file: Path) -> dict[str, str]:
    """The environment with what a file of `NAME=value` lines adds; what is set already stays."""
    lines = file.read_text().splitlines() if file.exists() else []
    pairs = (line.removeprefix("export ").partition("=") for line in map(str.strip, lines) if line[:1] not in {"", "#"})
    return {**{name.strip(): value.strip().strip("'\"") for name, _, value in pairs}, **environment}
