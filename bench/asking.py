"""How many pages a second a site gives to readers who each wait for an answer before they ask again."""

import http.client
import threading
import time
from collections.abc import Iterator

from server import ports

_HEADERS = {"Host": "localhost", "Accept-Encoding": "gzip"}


def rate(port: int, addresses: Iterator[str], *, seconds: float, readers: int = 4) -> float:
    """Answers a second. Each address is asked for once; an iterator without end is asked until the time is over.

    Raises RuntimeError for an answer that is not 200.
    """
    one_at_a_time, answered = threading.Lock(), [0] * readers
    faults: list[str] = []
    ends = time.perf_counter() + seconds

    def read(number: int) -> None:
        connection = http.client.HTTPConnection(ports.LOOPBACK, port, timeout=60)
        while time.perf_counter() < ends and not faults:
            with one_at_a_time:
                address = next(addresses, None)
            if address is None:
                break
            connection.request("GET", address, headers=_HEADERS)
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.client.OK:
                faults.append(f"{answer.status} at {address}")
            answered[number] += 1
        connection.close()

    started = time.perf_counter()
    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(faults[0])
    return sum(answered) / (time.perf_counter() - started)
