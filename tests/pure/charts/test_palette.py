"""Every colour against its neighbour, in both themes; and the style sheet against the palette."""

import re
from pathlib import Path

import pytest

from dashboard.charts.palette import DARK, LIGHT, THEMES, dark_for_light
from restrictions.domain.vocabulary import Status

STATIC = Path(__file__).parents[3] / "static"
CSS, RECORD = ((STATIC / "css" / f"{name}.css").read_text() for name in ("site", "record"))
DESK = (STATIC / "admin" / "caveat" / "desk.css").read_text()
OUTLINED = {status for status, swatch in LIGHT.statuses.items() if swatch.outlined}


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_the_page(theme: str) -> None:
    palette = THEMES[theme]
    for colour in (palette.ink, palette.quiet, palette.accent):
        assert contrast(colour, palette.page) >= 4.5, colour


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("status", list(Status))
def test_a_status_stands_out_from_the_page(theme: str, status: Status) -> None:
    palette = THEMES[theme]
    edge = palette.statuses[status].edge
    assert contrast(edge, palette.page) >= 3, (status, edge)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("status", list(Status))
def test_text_can_be_read_inside_a_pale_bar(theme: str, status: Status) -> None:
    palette = THEMES[theme]
    assert contrast(palette.ink, palette.pale(status)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("status", list(Status))
def test_text_can_be_read_inside_a_bar_on_its_fill_and_on_its_pattern(theme: str, status: Status) -> None:
    swatch = THEMES[theme].statuses[status]
    assert contrast(swatch.ink, swatch.fill) >= 4.5
    if swatch.shape:
        assert contrast(swatch.ink, swatch.line) >= 4.5


def test_no_two_statuses_have_the_same_pattern() -> None:
    patterned = [swatch for status, swatch in LIGHT.statuses.items() if status not in OUTLINED]
    assert len({(swatch.shape, swatch.size) for swatch in patterned}) == len(patterned)


def test_every_colour_has_one_counterpart_in_the_dark() -> None:
    pairs = dark_for_light()
    assert pairs[LIGHT.page] == DARK.page
    for status, swatch in LIGHT.statuses.items():
        dark = DARK.statuses[status]
        assert (pairs[swatch.fill], pairs[swatch.line], pairs[swatch.ink]) == (dark.fill, dark.line, dark.ink)
        assert pairs[LIGHT.pale(status)] == DARK.pale(status)


def test_the_style_sheet_has_the_same_colours() -> None:
    pairs = re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", CSS)
    for at, palette in enumerate((LIGHT, DARK), start=1):
        said = {pair[0]: pair[at] for pair in pairs}
        for name in ("page", "ink", "quiet", "rule", "accent"):
            assert said[name] == getattr(palette, name), name
        for status in set(Status) - OUTLINED:
            swatch = palette.statuses[status]
            assert said[status] == swatch.fill
            assert said.get(f"{status}-line", swatch.line) == swatch.line


def test_the_desk_has_the_same_colours_and_inks_that_can_be_read_on_them() -> None:
    light, dark = DESK.split(".dark {", 1)
    for sheet, palette in ((light, LIGHT), (dark.split("}", 1)[0], DARK)):
        said = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", sheet))
        for status in set(Status) - OUTLINED:
            fill = palette.statuses[status].fill
            assert said[status] == fill
            ink = (said.get(f"{status}-ink") or said["status-ink"]).replace("#fff", "#ffffff")
            assert contrast(ink, fill) >= 4.5, status


def test_every_status_has_its_swatch_in_the_style_sheet() -> None:
    for status in Status:
        assert f".swatch.{status} {{" in RECORD
