"""BibTeX and RIS as reference managers read them."""

import re
from dataclasses import replace
from datetime import date

from dashboard.exports.citations import Citation, bibtex, ris

VIEW = Citation(
    key="caveat-timeline-2026-03-01",
    title="Timeline: 50 % of {these} & more, “é”",
    address="https://caveat.example/timeline/?supplier=US&on=2024-06-01",
    read_on=date(2026, 3, 1),
    note="The record after revision 7",
)


def test_bibtex_is_one_entry_whose_text_latex_takes_as_it_stands() -> None:
    lines = bibtex(VIEW).splitlines()
    assert lines[0] == "@misc{caveat-timeline-2026-03-01,"
    assert lines[-1] == "}"
    fields = dict(re.findall(r"^  (\w+) = (.*),$", "\n".join(lines[1:-1]), re.MULTILINE))
    assert fields["title"] == r"{{Timeline: 50 \% of \{these\} \& more, “é”}}"
    assert fields["author"] == "{{Caveat}}"
    assert (fields["year"], fields["month"], fields["urldate"]) == ("{2026}", "mar", "{2026-03-01}")
    assert fields["url"] == "{https://caveat.example/timeline/?supplier=US&on=2024-06-01}"
    assert fields["language"] == "{english}"


def test_ris_is_one_record_of_tagged_lines() -> None:
    lines = ris(replace(VIEW, title="Two\nlines", language="fr")).split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    fields = dict(line.split("  - ", 1) for line in lines[:-1])
    assert (fields["TI"], fields["LA"], fields["DA"], fields["Y2"]) == ("Two lines", "fr", "2026/03/01", "2026/03/01")
    assert fields["UR"] == VIEW.address


def test_what_latex_would_run_is_spelt_out() -> None:
    written = bibtex(replace(VIEW, title=r"\input{x} ~ ^ $ # _"))
    assert r"\textbackslash{}input\{x\} \textasciitilde{} \textasciicircum{} \$ \# \_" in written
