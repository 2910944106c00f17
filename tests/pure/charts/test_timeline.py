"""The timeline as a figure: what is drawn for whom, and how doubt shows."""

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from dashboard.charts.palette import DARK, LIGHT, dark_for_light
from dashboard.charts.timeline import Frame, narrow_layout, timeline_figure
from restrictions.domain.vocabulary import Act, Status
from tests.pure.charts.bars import TODAY, bar, contested, mark, noted

LABELS = ("Limits: around Kharkiv only, as counter-fire", "Limits: around Kharkiv only", "Limits")
LIMITED = bar("2024-06-17", status=Status.CONDITIONAL, labels=LABELS)
EVERYTHING = [
    bar("2024-05-30", "2024-06-17", contested=(contested(date(2024, 6, 2), date(2024, 6, 4)),)),
    LIMITED,
    bar("2024-05", weapon="atacms", open_start=True, provisional=True),
    bar("2023-01-01", "2024-05-01", weapon="atacms", answered_by="any", open_start=True),
    bar("2022-01-01", supplier="FR", status=Status.ALLOWED, last_confirmed=date(2022, 2, 2)),
    bar("2024-01-01", ends="2024-08", supplier="ES", status=Status.UNSTATED),
]
MARKS = [mark(Act.USED), mark(Act.URGES, weapon="atacms"), mark(Act.SIGNALS, supplier="PL")]


def traces(*rows: Any, **asked: Any) -> dict[str, list[Any]]:
    figure = timeline_figure(list(rows), today=TODAY, **asked)
    named: dict[str, list[Any]] = {}
    for trace in figure.data:
        named.setdefault(trace.name, []).append(trace)
    return named


def test_only_what_the_basic_bundle_draws_is_used() -> None:
    figure = timeline_figure(EVERYTHING, today=TODAY, marks=MARKS)
    assert {trace.type for trace in figure.data} == {"bar", "scatter"}


def test_a_bar_lies_on_its_days_and_opens_its_position() -> None:
    (drawn,) = traces(bar("2024-05-30", "2024-06-17"))["banned"]
    assert list(drawn.base) == ["2024-05-30"]
    assert list(drawn.x) == [18 * 86_400_000]
    assert drawn.customdata[0][0] == 7
    assert drawn.orientation == "h"


def test_status_shows_by_colour_and_by_pattern() -> None:
    drawn = traces(bar("2024-05-30", "2024-06-17"), LIMITED)
    banned, limited = drawn["banned"][0].marker, drawn["conditional"][0].marker
    assert (banned.color, banned.pattern.shape) == (LIGHT.statuses[Status.BANNED].fill, "/")
    assert limited.color != banned.color
    assert limited.pattern.size > banned.pattern.size


def test_labels_are_offered_from_the_longest_to_the_shortest() -> None:
    (drawn,) = traces(LIMITED)["conditional"]
    assert drawn.meta["labels"] == [list(LABELS)]
    assert list(drawn.text) == ["Limits"]


def test_what_a_wider_rule_answers_is_paler() -> None:
    own, inherited = (
        bar("2024-05-30", weapon="atacms"),
        bar("2024-01-01", "2024-05-30", weapon="atacms", answered_by="any"),
    )
    pale, full = traces(own, inherited)["banned"]
    banned = LIGHT.statuses[Status.BANNED]
    assert (pale.marker.color, full.marker.color) == (LIGHT.pale(Status.BANNED), banned.fill)
    assert pale.marker.line.color == banned.fill, "its edge is as clear as any other's"


def test_a_turn_known_to_the_month_is_hatched_in_two_halves() -> None:
    drawn = traces(bar("2024-01-01", "2024-05"), bar("2024-05", status=Status.CONDITIONAL))
    before, after = drawn["end in doubt"][0], drawn["start in doubt"][0]
    assert list(before.base) == list(after.base) == ["2024-05-01"]
    assert (before.offset, after.offset) == (-after.width, 0)
    assert before.marker.pattern.fgcolor[0] == LIGHT.statuses[Status.BANNED].fill


def test_exact_days_have_no_hatching() -> None:
    assert not {"start in doubt", "end in doubt"} & set(traces(bar("2024-05-30", "2024-06-17")))


def test_an_unknown_start_fades_in_before_the_first_known_day() -> None:
    (fading,) = traces(bar("2024-05-30", open_start=True))["start unknown"]
    assert list(fading.marker.opacity) == sorted(fading.marker.opacity)
    assert max(fading.base) < "2024-05-30"


