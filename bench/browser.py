"""What a browser is sent on a first visit, and how soon and how smoothly it shows a full sheet of the timeline."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from bench.figures import Figure

_WITH_A_CHART, _WITHOUT = 420, 80
"""Kilobytes at most."""
_ROUNDS = 5
_STEPS = 40
_DRAWN = "#timeline .bars .point"
_WATCH = f"""
window.drawn = 0;
(function look() {{
    if (document.querySelector("{_DRAWN}")) drawn = performance.now();
    else requestAnimationFrame(look);
}})();
"""
_FRAMES = """
window.longest = 0;
let last = performance.now();
requestAnimationFrame(function frame(now) {
    longest = Math.max(longest, now - last);
    last = now;
    requestAnimationFrame(frame);
});
"""


def figures(chromium: str, site: str, pages: Mapping[str, str]) -> Iterator[Figure]:
    """The kilobytes of first visits: of the pages with a chart each, of those without the heaviest.

    ``pages`` are those with a chart by their name; the others are found in the menu of ``site``.
    """
    with _browser(chromium) as browser:
        for name, page in pages.items():
            yield Figure(
                f"first visit, {name}, with its chart", _weight(browser, page, _DRAWN), "kB", at_most=_WITH_A_CHART
            )
        others = {
            address: _weight(browser, address) for address in _menu(browser, site) if address not in pages.values()
        }
    heaviest = max(others, key=others.__getitem__)
    what = f"first visit, the heaviest of {len(others)} pages without a chart: {heaviest.removeprefix(site)}"
    yield Figure(what, others[heaviest], "kB", at_most=_WITHOUT)


def chart_figures(chromium: str, timeline: str) -> Iterator[Figure]:
    """How long a full sheet takes from the click to the drawing, and how evenly its days move; the best of five.

    What a round takes beside the best is other work's.
    """
    with _browser(chromium) as browser:
        rounds = [_drawn_and_dragged(browser, timeline) for _ in range(_ROUNDS)]
    drawn, frame = (min(column) for column in zip(*rounds, strict=True))
    yield Figure("a full sheet of the timeline, from the click to the drawing", drawn, "s", at_most=1)
    yield Figure("a full sheet of the timeline, the longest frame while its days are dragged", frame, "ms", at_most=100)


@contextmanager
def _browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


def _menu(browser: Browser, site: str) -> list[str]:
    page = browser.new_page()
    page.goto(site)
    found: list[str] = page.locator(".colophon nav a").evaluate_all("links => links.map(link => link.href)")
    page.close()
    return sorted({address for address in found if address.startswith(site)})


def _weight(browser: Browser, address: str, drawn: str = "") -> float:
    """Kilobytes over the wire, the answers' heads too, until nothing more comes; with the chart, where one is named."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    sizes: list[float] = []
    protocol.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    protocol.send("Network.enable")
    page.goto(address)
    if drawn:
        page.locator("#timeline").scroll_into_view_if_needed()
        page.locator(drawn).first.wait_for()
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(sizes) / 1000


def _drawn_and_dragged(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds to the drawing, and milliseconds of the longest frame while the days are dragged."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(address)
    page.locator(_DRAWN).first.wait_for()
    page.wait_for_function("drawn")
    box = page.locator("#timeline .ewdrag").first.bounding_box()
    assert box  # noqa: S101
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(_FRAMES)
    for step in range(_STEPS):
        page.mouse.move(x + 5 * step, y)
        time.sleep(1 / 60)
    drawn, longest = page.evaluate("[drawn, longest]")
    context.close()
    return drawn / 1000, longest
