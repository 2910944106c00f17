"""Filters of the lists: codes in words, and only the countries and weapons that the rows have."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter

from restrictions.domain.vocabulary import Decision
from restrictions.models import Claim, Country, DispatchVersion, Weapon
from restrictions.queries.review import language_name

Choices = list[tuple[str, Any]]
Code = TypeVar("Code", bound=StrEnum)

DECISION_WORDS = {
    Decision.PROPOSED: _("waiting"),
    Decision.ACCEPTED: _("accepted"),
    Decision.REJECTED: _("rejected"),
    Decision.WITHDRAWN: _("withdrawn"),
}


class ColumnFilter(DropdownFilter):
    """Rows by the value of one column, which is also the name in the address."""

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


def code_filter(column: str, name: Any, codes: Iterable[Code], words: Callable[[Code], Any]) -> type:
    """A filter by codes of a vocabulary, in words."""
    members = list(codes)

    class CodeFilter(ColumnFilter):
        title = name
        parameter_name = column

        def lookups(self, _request: HttpRequest, _model_admin: Any) -> Choices:
            return [(code.value, words(code)) for code in members]

    return CodeFilter


def country_filter(column: str, name: Any) -> type:
    """A filter by the countries that this column of the list holds."""

    class CountryFilter(ColumnFilter):
        title = name
        parameter_name = column

        def lookups(self, _request: HttpRequest, model_admin: Any) -> Choices:
            named = "name_fr" if (get_language() or "en").startswith("fr") else "name_en"
            held = model_admin.model.objects.order_by().filter(**{column: OuterRef("pk")})
            return list(Country.objects.filter(Exists(held)).order_by(named).values_list("code", named))

    return CountryFilter


class WeaponFilter(ColumnFilter):
    """Rows by weapon, of those that the list holds."""

    title = _("weapon")
    parameter_name = "weapon"

    def lookups(self, _request: HttpRequest, model_admin: Any) -> Choices:
        held = model_admin.model.objects.order_by().filter(weapon=OuterRef("pk"))
        return list(Weapon.objects.filter(Exists(held)).order_by("name").values_list("code", "name"))


class LanguageFilter(DropdownFilter):
    """Dispatches by the language of their text."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> Choices:
        codes = DispatchVersion.objects.order_by().values_list("language", flat=True).distinct()
        return sorted(((code, language_name(code)) for code in codes if code), key=lambda choice: choice[1])

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(newest_language=self.value()) if self.value() else queryset


class WaitingFilter(DropdownFilter):
    """Dispatches with claims that no curator has decided."""

    title = _("claims waiting")
    parameter_name = "waiting"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> Choices:
        return [("yes", _("some wait")), ("no", _("none waits"))]

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        waits = Exists(Claim.objects.proposed().filter(dispatch_version__dispatch=OuterRef("pk")))
        if self.value() == "yes":
            return queryset.filter(waits)
        return queryset.exclude(waits) if self.value() == "no" else queryset


class SyntheticFilter(DropdownFilter):
    """Real dispatches apart from those that were made for demonstration."""

    title = _("synthetic")
    parameter_name = "synthetic"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> Choices:
        return [("yes", _("synthetic ones")), ("no", _("real ones"))]

    def queryset(self, _request: HttpRequest, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.filter(synthetic=self.value() == "yes") if self.value() else queryset
