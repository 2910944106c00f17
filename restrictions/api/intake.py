"""Handing dispatches in, and asking what became of them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Router

from restrictions.actions.submissions import KeyReused, StillStoring
from restrictions.api.bearer import TokenBearer
from restrictions.api.description import SUBMISSION, SUBMITTING
from restrictions.api.problems import Problem, unavailable
from restrictions.api.rates import check_dispatches, check_requests
from restrictions.api.reading import Asked, read_request
from restrictions.models import ApiToken, Scope, Submission
from restrictions.pipelines.keeping import DatabaseStopped
from restrictions.pipelines.submitting import submit
from restrictions.queries.submissions import Fate, submission_sheet

router = Router(auth=TokenBearer(Scope.WRITE_DISPATCHES), tags=["intake"])


@router.post("/dispatches", url_name="hand_in", summary="Hand dispatches in", openapi_extra=SUBMITTING)
def hand_in(request: HttpRequest) -> HttpResponse:
    """One dispatch, or a list of up to 500; all of them or none. What is held already is found to be held."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # ninja puts it there
    now = timezone.now()
    request.allowance = check_requests(token, now=now)  # type: ignore[attr-defined]  # for who writes the headers
    asked = read_request(request)
    check_dispatches(token, len(asked.received), now=now)
    submission = _submitted(token, asked)
    where = reverse("api:submission", args=[submission.pk])
    body = {"submission": str(submission.pk), "outcome": where, "dispatches": submission.size}
    return JsonResponse(body, status=202, headers={"Location": where})


@router.get("/submissions/{number}", url_name="submission", summary="What became of it", openapi_extra=SUBMISSION)
def submission(request: HttpRequest, number: UUID) -> HttpResponse:
    """The fate of each dispatch, in the order in which they were handed in."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]
    request.allowance = check_requests(token, now=timezone.now())  # type: ignore[attr-defined]
    sheet = submission_sheet(number, token=token)
    if sheet is None:
        raise Problem(404, "not-found", "There is no such submission", "This token handed in nothing of this number.")
    body = {
        "submission": str(sheet.id),
        "received": sheet.recorded_at.isoformat(),
        "stored": sheet.is_stored,
        "finished": sheet.is_finished,
        "dispatches": [_told(fate) for fate in sheet.fates],
    }
    return JsonResponse(body, headers={"Cache-Control": "no-store"})


def _submitted(token: ApiToken, asked: Asked) -> Submission:
    try:
        return submit(token=token, key=asked.key, body_digest=asked.digest, received=asked.received)
    except KeyReused as error:
        detail = "This Idempotency-Key came before with another body. Take a new key for a new request."
        raise Problem(422, "key-reused", "The key was used before", detail) from error
    except StillStoring as error:
        detail = "The same request is being stored just now. Ask again in a moment, with the same key."
        headers = {"Retry-After": "2"}
        raise Problem(409, "still-storing", "It is being stored", detail, headers=headers) from error
    except DatabaseStopped as error:
        raise unavailable() from error


def _told(fate: Fate) -> dict[str, Any]:
    """What a program is told: nothing that only curators may see."""
    return {
        "outcome": fate.outcome,
        "reason": fate.reason or None,
        "dispatch": fate.dispatch,
        "state": fate.state or None,
        "state_reason": fate.state_reason or None,
        "claims": fate.claims,
    }
