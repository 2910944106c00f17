"""Where a request comes from, as seen from behind a proxy."""

from ipaddress import ip_address

from django.http import HttpRequest


def address_behind_proxy(request: HttpRequest) -> str | None:
    """The visitor's address: the last that X-Forwarded-For names, which our own proxy wrote; else the connection's.

    Without it all visitors would share the proxy's address, and one who guesses passwords would lock everybody out.
    """
    said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(said))
    except ValueError:
        return request.META.get("REMOTE_ADDR")
