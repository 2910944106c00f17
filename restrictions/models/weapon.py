"""Weapons: systems, their classes, and the one above all."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from restrictions.domain.vocabulary import WeaponKind
from restrictions.domain.weapons import ANY, WeaponNode
from restrictions.models.columns import code_column
from restrictions.models.triggers import HasNoCycle


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Weapon(models.Model):
    """A weapon code: one system, a class, or any weapon. A system's rule overrides its class's."""

    code = models.CharField(
        _("code"), max_length=40, primary_key=True, help_text=_("Lower case, such as storm_shadow.")
    )
    name = models.TextField(_("name"))
    kind = code_column(WeaponKind, _("kind"), help_text=_("One system, a class of systems, or any weapon."))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
        verbose_name=_("class"),
        help_text=_("Whose rule holds where this weapon has none. Only “any” has no class."),
    )
    long_range = models.BooleanField(
        _("long range"), default=False, help_text=_("A rule for long-range weapons covers it, after its class's.")
    )
    range_km = models.PositiveIntegerField(_("range in km"), null=True, blank=True)
    aliases = ArrayField(
        models.TextField(), verbose_name=_("aliases"), default=list, blank=True, help_text=_("Other names in texts.")
    )
    makers = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("makers"),
        default=list,
        blank=True,
        help_text=_("Country codes of the states that make it."),
    )

    class Meta:
        verbose_name = _("weapon")
        verbose_name_plural = _("weapons")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="weapon_only_any_has_no_class",
                condition=Q(kind=WeaponKind.ANY.value, code=ANY, parent__isnull=True)
                | (~Q(kind=WeaponKind.ANY.value) & ~Q(code=ANY) & Q(parent__isnull=False)),
                violation_error_message=_("Every weapon has a class, only “any” has none."),
            ),
        ]
        triggers = [HasNoCycle()]

    def __str__(self) -> str:
        return self.name

    @property
    def node(self) -> WeaponNode:
        """The weapon as the pure weapon tree knows it."""
        return WeaponNode(self.code, WeaponKind(self.kind), self.parent_id, self.long_range)
