"""Starts everything in order, watches it, stops it in the opposite order."""

import os
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from server import fingerprint, ports, programs
from server.child import Child, end_orphans
from server.errors import CannotStart, Stopped
from server.places import Places, write_private
from server.postgres import Postgres
from server.valkey import Valkey
from server.watch import Watch
from server.wishes import Wishes

_WATCH_SECONDS = 0.5
# A new cluster with the record takes 70 MB, and its log grows in steps of 16.
_ROOM_FIRST, _ROOM_LATER = 200_000_000, 40_000_000
_DEMONSTRATION = Path("restrictions/demo/kharkiv.fr.txt")


@dataclass(kw_only=True)
class Supervisor:
    """The one parent of all that runs. `children` stop in the opposite order of their list."""

    wishes: Wishes
    places: Places
    children: list[Child] = field(default_factory=list)
    _asked_to_stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Serves until a signal asks for the end. However it ends, nothing that it started is left."""
        self.places.make()
        with self.places.lock():
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, lambda *_: self._asked_to_stop.set())
            try:
                self._serve()
            except Stopped:
                say("Stopping.")
            finally:
                self._stop_all()
        say("Stopped. The record is kept for the next start.")

    def _serve(self) -> None:
        left = end_orphans(self.places.notes)
        if left:
            say(f"Ended what a killed run had left: {', '.join(left)}.")
        self._refuse_taken_port()
        self._refuse_little_room()
        database_url, redis_url = self._start_services()
        environment = self._environment(database_url, redis_url)
        wanted = self._fingerprint()
        if not self._is_prepared(database_url, wanted):
            self._prepare(environment)
            self.places.prepared.write_text(wanted)
        self._start_programs(environment)
        self._announce()
        self._watch()

    def _refuse_taken_port(self) -> None:
        port = self.wishes.port
        if hindrance := ports.hindrance(port):
            why = "is for root alone" if isinstance(hindrance, PermissionError) else "is taken by another program"
            raise CannotStart(f"Port {port} {why}. Choose another: make run PORT={ports.next_free(port)}")

    def _refuse_little_room(self) -> None:
        is_first = not self.places.prepared.exists() and not self.wishes.database_url
        self.places.refuse_little_room(_ROOM_FIRST if is_first else _ROOM_LATER)

    # --- Services

    def _start_services(self) -> tuple[str, str]:
        """The addresses of PostgreSQL and of the broker: the given ones, or those of children started now."""
        database_url, redis_url = self.wishes.database_url, self.wishes.redis_url
        if database_url:
            self._try_database(database_url)
        else:
            say("Starting PostgreSQL.")
            postgres = Postgres(places=self.places)
            if postgres.folder.parent != self.places.var:
                say(f"PostgreSQL cannot reach this folder as the user nobody: its files stand in {postgres.folder}.")
            self.children.append(postgres.start(self.pause))
            database_url = postgres.url()
        if not redis_url:
            valkey = Valkey(places=self.places)
            self.children.append(valkey.start(self.pause))
            redis_url = valkey.url
        return database_url, redis_url

    def _try_database(self, database_url: str) -> None:
        try:
            psycopg.connect(database_url, connect_timeout=10).close()
        except psycopg.Error as error:
            why = " ".join(str(error).split())
            raise CannotStart(f"DATABASE_URL is set, but PostgreSQL does not let us in there: {why}") from error

    def _environment(self, database_url: str, redis_url: str) -> Mapping[str, str]:
        """What the children read; `services.env` says the same to commands typed in another terminal."""
        own = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": self.wishes.secret_key or self.places.secret("secret-key"),
            "DEMO": "1" if self.wishes.demo else "0",
            "HTTPS": os.environ.get("HTTPS", "0"),
        }
        write_private(self.places.services, "".join(f"{name}={value}\n" for name, value in own.items()))
        return {**os.environ, **own, "PYTHONUNBUFFERED": "1"}

    # --- What the database holds

    def _fingerprint(self) -> str:
        """What the database is prepared for; another release, database or wish gives another word."""
        program = fingerprint.of_program(programs.ROOT)
        return fingerprint.of_wishes(program, self.wishes.database_url or "embedded", demo=self.wishes.demo)

    def _is_prepared(self, database_url: str, wanted: str) -> bool:
        mark = self.places.prepared
        return mark.exists() and mark.read_text() == wanted and fingerprint.was_migrated(database_url)

    def _prepare(self, environment: Mapping[str, str]) -> None:
        """The database is ready for this release; the terminal shows what came in, and the first curator's password."""
        say("Preparing the database: tables, countries, regions, weapons, the starter record.")
        dispatch = ["--demonstration", str(_DEMONSTRATION)] if self.wishes.demo else []
        child = programs.command(self.places, environment, "prepare", *dispatch)
        # It holds a password where an earlier start was cut short.
        child.log.unlink(missing_ok=True)
        child.start()
        try:
            code = child.wait(self.pause)
        finally:
            child.stop()
        if code:
            raise CannotStart(f"The database could not be prepared. {child.reason()}")
        say(child.log.read_text(errors="replace").strip())
        child.log.unlink()

    # --- The site

    def _start_programs(self, environment: Mapping[str, str]) -> None:
        """The site answers, and the worker is on its way: it takes no part in a page, so the page comes first."""
        say("Starting the site and the worker.")
        web = programs.site(self.places, environment, self.wishes.port)
        behind = [programs.worker(self.places, environment), programs.beat(self.places, environment)]
        # The site is the last of the list, and so the first to stop: it wakes the worker.
        self.children += [*behind, web]
        web.start()
        web.wait_ready(self.pause)
        for child in behind:
            child.start()

    def _announce(self) -> None:
        say(f"\nCaveat is at http://{ports.LOOPBACK}:{self.wishes.port}")
        say("Ctrl-C stops it.")

    def _watch(self) -> None:
        watch = Watch(self.children, self.pause, say)
        while True:
            self.pause(_WATCH_SECONDS)
            watch.look()

    def pause(self, seconds: float) -> None:
        """Waits, or raises `Stopped` as soon as a signal asks for the end."""
        if self._asked_to_stop.wait(seconds):
            raise Stopped

    def _stop_all(self) -> None:
        """The programs end at the same time; what they stand on waits for the last of them."""
        stood_on = {name for child in self.children for name in child.needs}
        for child in self.children:
            if child.name not in stood_on:
                child.ask()
        for child in reversed(self.children):
            child.stop()
        self.places.services.unlink(missing_ok=True)


def say(sentence: str) -> None:
    print(sentence, flush=True)
