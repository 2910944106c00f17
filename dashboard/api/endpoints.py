"""Every address of the reading API, as views that keep their answers."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from dashboard.api.agreement import AGREEMENT_OF_CODERS, SCORES
from dashboard.api.endpoint import Endpoint, answered
from dashboard.api.logs import CLAIM_LOG, DISPATCHES, MARK_LOG
from dashboard.api.positions import CHANGES, MATRIX, POSITION_OF_NUMBER, POSITIONS
from dashboard.api.reference import CODEBOOK, REGIONS, SUPPLIERS, WEAPONS
from dashboard.views.keeping import compared, kept

ENDPOINTS = (
    *(POSITIONS, POSITION_OF_NUMBER, CHANGES, MATRIX),
    *(CLAIM_LOG, MARK_LOG, DISPATCHES),
    *(SUPPLIERS, WEAPONS, REGIONS, CODEBOOK),
    *(AGREEMENT_OF_CODERS, SCORES),
)


def view_of(endpoint: Endpoint) -> Callable[..., HttpResponseBase]:
    """The view that answers at this address: kept until a revision or the day changes it, where nothing else does."""

    def listed(request: HttpRequest) -> HttpResponse:
        return answered(endpoint, request)

    def numbered(request: HttpRequest, number: int) -> HttpResponse:
        return answered(endpoint, request, number=number)

    view: Any = numbered if "{number}" in endpoint.path else listed
    return (kept if endpoint.lasting else compared)(view)
