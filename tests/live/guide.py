"""The shell lines of docs/operations.md, so that a test runs what an operator would type."""

import re

from tests.live.composing import ROOT

_GUIDE = ROOT / "docs" / "operations.md"
MAKE_SECRETS = "Make the secrets"


def shell_after(sentence: str) -> str:
    """The first block of shell lines after this sentence of the guide; those blocks are marked `sh`."""
    _, found, rest = _GUIDE.read_text("utf-8").partition(sentence)
    assert found, f"the guide does not say {sentence!r}"
    block = re.search(r"^```sh\n(.*?)^```$", rest, re.DOTALL | re.MULTILINE)
    assert block, f"no shell lines after {sentence!r}"
    return block.group(1)


def all_shell() -> list[str]:
    """Every block of shell lines."""
    return re.findall(r"^```sh\n(.*?)^```$", _GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE)
