"""How a view or a release is cited, in the formats that reference managers read: BibTeX, RIS, CSL-JSON."""

import json
import re
from dataclasses import dataclass
from datetime import date

AUTHOR = "Caveat"
_LANGUAGES = {"en": "english", "fr": "french", "de": "ngerman", "uk": "ukrainian"}
"""As biblatex calls them."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A view as it was read. ``key`` is a word of letters, digits and hyphens; ``note`` says which record it shows.

    A release has no address of its own, and a version.
    """

    key: str
    title: str
    address: str
    read_on: date
    note: str
    language: str = "en"
    version: str = ""


def bibtex(cited: Citation) -> str:
    """One `@misc` entry, as LaTeX's own styles and biblatex take it."""
    day = cited.read_on
    fields = {
        "author": f"{{{AUTHOR}}}",
        "title": f"{{{_latex(cited.title)}}}",
        "year": str(day.year),
        "month": f"{day:%b}".lower(),
        "url": cited.address,
        "urldate": day.isoformat(),
        "note": _latex(cited.note),
        "language": _LANGUAGES.get(cited.language, cited.language),
        "version": cited.version,
    }
    if not cited.address:
        fields |= {"url": "", "urldate": ""}
    said = {name: value for name, value in fields.items() if value}
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in said.items()]
    return "\n".join([f"@misc{{{cited.key},", *lines, "}", ""])


def ris(cited: Citation) -> str:
    """One record of an electronic source, its lines ended as the format asks."""
    day = f"{cited.read_on:%Y/%m/%d}"
    fields = (
        *(("TY", "ELEC"), ("AU", AUTHOR), ("TI", cited.title), ("PY", str(cited.read_on.year)), ("DA", day)),
        *(
            ("UR", cited.address),
            ("Y2", day),
            ("N1", cited.note),
            ("LA", cited.language),
            ("ID", cited.key),
            ("ER", ""),
        ),
    )
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields)


def csl_json(cited: Citation) -> str:
    """One entry as citation processors take it, in a list."""
    day = [cited.read_on.year, cited.read_on.month, cited.read_on.day]
    said = {
        "id": cited.key,
        "type": "dataset" if cited.version else "webpage",
        "author": [{"literal": AUTHOR}],
        "title": cited.title,
        "issued": {"date-parts": [day]},
        "version": cited.version,
        "URL": cited.address,
        "note": cited.note,
        "language": cited.language,
    }
    return json.dumps([{name: value for name, value in said.items() if value}], ensure_ascii=False, indent=2) + "\n"


_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def _latex(text: str) -> str:
    """The text, what LaTeX would read as a command escaped."""
    return re.sub(r"[\\{}%&#$_~^]", lambda found: _SPECIAL.get(found[0], f"\\{found[0]}"), text)
