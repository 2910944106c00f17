"""What Plotly would write into the page by itself stands in a file of ours: the policy forbids the rest."""

import re
from pathlib import Path

import plotly
import pytest

CSS = (Path(__file__).parents[3] / "static" / "css" / "plotly.css").read_text()
BUNDLE = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text()


@pytest.mark.parametrize("selector", [".crisp", ".main-svg", ".main-svg .draglayer", ".user-select-none"])
def test_the_rules_that_drawing_needs_are_those_of_the_bundle(selector: str) -> None:
    (rule,) = set(re.findall(rf'"X {re.escape(selector)}":"([^"]*)"', BUNDLE))
    (ours,) = re.findall(rf"\.plotly {re.escape(selector)} \{{ (.*?) \}}", CSS)
    wanted = {one.strip() for one in rule.split(";") if one and not one.startswith(("-moz", "-ms", "-o-"))}
    assert {one.strip().replace(": ", ":") for one in ours.split(";") if one.strip()} == wanted


def test_plotly_leaves_the_page_alone_where_it_finds_our_file() -> None:
    template = (Path(__file__).parents[3] / "templates" / "reading" / "timeline.html").read_text()
    assert 'id="plotly.js-style-global" class="no-inline-styles"' in template
    assert '".no-inline-styles"' in BUNDLE
