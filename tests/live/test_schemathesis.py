"""What the API's description allows, and what it does not, thrown at the running server: nothing may be found."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from dashboard.api.endpoints import ENDPOINTS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed_starter_record")]

_PROGRAM = Path(sys.executable).with_name("schemathesis")
_SETTINGS = Path(__file__).with_name("schemathesis.toml")
_BOUNDS = ("--phases", "coverage,fuzzing", "--max-examples", "5", "--max-time", "40", "--seed", "20240531")


def test_nothing_is_found_by_who_tries_everything(live_url: str, settings: Settings, tmp_path: Path) -> None:
    settings.API_READS_PER_MINUTE = 1_000_000
    cache.clear()
    where = ("--include-tag", "reading", f"{live_url}/api/v1/openapi.json")
    words = [str(_PROGRAM), "--config-file", str(_SETTINGS), "run", *_BOUNDS, "--no-color", *where]
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=170, cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Selected: {len(ENDPOINTS)}/" in done.stdout
    assert "passed" in done.stdout
