"""What an endpoint takes and answers, for the OpenAPI description."""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.api.endpoint import Endpoint
from dashboard.api.parameters import FIELDS, Parameter
from dashboard.exports.dictionary import Column, Columns
from restrictions.queries.codes import Codes

Schema = dict[str, Any]

_KINDS: Mapping[str, Schema] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "flag": {"type": "boolean"},
    "day": {"type": "string", "format": "date"},
    "instant": {"type": "string"},
    "codes": {"type": "array", "items": {"type": "string"}},
}
_TOLD: Mapping[str, Schema] = {
    "ETag": {"description": "Send it back as If-None-Match: 304 where nothing has changed."},
    "RateLimit-Policy": {"description": "How many requests you have in how many seconds."},
    "RateLimit": {"description": "How many are left, and for how many seconds."},
}
_MORE_TOLD: Mapping[str, Schema] = {"Link": {"description": "Where the list goes on: rel=next."}}


def described(endpoint: Endpoint) -> dict[str, Any]:
    """The endpoint's parameters and its good answer."""
    told = {**_TOLD, **(_MORE_TOLD if endpoint.paged else {})}
    return {
        "parameters": [_fields(endpoint) if one is FIELDS else _parameter(one) for one in endpoint.parameters],
        "responses": {
            200: {
                "description": "The rows.",
                "headers": {name: {**says, "schema": {"type": "string"}} for name, says in told.items()},
                "content": {"application/json": {"schema": _answer(endpoint)}},
            },
            304: {"description": "Nothing has changed since the answer of that ETag."},
        },
    }


def codes_described(codes: Codes, languages: Iterable[str]) -> dict[str, Schema]:
    """The codes that parameters take, as the record knows them now."""
    return {
        "CountryCode": {"type": "string", "enum": sorted(codes.countries), "description": "country's code, such as US"},
        "RegionCode": {"type": "string", "enum": sorted(codes.regions), "description": "region's code, such as UA-63"},
        "LanguageCode": {"type": "string", "enum": list(languages), "description": "code of a language of dispatches"},
        "WeaponCode": {"type": "string", "enum": sorted(codes.weapons), "description": "weapon's code, such as atacms"},
    }


def _fields(endpoint: Endpoint) -> Schema:
    """The names of fields, parted by commas."""
    names = {"type": "array", "items": {"type": "string", "enum": list(endpoint.columns)}}
    said = {"name": FIELDS.name, "in": "query", "description": FIELDS.says, "schema": names}
    return {**said, "style": "form", "explode": False}


def _parameter(one: Parameter) -> Schema:
    schema = {"type": "array", "items": one.schema} if one.repeatable else one.schema
    said = {"name": one.name, "in": "query", "description": one.says, "schema": schema}
    return {**said, "style": "form", "explode": True} if one.repeatable else said


def _answer(endpoint: Endpoint) -> Schema:
    """The object around the rows, and a row with all its fields; `fields` leaves some out."""
    properties: Schema = {"query": {"type": "string", "description": "What was asked, without how it was cut."}}
    if endpoint.clocked:
        properties["as_of"] = {"type": "string", "format": "date", "description": "The day that counts as today."}
        properties["revision"] = {"type": "integer", "description": "Which change of the record came last."}
    properties["rows"] = {"type": "array", "items": _object(endpoint.columns)}
    required = list(properties)
    if endpoint.paged:
        properties["next"] = {"type": ["string", "null"], "description": "Where the list goes on; null at its end."}
        required.append("next")
    return {"type": "object", "properties": {**properties, **_about(endpoint)}, "required": required}


def _about(endpoint: Endpoint) -> Schema:
    return {name: {**_schema(column), "description": column.says} for name, column in endpoint.about.items()}


def _object(columns: Columns, required: Iterable[str] = ()) -> Schema:
    properties = {name: {**_schema(column), "description": column.says} for name, column in columns.items()}
    found: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": list(required)} if required else found


def _schema(column: Column) -> Schema:
    if column.kind == "objects":
        return {"type": "array", "items": _object(column.parts, column.parts)}
    bare = column.kind.removesuffix("?")
    if bare == "object":
        return {**_object(column.parts, column.parts), "type": ["object", "null"]}
    schema = dict(_KINDS[bare])
    return {**schema, "type": [schema["type"], "null"]} if column.kind.endswith("?") else schema
