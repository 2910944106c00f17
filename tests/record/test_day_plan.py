"""How the database finds a day's matrix: by the index of recipient, day and knowledge, however large the record is."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, models

from restrictions.actions.reference import load_reference
from restrictions.actions.simulation import simulate
from restrictions.models import Position, PositionVersion
from restrictions.queries.day import near_sql

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def towards_others(cursor: Any, model: type[models.Model]) -> None:
    """The same rows again towards sixty other recipients, so that the planner has a choice to make."""
    table, own = model._meta.db_table, ("id", "recipient_id")
    columns = ", ".join(str(field.column) for field in model._meta.concrete_fields if field.column not in own)
    cursor.execute(
        f"INSERT INTO {table} (id, recipient_id, {columns})"
        f" SELECT id + 1000000 * place, code, {columns} FROM {table} CROSS JOIN"
        " (SELECT code, row_number() OVER () AS place FROM restrictions_country WHERE code <> 'UA' LIMIT 60) other"
    )
    cursor.execute(f"ANALYZE {table}")


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(found for below in plan.get("Plans", ()) for found in nodes(below))]


def indexes(cursor: Any, instant: datetime | None) -> dict[str, str]:
    """The indexes that the plan uses, each with what it is asked for. It reads no table whole."""
    given = {"recipient": "UA", "territory": "RU", "on": date(2024, 6, 1), "instant": instant}
    cursor.execute(f"EXPLAIN (FORMAT JSON) {near_sql(instant)}", given)
    [(found,)] = cursor.fetchall()
    plan = nodes((json.loads(found) if isinstance(found, str) else found)[0]["Plan"])
    assert "Seq Scan" not in {node["Node Type"] for node in plan}
    return {node["Index Name"]: node["Index Cond"] for node in plan if "Index Name" in node}


def test_a_days_matrix_is_found_by_index_whatever_is_known() -> None:
    load_reference()
    simulate(positions=300, dispatches=0, seed=1, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model in (Position, PositionVersion):
            towards_others(cursor, model)
        then, now = indexes(cursor, NOW - timedelta(days=40)), indexes(cursor, None)
    assert then.keys() == {"position_version_day", "position_version_may_be"}
    assert now.keys() == {"position_day", "position_may_be"}
    assert all("'UA'" in asked and "2024-06-01" in asked for asked in (*then.values(), *now.values()))
    assert all("recorded @>" in asked for asked in then.values())
