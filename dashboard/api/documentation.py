"""The documentation as a page of our own, made from the OpenAPI description: no script, nothing from elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from dashboard.api.parameters import LARGEST, LIMIT

Schema = Mapping[str, Any]

_FEW = 14
"""Codes that are spelt out; of more it is said where they are listed."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field: what it is called, what it takes or holds, and what it means."""

    name: str
    holds: str
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One address with one method."""

    method: str
    path: str
    summary: str
    says: str
    parameters: tuple[Field, ...]
    sent: tuple[Field, ...]
    beside: tuple[Field, ...]
    fields: tuple[Field, ...]
    answers: tuple[tuple[str, str], ...]

    @property
    def anchor(self) -> str:
        return f"{self.method.lower()}-{'-'.join(self.path.strip('{}/').split('/')[2:])}".replace("{", "").replace(
            "}", ""
        )


def documentation(request: HttpRequest, schema: Schema) -> HttpResponse:
    """Every operation with what it takes, what it answers, and what it refuses."""
    operations = sorted(_operations(schema), key=lambda one: (one.method != "GET", not one.fields))
    context = {
        "operations": operations,
        "limit": LIMIT,
        "largest": LARGEST,
        "here": request.build_absolute_uri("/")[:-1],
    }
    return render(request, "reading/api.html", context)


def _operations(schema: Schema) -> Iterator[Operation]:
    codes = schema["components"]["schemas"]
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            yield _operation(method.upper(), path, told, codes)


def _operation(method: str, path: str, told: Schema, codes: Schema) -> Operation:
    good = _good_answer(told["responses"])
    rows = good.get("rows", {}).get("items", {}).get("properties", {})
    beside = {name: one for name, one in good.items() if name != "rows"}
    return Operation(
        method=method,
        path=path,
        summary=told["summary"],
        says=told.get("description", ""),
        parameters=tuple(
            Field(one["name"], _holds(one["schema"], codes), one.get("description", "")) for one in told["parameters"]
        ),
        sent=_fields(_sent(told), codes),
        beside=_fields(beside, codes),
        fields=_fields(rows, codes),
        answers=tuple((str(code), one["description"]) for code, one in sorted(told["responses"].items(), key=_by_code)),
    )


def _by_code(answer: tuple[Any, Any]) -> int:
    return int(answer[0])


def _good_answer(responses: Schema) -> Schema:
    """The fields of the answer that is a success."""
    for code, told in responses.items():
        if int(code) < 300 and "content" in told:
            found: Schema = told["content"]["application/json"]["schema"]["properties"]
            return found
    return {}


def _sent(told: Schema) -> Schema:
    """The fields of what is sent along, of one where it can be several."""
    if "requestBody" not in told:
        return {}
    schema = told["requestBody"]["content"]["application/json"]["schema"]
    found: Schema = schema["oneOf"][0]["properties"]
    return found


def _fields(properties: Schema, codes: Schema) -> tuple[Field, ...]:
    return tuple(Field(name, _holds(one, codes), one.get("description", "")) for name, one in properties.items())


def _holds(schema: Schema, codes: Schema) -> str:
    """What a value is, in a few words."""
    if "$ref" in schema:
        return str(codes[schema["$ref"].rpartition("/")[2]]["description"])
    if "enum" in schema and len(schema["enum"]) <= _FEW:
        return " · ".join(schema["enum"])
    kinds = schema.get("type", "string")
    kind, *nothing = kinds if isinstance(kinds, list) else [kinds]
    return _kind(kind, schema, codes) + (", or null" if nothing else "")


def _kind(kind: str, schema: Schema, codes: Schema) -> str:
    if kind == "array":
        items = schema["items"]
        parts = ", ".join(items.get("properties", ()))
        if len(items.get("enum", ())) > _FEW:
            return "names of fields"
        return f"list of objects: {parts}" if parts else f"any of: {_holds(items, codes)}"
    if kind == "integer" and "maximum" in schema:
        return f"number from {schema['minimum']} to {schema['maximum']}"
    if schema.get("format") == "date":
        return "day, such as 2024-06-01"
    return {"string": "text", "boolean": "true or false", "integer": "number"}.get(kind, kind)
