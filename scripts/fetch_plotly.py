"""Puts Plotly's script where the pages expect it, at the version that the Python package writes figures for.

The basic bundle (bars and scatters) comes from npm where `npm` is there; else the whole script out of the Python wheel
stands in for it, four times the size. The pages see no difference.
"""

import importlib.util
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

_TARGET = Path(__file__).resolve().parent.parent / "static" / "vendor" / "plotly.min.js"
_BUNDLE = "plotly.js-basic-dist-min"


def main() -> None:
    package = _package()
    version = _script_version(package)
    _TARGET.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        script = _from_npm(version, Path(folder)) or package / "package_data" / "plotly.min.js"
        shutil.copyfile(script, _TARGET)
    which = "basic bundle" if script.name == "plotly-basic.min.js" else "whole script: npm gave no basic bundle"
    print(f"Plotly {version} ({which}, {_TARGET.stat().st_size // 1000} kB)")


def _package() -> Path:
    spec = importlib.util.find_spec("plotly")
    if spec is None or spec.origin is None:
        sys.exit("The package plotly is not installed: run make setup.")
    return Path(spec.origin).parent


def _script_version(package: Path) -> str:
    line = (package / "offline" / "_plotlyjs_version.py").read_text().rpartition("=")[2]
    return str(json.loads(line))


def _from_npm(version: str, folder: Path) -> Path | None:
    """The bundle, whose checksum npm has compared with the registry's; `None` without npm or network."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    try:
        done = subprocess.run(
            [npm, "pack", "--silent", f"{_BUNDLE}@{version}"], cwd=folder, capture_output=True, check=False, timeout=30
        )
    except subprocess.TimeoutExpired:
        return None
    archives = list(folder.glob("*.tgz"))
    if done.returncode or not archives:
        return None
    script = folder / "plotly-basic.min.js"
    with tarfile.open(archives[0]) as archive:
        member = archive.extractfile(f"package/{script.name}")
        if member is None:
            return None
        script.write_bytes(member.read())
    return script


if __name__ == "__main__":
    main()
