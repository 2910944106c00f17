"""The door's requests and answers, for the OpenAPI description."""

from typing import Any

from restrictions.api.problems import MEDIA_TYPE
from restrictions.api.reading import LARGEST, MOST
from restrictions.pipelines.checking import LONGEST


def _text(says: str, field: str = "") -> dict[str, Any]:
    longest = f" At most {LONGEST[field]:,} bytes." if field in LONGEST else ""
    return {"type": ["string", "null"], "description": f"{says}{longest}"}


DISPATCH: dict[str, Any] = {
    "type": "object",
    "description": "A title or a body is needed.",
    "additionalProperties": False,
    "properties": {
        "title": _text("The headline.", "title"),
        "body": _text("The text, without markup.", "body"),
        "address": _text("Where it stands on the web.", "address"),
        "publisher": _text("Who published it.", "publisher"),
        "published": _text(
            "The day of publication, such as 2024-05-31 or 2024-05 (EDTF). Absent: unknown.", "published"
        ),
        "language": _text("A code such as fr or zh-Hant."),
    },
}


def _answer(says: str, schema: dict[str, Any], media: str = "application/json") -> dict[str, Any]:
    return {"description": says, "content": {media: {"schema": schema}}}


_PROBLEM: dict[str, Any] = {
    "type": "object",
    "properties": {
        **{name: {"type": "string"} for name in ("type", "title", "detail")},
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("pointer", "parameter", "given", "detail")},
            },
        },
    },
}
_PROBLEMS = {
    400: "The body is no JSON, or the key cannot be used.",
    401: "No token, or one that opens nothing.",
    403: "The token is good for other things.",
    404: "There is no such submission.",
    409: "The same request is being stored just now.",
    413: f"More than {LARGEST // 1_000_000} MB, or more than {MOST} dispatches.",
    415: "Something else than JSON.",
    422: "A field is wrong, or the key came before with another body.",
    429: "Too much in one minute; Retry-After says how long to wait.",
    503: "The record cannot be reached; send it again with the same key.",
}


def _problems(*codes: int) -> dict[int, Any]:
    return {code: _answer(_PROBLEMS[code], _PROBLEM, MEDIA_TYPE) for code in codes}


_ON_READING = {
    400: "A parameter is not understood; the document names it.",
    401: "The token opens nothing. Without a token anybody can read.",
    403: "The token is good for other things.",
    404: "The record holds nothing of this number.",
    429: "Too much in one minute; Retry-After says how long to wait.",
    503: "The record cannot be reached.",
}


def problems_on_reading(*, numbered: bool) -> dict[int, Any]:
    """The refusals of what is read; 404 where the address has a number."""
    return {code: _answer(says, _PROBLEM, MEDIA_TYPE) for code, says in _ON_READING.items() if numbered or code != 404}


_TAKEN: dict[str, Any] = {
    "type": "object",
    "properties": {
        "submission": {"type": "string", "format": "uuid"},
        "outcome": {"type": "string", "description": "Where to ask what became of each dispatch."},
        "dispatches": {"type": "integer"},
    },
}
_SHEET: dict[str, Any] = {
    "type": "object",
    "properties": {
        "submission": {"type": "string", "format": "uuid"},
        "received": {"type": "string", "format": "date-time"},
        "stored": {"type": "boolean"},
        "finished": {"type": "boolean", "description": "Whether nothing of it waits any more."},
        "dispatches": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "outcome": {"enum": ["stored", "already held", "refused"]},
                    "reason": {"type": ["string", "null"]},
                    "dispatch": {"type": ["integer", "null"]},
                    "state": {"type": ["string", "null"]},
                    "state_reason": {"type": ["string", "null"]},
                    "claims": {"type": "integer"},
                },
            },
        },
    },
}

SUBMITTING: dict[str, Any] = {
    "parameters": [
        {
            "in": "header",
            "name": "Idempotency-Key",
            "schema": {"type": "string", "maxLength": 255},
            "description": "The same key and body again give the same answer, and store nothing again.",
        }
    ],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"oneOf": [DISPATCH, {"type": "array", "minItems": 1, "maxItems": MOST, "items": DISPATCH}]}
            }
        },
    },
    "responses": {
        202: _answer("Stored; to be coded.", _TAKEN),
        **_problems(400, 401, 403, 409, 413, 415, 422, 429, 503),
    },
}
SUBMISSION: dict[str, Any] = {"responses": {200: _answer("The fates.", _SHEET), **_problems(401, 403, 404, 429, 503)}}
