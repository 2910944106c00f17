"""What a table is: columns of an aggregate, checked against the codes that the record knows, with nothing written."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_noop
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource
from tablib import Dataset

from restrictions.models import Country, Region, Weapon

Faults = dict[str, str]
"""Sentences by column; the empty name is for the row as a whole."""


class Table(ModelResource):
    """Columns of one aggregate. Reading a row of a file changes the row in memory; actions write."""

    adds = True
    """Whether a row that is not held can come in."""
    takes_in = True
    """Whether anything can."""
    not_added = ""
    """Why no row can be added, for those who try."""

    class Meta:
        skip_diff = True
        store_instance = True
        clean_model_instances = False
        instance_loader_class = CachedInstanceLoader

    def __init__(self, *, locks: bool = False) -> None:
        super().__init__()
        self._locks = locks
        self.also_known: dict[str, set[str]] = {}

    # --- what the library asks
    def validate_instance(self, instance: Model, import_validation_errors: Any = None, **_kwargs: Any) -> None:
        # The library names a field by its attribute; sentences about cells come before those about what they lead to.
        told = {
            self._column_of(name): errors[0].messages[0] for name, errors in (import_validation_errors or {}).items()
        }
        if faults := told or self.faults(instance):
            raise ValidationError({name: [sentence] for name, sentence in faults.items()})

    def save_instance(self, instance: Model, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Nothing: what is read here is written by an action, or not at all."""

    def save_m2m(self, instance: Model, row: Any, **kwargs: Any) -> None:
        """Nothing, likewise."""

    # --- what each table says
    def rows(self) -> "QuerySet[Any]":
        """All rows with what their columns name, a constant number of queries."""
        return self._meta.model._default_manager.all()  # type: ignore[no-any-return]

    def get_queryset(self) -> "QuerySet[Any]":
        rows = self.rows()
        return rows.select_for_update(of=("self",)) if self._locks else rows

    def prepare(self, dataset: Dataset) -> None:
        """Look at the file as a whole, before its rows are read one by one."""

    def faults(self, row: Any) -> Faults:
        """What the columns cannot hold, and what the codebook does not know."""
        return {**self._refused_by_columns(row), **self.refused(row)}

    def refused(self, row: Any) -> Faults:  # noqa: ARG002  # each table has its own
        """What only this aggregate refuses."""
        return {}

    def refuses_change(self, before: Any, after: Any, changed: Collection[str]) -> Faults:  # noqa: ARG002
        """Why this row cannot be changed so, where it cannot."""
        return {}

    def refuses_new(self, row: Any) -> Faults:  # noqa: ARG002
        """Why this row cannot come in, where it cannot."""
        return {}

    # --- what is asked of all tables
    @cached_property
    def known(self) -> Mapping[str, frozenset[str]]:
        """The codes of countries, regions and weapons. Three queries."""
        models: dict[str, type[Model]] = {"country": Country, "region": Region, "weapon": Weapon}
        return {
            name: frozenset(model._default_manager.values_list("code", flat=True)) | self.also_known.get(name, set())
            for name, model in models.items()
        }

    @cached_property
    def _exported(self) -> list[Any]:
        return self.get_export_fields()  # type: ignore[no-any-return]

    def words(self, row: Any) -> dict[str, str]:
        """A row as cells of text, by column."""
        return {field.column_name: field.export(row) for field in self._exported}

    def shown_only(self) -> frozenset[str]:
        """The columns that a file cannot change."""
        return frozenset(field.column_name for field in self.fields.values() if field.readonly)

    def unknown_codes(self, name: str, codes: Iterable[str], what: str) -> Faults:
        """Of these codes, those that the record does not know; ``what``: country, region or weapon."""
        unknown = [f"“{code}”" for code in codes if code not in self.known[what]]
        if not unknown:
            return {}
        words = {
            "country": gettext_noop("The record knows no country %(codes)s."),
            "region": gettext_noop("The record knows no region %(codes)s."),
            "weapon": gettext_noop("The record knows no weapon %(codes)s."),
        }
        return {name: gettext(words[what]) % {"codes": ", ".join(unknown)}}

    def _refused_by_columns(self, row: Any) -> Faults:
        """Unknown codes and missing values. No query: what a relation names is looked up among the known codes."""
        columns = {field.attribute.removesuffix("_id") for field in self.fields.values() if not field.readonly}
        relations = {field.name: field for field in row._meta.fields if field.is_relation and field.name in columns}
        try:
            row.clean_fields(exclude={field.name for field in row._meta.fields} - (columns - relations.keys()))
            faults = {}
        except ValidationError as refused:
            faults = {self._column_of(name): says[0] for name, says in refused.message_dict.items()}
        for field in relations.values():
            code, what = getattr(row, field.attname), field.related_model._meta.model_name
            if code:
                faults |= self.unknown_codes(self._column_of(field.attname), [code], what)
            elif not field.null:
                faults[self._column_of(field.attname)] = gettext("A code is needed here.")
        return faults

    def _column_of(self, attribute: str) -> str:
        return next((field.column_name for field in self.fields.values() if field.attribute == attribute), attribute)
