"""The Content-Security-Policy of each part of the site: strict everywhere, with what the admin's look needs there."""

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

# django-unfold draws with Alpine, which compiles expressions found in attributes, and sets styles inline.
_ADMIN_NEEDS = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}


class ContentPolicyMiddleware(CSPMiddleware):
    """The strict policy; below the admin's address, the same with what its pages cannot do without."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(reverse("admin:index")):
            parts.update = {**_ADMIN_NEEDS, **(parts.update or {})}
        return parts
