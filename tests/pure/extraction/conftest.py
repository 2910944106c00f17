"""Where the shared corpora are, when this copy stands beside them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def shared() -> Path:
    """The folder of gold corpora and real dispatches beside the repository; without it the test is skipped, aloud."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the shared corpora are not beside this repository (../shared): the real dispatch is NOT tested")
    return folder
