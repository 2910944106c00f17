"""Whose peace is kept: the host of an address. Pure."""

from urllib.parse import urlsplit


def host_of(address: str) -> str:
    """The host's name in lower case, with its port where it is not the web's own; empty where there is none."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return ""
    return f"{parts.hostname or ''}:{port}" if port not in (None, 80, 443) else parts.hostname or ""
