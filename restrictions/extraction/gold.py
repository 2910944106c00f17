"""The gold corpora's shape: dispatches read from it, codings written in it, fields in its order."""

from typing import Any

from restrictions.domain.days import NotADay, parse_day
from restrictions.domain.unreadable import Unreadable
from restrictions.extraction.document import CodedClaim, Coding, Document
from restrictions.extraction.header import read_dispatch_text


class BadDispatch(ValueError):
    """A record is no dispatch. The sentence says what is wrong."""


def document_of(record: object) -> Document:
    """The dispatch in a gold-format record; title or body, language and publication day may be missing.

    Many feeds carry titles alone (coding rule 21).
    """
    if not isinstance(record, dict):
        raise BadDispatch("is no object with the fields id and body")
    text = {key: _text(record, key) for key in ("id", "title", "body", "lang", "published")}
    if not text["id"]:
        raise BadDispatch("has no id")
    if not text["title"] and not text["body"]:
        raise BadDispatch("has no title and no body")
    try:
        published = parse_day(text["published"]) if text["published"] else None
    except NotADay as error:
        raise BadDispatch(f"has no readable day of publication: {error}") from error
    return Document(text["id"], text["title"], text["body"], text["lang"] or None, published)


def document_of_text(name: str, text: str) -> Document:
    """The dispatch in a text file; ``name`` is its id. Raises BadDispatch where its header is wrong."""
    try:
        headers, body = read_dispatch_text(text)
    except Unreadable as error:
        raise BadDispatch(f"cannot be read: {error}") from error
    return document_of(
        {
            "id": name,
            "title": headers.get("title", ""),
            "body": body,
            "lang": headers.get("language"),
            "published": headers.get("date"),
        }
    )


def _text(record: dict[str, object], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadDispatch(f"has a {key} that is no text")
    return value


def record_of(document: Document, coding: Coding) -> dict[str, Any]:
    """What the coder made of a dispatch, as a gold-format record."""
    return {
        "id": document.id,
        "claims": [_claim(claim) for claim in coding.claims],
        "context": [{"act": mark.act.value, "actor": mark.actor} for mark in coding.marks],
        "relevant": coding.relevant,
    }


def _claim(claim: CodedClaim) -> dict[str, Any]:
    return {
        "supplier": claim.supplier,
        "recipient": claim.recipient,
        "weapon": claim.weapon,
        "status": claim.status.value,
        "territory": claim.territory,
        "areas": list(claim.areas),
        "area_role": claim.area_role.value if claim.area_role else None,
        "conditions": [condition.value for condition in claim.conditions],
        "depth_km": claim.depth_km,
        "act": claim.act.value,
        "attribution": claim.attribution.value,
        "effective": claim.effective,
        "prior": claim.prior.value if claim.prior else None,
        "quote": claim.quote,
    }
