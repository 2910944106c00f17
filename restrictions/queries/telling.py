"""News as they are told to the outside: the message that a webhook is sent, and the address of a position."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from restrictions.queries.news import NewsRow


def public_address(name: str, *arguments: Any) -> str:
    """The address of a page as the public reaches it, in the language that is spoken now."""
    return settings.SITE_URL.rstrip("/") + reverse(name, args=arguments)


def message(number: UUID, *, at: datetime, rows: Sequence[NewsRow] = ()) -> str:
    """The body of a message as JSON: its number, when, and the news of one revision. Without news it is a test."""
    told: dict[str, Any] = {
        "id": str(number),
        "type": "record.changed" if rows else "test",
        "at": at.isoformat(),
        "revision": rows[0].revision if rows else None,
        "news": [_piece(row) for row in rows],
    }
    return json.dumps(told, ensure_ascii=False)


def _piece(row: NewsRow) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "position": row.position,
        "address": public_address("position", row.position),
        "supplier": row.supplier,
        "weapon": row.weapon,
        "sentence": row.sentence,
        "before": row.before,
        "sources": [source.url for source in row.sources if source.url],
    }