def test_an_inherited_fading_is_paler_still() -> None:
    (own,) = traces(bar(open_start=True))["start unknown"]
    (inherited,) = traces(bar(open_start=True, answered_by="any"))["start unknown"]
    assert max(inherited.marker.opacity) < max(own.marker.opacity)


def test_an_end_that_nobody_knows_is_an_arrow_at_today() -> None:
    assert list(traces(bar())["goes on"][0].x) == ["2024-12-02"]
    assert "goes on" not in traces(bar("2024-05-30", "2024-06-17"))


def test_what_was_not_confirmed_for_a_year_is_thin() -> None:
    drawn = traces(bar("2022-01-01", last_confirmed=date(2022, 2, 2)))["banned"]
    thin, thick = sorted(drawn, key=lambda trace: trace.width)
    assert list(thin.base) == ["2023-02-02"]
    assert list(thin.text) == [""]
    assert thin.width < thick.width / 2


def test_provisional_is_a_dotted_outline() -> None:
    (outline,) = traces(bar(provisional=True), bar(weapon="atacms"))["provisional"]
    assert outline.line.dash == "dot"
    assert outline.x[0] == "2024-05-30"


def test_a_provisional_bar_of_which_nothing_is_sure_has_no_outline() -> None:
    doubtful = bar("2024-05", "2024-05-10/2024-06-05", provisional=True)
    assert "provisional" not in traces(doubtful)


def test_contested_days_show_the_other_side_and_stay_visible_however_short() -> None:
    row = bar(contested=(contested(date(2024, 6, 2), date(2024, 6, 4)),))
    other, diamonds = traces(row)["sources disagree"]
    assert other.marker.color == LIGHT.statuses[Status.ALLOWED].fill
    assert diamonds.marker.symbol == "diamond"
    assert list(diamonds.x) == ["2024-06-03"]
    assert list(diamonds.hovertext) == ["Sources disagree."]


def test_an_inherited_bar_does_not_repeat_the_dispute_of_the_wider_rule() -> None:
    row = bar(answered_by="any", weapon="atacms", contested=(contested(date(2024, 6, 2), None),))
    assert "sources disagree" not in traces(row)


def test_context_acts_are_signs_below_the_line_that_they_are_about() -> None:
    drawn = traces(bar(), bar(weapon="atacms"), marks=MARKS)
    assert drawn["used"][0].y[0] > 0
    assert drawn["urges"][0].y[0] > drawn["used"][0].y[0]
    assert "signals" not in drawn
    assert list(drawn["used"][0].hovertext) == ["used &lt;that&gt; day"]


def test_the_hover_says_it_in_words_and_takes_markup_for_text() -> None:
    row = noted(bar(supplier_name="<i>US</i>", limits_words="around Kharkiv only"), "Provisional: nobody confirmed it.")
    hover = traces(row)["banned"][0].hovertext[0]
    assert hover.startswith("&lt;i&gt;US&lt;/i&gt; · All weapons<br>Not allowed, as a sentence<br>around Kharkiv only")
    assert hover.endswith("Provisional: nobody confirmed it.")
    assert "<i>" not in hover


def test_the_day_asked_about_is_a_dashed_line_beside_today() -> None:
    asked = Frame(on=date(2024, 6, 1), on_words="1 June 2024", today_words="today")
    figure = timeline_figure([bar()], today=TODAY, frame=asked)
    assert [shape.label.text for shape in figure.layout.shapes] == ["today", "1 June 2024"]
    only_today = timeline_figure([bar()], today=TODAY, frame=Frame(on=TODAY))
    assert len(only_today.layout.shapes) == 1


@pytest.mark.parametrize(
    ("first", "ticks", "shape"),
    [
        (date(2005, 1, 1), "M24", "%Y"),
        (date(2020, 1, 1), "M12", "%Y"),
        (date(2023, 6, 1), "M3", "%Y-%m"),
        (date(2024, 6, 1), "M1", "%Y-%m"),
    ],
)
def test_the_axis_names_years_quarters_or_months_by_its_length(first: date, ticks: str, shape: str) -> None:
    axis = timeline_figure([bar()], today=TODAY, frame=Frame(first=first)).layout.xaxis
    assert (axis.range[0], axis.dtick, axis.tickformat) == (first.isoformat(), ticks, shape)


