"""The services of docker-compose.yml as an engine would start them, moved to this machine's loopback address."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = ROOT / "Dockerfile"
_VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<text>[^}]*))?\}")


@dataclass(frozen=True)
class Service:
    """One service: what it runs, with which environment, and how its health is asked; the rest as the file says it."""

    name: str
    argv: list[str]
    environment: dict[str, str]
    health: list[str]
    rest: dict[str, Any]


def services(asked: Mapping[str, str], places: Mapping[str, str] | None = None) -> dict[str, Service]:
    """The services under the variables of whoever starts them; each of ``places`` stands for what it is mapped to."""
    said = moved(said_with(yaml.safe_load(COMPOSE.read_text("utf-8")), asked), places or {})
    return {name: _service(name, rest) for name, rest in said["services"].items()}


def _service(name: str, rest: dict[str, Any]) -> Service:
    environment = {key: str(value) for key, value in rest["environment"].items()} if "environment" in rest else {}
    return Service(name, rest["command"], environment, _health(rest), rest)


def _health(rest: dict[str, Any]) -> list[str]:
    """The health check's words; none for a service without one."""
    kind, *words = rest.get("healthcheck", {}).get("test", ["CMD"])
    return ["/bin/sh", "-c", *words] if kind == "CMD-SHELL" else words


def said_with(value: Any, asked: Mapping[str, str]) -> Any:
    """The value with ``${NAME:-default}`` and ``${NAME:?why}`` filled in as Compose does, or KeyError."""
    return _each_text(value, lambda text: _VARIABLE.sub(partial(_fill, asked), text))


def _fill(asked: Mapping[str, str], found: re.Match[str]) -> str:
    if found.group() == "$$":
        return "$"
    given = asked.get(found["name"], "")
    if not given and found["kind"] == "?":
        raise KeyError(f"{found['name']}: {found['text']}")
    return given or found["text"] or ""


def moved(value: Any, places: Mapping[str, str]) -> Any:
    """The value with each place in its texts replaced, all in one pass."""
    if not places:
        return value
    pattern = re.compile("|".join(re.escape(place) for place in sorted(places, key=len, reverse=True)))
    return _each_text(value, lambda text: pattern.sub(lambda found: places[found.group()], text))


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each_text(one, change) for one in value]
    if isinstance(value, dict):
        return {key: _each_text(one, change) for key, one in value.items()}
    return value


def instructions() -> Iterator[tuple[str, str]]:
    """The Dockerfile's instructions in order: the word and what follows it, continued lines joined."""
    lines = [line for line in DOCKERFILE.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#")]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        word, _, rest = line.partition(" ")
        yield word, rest


def copied() -> list[str]:
    """What the image takes from the tree."""
    rests = [rest.split() for word, rest in instructions() if word == "COPY" and not rest.startswith("--from")]
    return [source for *sources, _ in rests for source in sources]


def image_environment() -> dict[str, str]:
    """The variables that the image sets, with this environment's programs in the place of the image's."""
    [said] = [rest for word, rest in instructions() if word == "ENV"]
    own = dict(pair.split("=", 1) for pair in said.split())
    return {**own, "PATH": f"{ROOT / '.venv/bin'}:{os.environ['PATH']}"}
