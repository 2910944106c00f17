"""The record's tables as the steps 0001 to 0019 leave them, made at once in a database that has none of them.

Step by step, Django renders nearly every model anew after each of several hundred operations, which takes longer than
all that PostgreSQL does. Here the models are rendered once. A database that stands at one of the steps takes the rest
of them, and both end with the same tables.
"""

from importlib import import_module

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations
from django.db.migrations.operations.base import Operation, OperationCategory

STEPS = (
    "0001_initial",
    "0002_settlements_withdrawn",
    "0003_clusters",
    "0004_marks_weak_source",
    "0005_handing_in",
    "0006_who_may_what",
    "0007_review_queue",
    "0008_policies_are_kept",
    "0009_feeds",
    "0010_waits_since",
    "0011_sent_tables",
    "0012_coded_again",
    "0013_second_coding",
    "0014_queue_counts",
    "0015_search",
    "0016_reports",
    "0017_published_first",
    "0018_reading_tokens",
    "0019_imprecise_starts",
)
_taken = [import_module(f"{__package__}.{name}").Migration for name in STEPS]


class AllTables(Operation):
    """Every table, with its indexes, constraints and triggers, as the operations of all steps leave it.

    What the steps do to rows is left out: there are none. Extensions and functions come first, for indexes rest on them.
    """

    category = OperationCategory.ADDITION
    reversible = False

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # what is not rendered is not rendered anew
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            if isinstance(operation, CreateExtension | migrations.RunSQL):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)
        made = [state for (label, _), state in to_state.models.items() if label == app_label]
        for state in made:
            if not state.options.get("proxy"):
                schema_editor.create_model(to_state.apps.get_model(app_label, state.name))
        for trigger in (trigger for state in made for trigger in state.options.get("triggers", ())):
            schema_editor.execute(trigger.install_sql, params=None)

    def describe(self):
        return f"Create every table as {STEPS[-1]} leaves it"


class Migration(migrations.Migration):
    initial = True
    replaces = [("restrictions", name) for name in STEPS]
    dependencies = [needed for step in _taken for needed in step.dependencies if needed[0] != "restrictions"]
    operations = [AllTables([operation for step in _taken for operation in step.operations])]
