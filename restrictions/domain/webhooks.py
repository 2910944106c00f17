"""Webhooks: how a message is signed, and when one that was not taken is sent again. Pure.

The signature is that of the Standard Webhooks convention, for which libraries exist in most languages.
"""

import hashlib
import hmac
from base64 import b64decode, b64encode
from datetime import timedelta

_MARK = "whsec_"
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_PAUSES = (_MINUTE, 5 * _MINUTE, 20 * _MINUTE, _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, 24 * _HOUR)
_SPREAD = 0.03


def secret_of(key: str, nonce: str) -> str:
    """The secret that the installation's key makes of a drawn number: the number alone, as stored, tells nothing."""
    made = hmac.new(key.encode(), b"caveat webhook " + nonce.encode(), hashlib.sha256).digest()
    return _MARK + b64encode(made).decode()


def digest_of(secret: str) -> str:
    """By which a secret is recognised when it is made again: 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def signature(secret: str, *, message: str, timestamp: int, body: bytes) -> str:
    """What the header `webhook-signature` holds for one secret: the HMAC-SHA256 of `id.timestamp.body`."""
    signed = f"{message}.{timestamp}.".encode() + body
    made = hmac.new(b64decode(secret.removeprefix(_MARK)), signed, hashlib.sha256).digest()
    return "v1," + b64encode(made).decode()


def wait_before_next(*, tries: int, chance: float) -> timedelta | None:
    """How long to wait after this many tries in vain: longer each time; none where two days have passed.

    Up to three hundredths longer by ``chance`` (0 to 1), so that not everything comes back at one moment.
    """
    return _PAUSES[tries - 1] * (1 + _SPREAD * chance) if tries <= len(_PAUSES) else None
