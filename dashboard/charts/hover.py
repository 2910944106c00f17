"""What a bar says when it is pointed at: sentences, never codes."""

from functools import lru_cache
from html import escape
from textwrap import wrap

from restrictions.queries.bars import TimelineBar

WIDTH = 58
"""Characters in a line of a hover."""


def hover_text(bar: TimelineBar) -> str:
    """The bar in words: whose rule, what it says, since when, on whose word, what is doubtful."""
    words = bar.words
    about = f"{bar.supplier_name} · {bar.weapon_name}"
    lines = [words.status, words.limits, words.days, words.attribution, words.sources, *words.notes]
    return "<br>".join([escape(about, quote=False), *(broken(line) for line in lines if line)])


@lru_cache(maxsize=4096)
def broken(text: str) -> str:
    """The text in lines that fit a hover; whatever looks like markup in it is text.

    The pieces of a bar all say the same, so the lines are remembered.
    """
    return "<br>".join(escape(line, quote=False) for line in wrap(text, WIDTH))
