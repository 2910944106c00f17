"""The second factor: set up with a phone, asked for at sign-in, required of groups, taken away when a phone is lost."""

import html
import re
import time
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from restrictions.actions.curators import ensure_admins_group
from restrictions.actions.second_factor import reset_second_factor
from restrictions.models import Entry, GroupPolicy
from restrictions.rights import CURATORS
from tests.site.desk_rows import make_curator

pytestmark = pytest.mark.django_db

SET_UP, ASK, INDEX = "admin:second_factor_setup", "admin:second_factor", "admin:index"


@pytest.fixture
def anna(db: None) -> User:
    return make_curator("anna")


def signed_in(user: User) -> Client:
    client = Client()
    client.post(reverse("admin:login"), {"username": user.username, "password": "a long enough one"})
    return client


def shown_by_phone(user: User, *, later: int = 0) -> str:
    """The six digits of the newest key; of the next half-minute where ``later`` is 1."""
    device = TOTPDevice.objects.filter(user=user).latest("pk")
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + later * device.step
    return f"{totp.token():06d}"


def set_up(client: Client, user: User) -> list[str]:
    """A phone for this user, and the recovery codes that the page shows."""
    client.get(reverse(SET_UP))
    markup = client.post(reverse(SET_UP), {"code": shown_by_phone(user)}).content.decode()
    return re.findall(r'<li><code class="secret">([a-z0-9-]+)</code>', markup)


def sent(client: Client, code: str, **also: str) -> Any:
    return client.post(reverse(ASK), {"code": code, **also})


def kinds() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("kind", flat=True))


def test_the_page_has_the_key_as_picture_and_letters_and_a_wrong_code_sets_nothing_up(anna: User) -> None:
    client = signed_in(anna)
    markup = client.get(reverse(SET_UP)).content.decode()
    assert 'src="data:image/svg+xml' in markup
    key = TOTPDevice.objects.get().key
    assert key not in markup
    assert re.search(
        r"Or type the key:</p>|Or type the key: <code class=\"secret\">([A-Z2-7]{4} ){7}[A-Z2-7]{4}", markup
    )
    assert TOTPDevice.objects.get().key == key
    answer = client.post(reverse(SET_UP), {"code": "000000"}).content.decode()
    assert "This code does not fit." in answer
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_a_set_up_phone_is_asked_for_at_the_next_sign_in_and_leads_on(anna: User) -> None:
    client = signed_in(anna)
    assert len(set_up(client, anna)) == 10
    assert client.get(reverse(INDEX)).status_code == 200
    client = signed_in(anna)
    wanted = reverse("admin:restrictions_claim_changelist") + "?status=banned"
    to_ask = client.get(wanted)
    assert to_ask["Location"].startswith(reverse(ASK))
    page = client.get(to_ask["Location"]).content.decode()
    assert wanted in html.unescape(page)
    assert "This code does not fit." in sent(client, "123456").content.decode()
    assert client.get(wanted).status_code == 302
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert sent(client, shown_by_phone(anna, later=1), next=wanted)["Location"] == wanted
    assert client.get(wanted).status_code == 200
    assert kinds()[-4:] == ["factor_set_up", "signed_in", "factor_failed", "factor_passed"]


def test_a_code_is_good_once_and_leads_to_no_other_site(anna: User) -> None:
    set_up(signed_in(anna), anna)
    code = shown_by_phone(anna, later=1)
    assert sent(signed_in(anna), code, next="https://evil.example/")["Location"] == reverse(INDEX)
    assert sent(signed_in(anna), code).status_code == 200


def test_wrong_codes_make_the_wait_longer(anna: User) -> None:
    set_up(signed_in(anna), anna)
    client = signed_in(anna)
    for _ in range(3):
        sent(client, "123456")
    assert sent(client, shown_by_phone(anna, later=1)).status_code == 200


def test_a_recovery_code_opens_the_desk_once_and_is_not_kept_as_it_is(anna: User) -> None:
    codes = set_up(signed_in(anna), anna)
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {code.replace("-", "") for code in codes}
    assert sent(signed_in(anna), codes[0].upper()).status_code == 302
    assert sent(signed_in(anna), codes[0]).status_code == 200
    assert "recovery_code_used" in kinds()


