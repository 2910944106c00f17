"""Who may do what at the desk, and what a one-time password opens."""

from io import StringIO

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from restrictions.actions.curators import ensure_curators_group
from restrictions.models import Claim, Mark
from restrictions.queries.second_factor import asked_of
from tests.record.rows import make_reference
from tests.site.desk_rows import make_curator, make_dispatch, propose_loosening, propose_mark

pytestmark = pytest.mark.django_db

CLAIM_BUTTONS = ("reject", "undo", "retract", "restore", "edit", "merge", "skip")
NEW = "Kupferdraht-7-Linden"


def decide_all(client: Client, claim: Claim, mark: Mark) -> set[int]:
    """The answers to every button, pressed by this client."""
    addresses = [reverse(f"admin:restrictions_claim_{button}", args=[claim.pk]) for button in CLAIM_BUTTONS]
    addresses += [reverse(f"admin:restrictions_mark_{button}", args=[mark.pk]) for button in ("accept", "reject")]
    return {client.post(address, {"reason": "duplicate"}).status_code for address in addresses}


@pytest.fixture
def claim(db: None) -> Claim:
    make_reference()
    return propose_loosening(make_dispatch())


@pytest.fixture
def mark(claim: Claim) -> Mark:
    assert claim.dispatch_version
    return propose_mark(claim.dispatch_version)


def test_who_may_only_look_decides_nothing(claim: Claim, mark: Mark) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_dispatch", "view_claim", "view_mark"]))
    client = Client()
    client.force_login(reader)
    assert decide_all(client, claim, mark) == {403}
    claim.refresh_from_db()
    assert claim.decision == "proposed"
    assert claim.dispatch_version
    markup = client.get(reverse("admin:restrictions_dispatch_change", args=[claim.dispatch_version.dispatch_id]))
    assert reverse("admin:restrictions_claim_reject", args=[claim.pk]) not in markup.content.decode()


def test_staff_without_any_right_sees_no_dispatch(claim: Claim) -> None:
    client = Client()
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    assert claim.dispatch_version
    for name, key in (("dispatch", claim.dispatch_version.dispatch_id), ("claim", claim.pk)):
        assert client.get(reverse(f"admin:restrictions_{name}_change", args=[key])).status_code == 403
    assert "claim waits" not in client.get(reverse("admin:index")).content.decode()


def test_visitors_are_asked_to_sign_in(claim: Claim, mark: Mark) -> None:
    assert decide_all(Client(), claim, mark) == {302}
    claim.refresh_from_db()
    assert claim.decision == "proposed"


def test_curators_see_the_record_and_decide_and_no_more() -> None:
    codes = set(ensure_curators_group().permissions.values_list("codename", flat=True))
    assert {"change_claim", "change_mark", "view_dispatch", "view_position", "view_revision"} <= codes
    assert not codes & {
        "add_settlement",
        "change_settlement",
        "change_weapon",
        "add_feed",
        "add_apitoken",
        "change_user",
    }
    curator = make_curator("anna")
    assert not curator.is_superuser
    assert not curator.has_perm("auth.view_user")


def test_the_group_loses_rights_that_are_not_its_own() -> None:
    group = ensure_curators_group()
    group.permissions.add(Permission.objects.get(codename="delete_claim"))
    assert not ensure_curators_group().permissions.filter(codename="delete_claim").exists()


def created() -> tuple[str, str]:
    """Name and password out of the line that the command prints for programs."""
    out = StringIO()
    call_command("create_first_curator", stdout=out)
    line = next(line for line in out.getvalue().splitlines() if line.startswith("first-curator "))
    _, name, password = line.split(" ")
    return name, password


def test_the_first_curator_is_made_once() -> None:
    name, password = created()
    curator = User.objects.get(username=name)
    assert curator.check_password(password)
    assert curator.is_staff
    assert curator.has_perm("restrictions.change_claim")
    out = StringIO()
    call_command("create_first_curator", stdout=out)
    assert "none was made" in out.getvalue()
    assert "first-curator" not in out.getvalue()
    assert User.objects.count() == 1


def test_no_curator_is_made_where_there_is_one() -> None:
    make_curator("anna")
    out = StringIO()
    call_command("create_first_curator", stdout=out)
    assert "A curator exists already" in out.getvalue()
    assert not User.objects.filter(username="curator").exists()


def test_a_name_that_is_taken_is_left_alone() -> None:
    User.objects.create_user("curator")
    with pytest.raises(CommandError, match="is no curator"):
        call_command("create_first_curator")
    assert not User.objects.get(username="curator").groups.exists()


def signed_in_by_form(name: str, password: str) -> Client:
    client = Client()
    response = client.post(reverse("admin:login"), {"username": name, "password": password})
    assert response["Location"] == reverse("admin:index")
    return client


def test_a_one_time_password_opens_the_page_to_change_it_and_nothing_else(claim: Claim, mark: Mark) -> None:
    client = signed_in_by_form(*created())
    change = reverse("admin:password_change")
    for address in ("admin:index", "admin:restrictions_claim_changelist", "admin:restrictions_dispatch_changelist"):
        assert client.get(reverse(address))["Location"] == change
    assert decide_all(client, claim, mark) == {302}
    claim.refresh_from_db()
    assert claim.decision == "proposed"
    assert "Choose one of your own first." in client.get(change).content.decode()


def test_a_password_of_ones_own_opens_the_desk() -> None:
    name, password = created()
    client = signed_in_by_form(name, password)
    change = reverse("admin:password_change")
    wrong = client.post(change, {"old_password": "not it", "new_password1": NEW, "new_password2": NEW})
    assert wrong.status_code == 200
    assert asked_of(User.objects.get(username=name)).own_password
    right = client.post(change, {"old_password": password, "new_password1": NEW, "new_password2": NEW})
    assert right["Location"] == reverse("admin:password_change_done")
    assert client.get(reverse("admin:index")).status_code == 200
    assert not asked_of(User.objects.get(username=name)).own_password
    assert signed_in_by_form(name, NEW).get(reverse("admin:index")).status_code == 200


def test_who_keeps_the_one_time_password_is_asked_again() -> None:
    name, password = created()
    signed_in_by_form(name, password)
    again = signed_in_by_form(name, password)
    assert again.get(reverse("admin:index"))["Location"] == reverse("admin:password_change")
