"""How a message is signed, and when it is sent again."""

import base64
import hashlib
import hmac
from datetime import timedelta

from restrictions.domain.webhooks import digest_of, secret_of, signature, wait_before_next


def test_a_secret_is_made_again_of_its_number_and_the_key_alone() -> None:
    secret = secret_of("key", "17")
    assert secret == secret_of("key", "17")
    assert len({secret, secret_of("key", "18"), secret_of("other", "17")}) == 3
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"))) == 32
    assert len(digest_of(secret)) == 64


def test_the_signature_is_over_number_second_and_body() -> None:
    secret, body = secret_of("key", "17"), b'{"a": "\xc3\xa9"}'
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, b"m1.1700000000." + body, hashlib.sha256).digest()).decode()
    said = signature(secret, message="m1", timestamp=1_700_000_000, body=body)
    assert said == f"v1,{expected}"
    others = [("m2", 1_700_000_000, body), ("m1", 1_700_000_001, body), ("m1", 1_700_000_000, body + b" ")]
    assert said not in {signature(secret, message=m, timestamp=t, body=b) for m, t, b in others}


def test_pauses_grow_and_end_after_two_days() -> None:
    waits = [wait_before_next(tries=tries, chance=0) for tries in range(1, 10)]
    assert waits[-1] is None
    pauses = [wait for wait in waits if wait]
    assert pauses == sorted(pauses)
    assert pauses[0] == timedelta(minutes=1)
    assert timedelta(hours=44) < sum(pauses, timedelta()) <= timedelta(days=2)
    late = [wait_before_next(tries=tries, chance=1) or timedelta() for tries in range(1, 9)]
    assert sum(pauses, timedelta()) < sum(late, timedelta()) <= timedelta(days=2)
