"""Values of the domain as the columns of their rows."""

from typing import Any

from restrictions.domain.days import Day


def day_columns(name: str, day: Day | None) -> dict[str, Any]:
    """The three columns of an imprecise day, all empty where it is unknown."""
    return {
        f"{name}_edtf": day.edtf if day else None,
        f"{name}_earliest": day.earliest if day else None,
        f"{name}_latest": day.latest if day else None,
    }
