"""Takes the README's pictures from a running program: ``python scripts/take_screenshots.py [ADDRESS]``."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
PICTURES = {
    "timeline": ("/timeline/?supplier=US&supplier=DE&supplier=DK&supplier=FR", "#timeline .bars .point"),
    "map": ("/map/?supplier=US&on=2024-06-01", ".map svg"),
}
"""What is shown, and what has been drawn once it is ready."""
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


def main(address: str) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 1180})
        for name, (path, drawn) in PICTURES.items():
            page.goto(address + path)
            page.wait_for_selector(drawn)
            page.screenshot(path=IMAGES / f"{name}.png")
            print(IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