def test_a_bar_that_begins_out_of_sight_is_drawn_from_the_edge_so_that_its_label_shows() -> None:
    asked = Frame(first=date(2024, 6, 1), last=date(2024, 11, 1))
    (drawn,) = traces(bar("2022-01-01"), bar("2022-01-01", "2023-01-01", supplier="FR"), frame=asked)["banned"]
    assert list(drawn.base) == ["2024-06-01"]


def test_the_axis_covers_all_rows_where_no_days_are_asked_for() -> None:
    axis = timeline_figure([bar("2022-03"), bar(supplier="FR")], today=TODAY).layout.xaxis
    assert axis.range[0] < "2022-03-01"
    assert axis.range[1] > TODAY.isoformat()


def test_the_last_day_asked_for_ends_the_axis() -> None:
    axis = timeline_figure([bar()], today=TODAY, frame=Frame(last=date(2025, 6, 1))).layout.xaxis
    assert "2025-06-01" < axis.range[1] < "2025-07-01"


def test_an_empty_timeline_is_still_a_figure() -> None:
    figure = timeline_figure([], today=TODAY)
    assert isinstance(figure, go.Figure)
    assert figure.layout.height > 0
    assert narrow_layout([])["annotations"] == []


def test_thirty_suppliers_get_a_line_each_of_the_same_height() -> None:
    rows = [bar(supplier=f"S{number}") for number in range(30)]
    figure = timeline_figure(rows, today=TODAY)
    assert len(figure.layout.yaxis2.tickvals) == 30
    assert figure.layout.height / 30 > 30


def test_names_stand_beside_the_lines_in_bold_where_a_group_begins() -> None:
    layout = timeline_figure([bar(), bar(weapon="atacms")], today=TODAY).layout
    beside = [(axis.ticktext, axis.tickfont.weight, axis.side) for axis in (layout.yaxis2, layout.yaxis)]
    assert beside == [(("United States",), 600, "left"), (("ATACMS",), 400, "left")]
    assert [*layout.yaxis2.tickvals, *layout.yaxis.tickvals] == [0, 1]


def test_on_a_phone_names_stand_above_their_lines_with_what_holds_last() -> None:
    rows = [bar(), bar(weapon="atacms"), *(bar(supplier=f"S{number}") for number in range(8))]
    narrow = narrow_layout(rows)
    assert [name["text"] for name in narrow["annotations"]][-2:] == [
        "United States – Not allowed",
        "United States · ATACMS – Not allowed",
    ]
    assert not any(narrow[axis]["showticklabels"] for axis in ("yaxis", "yaxis2"))
    assert narrow["margin"]["l"] < 20
    assert narrow["height"] > timeline_figure(rows, today=TODAY).layout.height


def test_no_text_needs_inline_styles() -> None:
    drawn = timeline_figure(EVERYTHING, today=TODAY, marks=MARKS).to_json()
    for markup in ("\\u003cb\\u003e", "<b>", "<i>", "<span", "<a "):
        assert markup not in drawn


def test_the_dark_figure_is_the_light_one_in_other_colours() -> None:
    light = timeline_figure(EVERYTHING, today=TODAY, marks=MARKS).to_plotly_json()
    dark = timeline_figure(EVERYTHING, today=TODAY, marks=MARKS, theme="dark").to_plotly_json()
    assert _recoloured(light, dark_for_light()) == dark
    assert DARK.page in str(dark["layout"])


def _recoloured(value: Any, colours: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _recoloured(one, colours) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_recoloured(one, colours) for one in value)
    return colours.get(value, value) if isinstance(value, str) else value


def test_a_practice_apart_from_the_rule_is_a_thin_bar_below_it() -> None:
    practised = bar("2024-05-30", "2024-06-17", practice=Status.ALLOWED)
    drawn = traces(practised, bar(supplier="FR", practice=Status.ALLOWED, answered_by="any"), bar(supplier="ES"))
    (practice,) = drawn["in practice"]
    (rule, *_) = drawn["banned"]
    assert practice.marker.color == LIGHT.statuses[Status.ALLOWED].fill
    assert (list(practice.base), list(practice.x)) == (["2024-05-30"], [18 * 86_400_000])
    assert practice.width < rule.width / 2
    assert practice.offset > rule.width / 2


def test_a_bar_is_spoken_with_its_supplier_weapon_rule_days_and_sources() -> None:
    (drawn,) = traces(bar("2024-05-30", "2024-06-17", weapon="atacms", role_words="must agree"))["banned"]
    assert drawn.customdata[0][1] == ("United States, ATACMS, must agree, Not allowed, since then, 1 claim, 1 source.")
