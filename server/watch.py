"""Programs that end unasked are started again, with more patience each time; a third time in a minute ends it all."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from server.child import Child
from server.errors import CannotStart

WITHIN_SECONDS = 60.0
ENOUGH = 3


@dataclass
class Watch:
    """Looks after the children, in the order in which they were started."""

    children: list[Child]
    pause: Callable[[float], None]
    say: Callable[[str], None]
    _ends: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list), init=False)

    def look(self) -> None:
        """Every child runs again, or `CannotStart` names the one that does not stay up, and its log."""
        for child in self.children:
            if child.exit_code() is not None:
                self._bring_back(child, child.end_in_words())
                self._start_afresh([other for other in self.children if child.name in other.needs])

    def _bring_back(self, child: Child, end: str) -> None:
        while True:
            seconds = self._patience(child, end)
            self.say(f"{child.name} {end}; starting it again in {seconds} s. It says more in {child.log}")
            self.pause(seconds)
            # What it had started itself may still hold its port.
            child.stop()
            try:
                child.start()
                child.wait_ready(self.pause)
            except CannotStart:
                end = child.end_in_words()
            else:
                return

    def _start_afresh(self, children: list[Child]) -> None:
        """Connections to a server that is gone are worth nothing, and some programs never notice."""
        for child in reversed(children):
            child.stop()
        for child in children:
            try:
                child.start()
                child.wait_ready(self.pause)
            except CannotStart:
                self._bring_back(child, child.end_in_words())

    def _patience(self, child: Child, end: str) -> int:
        """The seconds to wait before the next try."""
        now = time.monotonic()
        ends = [instant for instant in self._ends[child.name] if now - instant < WITHIN_SECONDS]
        self._ends[child.name] = [*ends, now]
        if len(ends) + 1 >= ENOUGH:
            raise CannotStart(f"{child.name} {end}, the third time in a minute, so everything stops. {child.reason()}")
        return 1 if not ends else 2
