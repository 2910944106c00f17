"""Markup into the words that a reader would see. Pure."""

import html
import re

from lxml import etree

_TAG = re.compile(r"<[^<>]*>")
_TAG_OR_ESCAPE = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
_NEVER_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u3000]+")
_LINES = re.compile(r" ?(?:\r\n|[\r\n\x85\u2028\u2029]) ?")
_EMPTY_LINES = re.compile(r"\n{3,}")

_SILENT = frozenset(["script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "form"])
_BLOCKS = (
    "address article aside blockquote div dl figcaption figure footer h1 h2 h3 h4 h5 h6 header hr main nav ol p pre"
)
_PARAGRAPHS = frozenset([*_BLOCKS.split(), "section", "table", "ul"])
_LINE_ENDS = frozenset(["br", "dd", "dt", "li", "tr"])


def plain_text(markup: str) -> str:
    """The text without tags, scripts and escapes: paragraphs with an empty line between, no spaces side by side.

    What holds no markup keeps its words and its lines.
    """
    clean = _NEVER_TEXT.sub("", markup)
    return tidy(_visible(clean) if _TAG_OR_ESCAPE.search(clean) else clean)


def one_line(markup: str) -> str:
    """The same on one line, for titles and names."""
    return " ".join(plain_text(markup).split())


def tidy(text: str) -> str:
    """The text without what no text holds, without spaces side by side and more than one empty line."""
    spaced = _SPACES.sub(" ", _NEVER_TEXT.sub("", text))
    return _EMPTY_LINES.sub("\n\n", _LINES.sub("\n", spaced)).strip()


def _visible(markup: str) -> str:
    # In an element of our own, so that a declaration of an encoding at its start is a mistake and no instruction.
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    root = etree.fromstring(f"<div>{markup}</div>", parser)
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            pieces += [_ending(node.tag), _running(node.tail)]
        elif node.tag in _SILENT:
            walk.skip_subtree()
        else:
            pieces += ["\n\n" if node.tag in _PARAGRAPHS else "", _running(node.text)]
    text = "".join(pieces)
    # Tags within tags by the hundred make the parser give up: the words alone are left then.
    return text if text.strip() else html.unescape(_TAG.sub(" ", markup))


def _ending(tag: str) -> str:
    if tag in _PARAGRAPHS:
        return "\n\n"
    return "\n" if tag in _LINE_ENDS else ""


def _running(text: str | None) -> str:
    """Text between tags: its own line ends are spaces."""
    return re.sub(r"\s+", " ", text) if text else ""
