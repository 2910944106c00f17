"""Texts cut at their quotes: nothing is lost, and every quote is covered by its own segments."""

from hypothesis import given
from hypothesis import strategies as st

from restrictions.admin.segments import Span, cut

TEXTS = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(TEXTS.filter(bool))
    spans = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        spans.append(Span(start, end, f"claim-{number}", str(number), "proposed"))
    return text, spans


@given(quoted())
def test_the_segments_are_the_text_and_each_quote_its_own(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    segments = cut(text, spans)
    assert "".join(segment.text for segment in segments) == text
    assert all(segment.text for segment in segments)
    for span in spans:
        inside = [segment for segment in segments if span in segment.within]
        assert "".join(segment.text for segment in inside) == text[span.start : span.end]
        assert [span in segment.begin for segment in inside] == [True] + [False] * (len(inside) - 1)


def test_a_text_without_quotes_is_one_segment() -> None:
    (only,) = cut("abc", [])
    assert (only.text, only.within, only.begin, only.tones) == ("abc", (), (), "")


def test_an_empty_text_has_no_segment() -> None:
    assert cut("", []) == ()


def test_kinds_of_quotes_are_named_once() -> None:
    spans = [
        Span(0, 3, "claim-1", "1", "proposed"),
        Span(0, 3, "claim-2", "2", "proposed"),
        Span(0, 3, "m", "a", "mark"),
    ]
    (only,) = cut("abc", spans)
    assert only.tones == "quote-proposed quote-mark"
    assert [span.owner for span in only.begin] == ["claim-1", "claim-2", "m"]