def test_new_recovery_codes_end_the_old_ones_and_need_the_phone(anna: User) -> None:
    client = signed_in(anna)
    assert client.post(reverse("admin:second_factor_codes"))["Location"] == reverse(SET_UP)
    old = set_up(client, anna)
    assert "10 recovery codes are left." in client.get(reverse(SET_UP)).content.decode()
    client.post(reverse("admin:second_factor_codes"))
    assert StaticToken.objects.count() == 10
    assert sent(signed_in(anna), old[0]).status_code == 200


def test_who_has_no_phone_in_a_group_that_asks_for_one_can_do_nothing_but_set_it_up(anna: User) -> None:
    client = signed_in(anna)
    assert client.get(reverse(INDEX)).status_code == 200
    GroupPolicy.objects.filter(group__name=CURATORS).update(second_factor_required=True)
    for name in ("index", "restrictions_claim_changelist", "search", "second_factor_codes"):
        assert client.post(reverse(f"admin:{name}"))["Location"] == reverse(SET_UP), name
    assert "Set it up first" in client.get(reverse(SET_UP)).content.decode()
    set_up(client, anna)
    assert client.get(reverse(INDEX)).status_code == 200


def test_an_admin_asks_a_group_for_it_with_a_reason(anna: User) -> None:
    anna.groups.add(ensure_admins_group())
    client = signed_in(anna)
    group = Group.objects.get(name=CURATORS)
    page = reverse("admin:auth_group_change", args=[group.pk])
    typed = {
        "grouppolicy-TOTAL_FORMS": "1",
        "grouppolicy-INITIAL_FORMS": "1",
        "grouppolicy-0-group": str(group.pk),
        "grouppolicy-0-second_factor_required": "on",
    }
    assert "say why" in client.post(page, typed).content.decode()
    assert not GroupPolicy.objects.filter(second_factor_required=True).exists()
    assert client.post(page, {**typed, "reason": "A laptop was stolen"}).status_code == 302
    assert GroupPolicy.objects.get(second_factor_required=True).group == group
    assert client.get(reverse(INDEX))["Location"] == reverse(SET_UP)


def test_an_admin_takes_a_lost_phone_away_with_a_reason(anna: User) -> None:
    codes = set_up(signed_in(anna), anna)
    edda = make_curator("edda")
    edda.groups.add(ensure_admins_group())
    client = signed_in(edda)
    reset = reverse("admin:auth_user_reset_factor", args=[anna.pk])
    assert reset in client.get(reverse("admin:auth_user_change", args=[anna.pk])).content.decode()
    assert "say why" in client.post(reset, follow=True).content.decode()
    assert TOTPDevice.objects.filter(user=anna).exists()
    client.post(reset, {"reason": "Lost on a train; I rang her"})
    assert signed_in(anna).get(reverse(INDEX)).status_code == 200
    assert not StaticToken.objects.exists()
    entry = Entry.objects.get(kind="factor_reset")
    assert (entry.who, entry.what, entry.why) == ("edda", "anna", "Lost on a train; I rang her")
    assert sent(signed_in(anna), codes[1])["Location"] == reverse(INDEX)


def test_a_session_that_passed_with_the_lost_phone_has_not_passed_any_more(anna: User) -> None:
    client = signed_in(anna)
    set_up(client, anna)
    GroupPolicy.objects.filter(group__name=CURATORS).update(second_factor_required=True)
    assert client.get(reverse(INDEX)).status_code == 200
    reset_second_factor(user=anna, by=None, reason="Lost")
    assert client.get(reverse(INDEX))["Location"] == reverse(SET_UP)


def test_on_the_server_a_second_factor_is_taken_away_by_name(anna: User) -> None:
    set_up(signed_in(anna), anna)
    with pytest.raises(CommandError, match="no user “nobody”"):
        call_command("reset_second_factor", "nobody", reason="Lost")
    with pytest.raises(CommandError, match="needs its reason"):
        call_command("reset_second_factor", "anna", reason=" ")
    assert TOTPDevice.objects.exists()
    call_command("reset_second_factor", "anna", reason="Lost", stdout=StringIO())
    assert not TOTPDevice.objects.exists()
    assert Entry.objects.get(kind="factor_reset").who == ""
