"""What a search found, as records. Pure."""

from typing import Any

from restrictions.queries.search import Found, TextHit


def found_records(found: Found) -> dict[str, Any]:
    """The names understood, then one list of flat records for each kind of hit."""
    return {
        "named": {kind: list(codes) for kind, codes in found.named.codes.items()},
        "positions": [
            {"position": bar.position, "supplier": bar.supplier, "weapon": bar.weapon, "sentence": bar.words.sentence}
            for bar in found.positions
        ],
        "claims": [_text(hit) for hit in found.quotes],
        "dispatches": [_text(hit) for hit in found.titles],
        "more": sorted(found.more),
    }


def _text(hit: TextHit) -> dict[str, Any]:
    return {
        "text": "".join(hit.snippet.pieces),
        "quoted": hit.quoted,
        "source": hit.source,
        "published": hit.published,
        "language": hit.language,
        "synthetic": hit.synthetic,
    }
