"""The site's addresses: the reading room at the root in each language, the curators' desk, programs under `api/`."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from config.alerting import alerts, alerts_sent, confirm, leave
from config.api import api, description, docs
from config.reporting import report, report_sent
from config.visitors import operators_only
from dashboard.urls import in_no_language
from dashboard.views.keeping import compared
from dashboard.views.metrics import metrics

admin.autodiscover()

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/docs", compared(docs), name="api-docs"),
    path("api/v1/openapi.json", compared(description), name="api-description"),
    path("api/v1/", api.urls),
    path("metrics", operators_only(metrics), name="metrics"),
    path("", include(in_no_language)),
    *i18n_patterns(
        path("positions/<int:number>/report/", report, name="report"),
        path("positions/<int:number>/report/sent/", report_sent, name="report-sent"),
        path("alerts/", alerts, name="alerts"),
        path("alerts/sent/", alerts_sent, name="alerts-sent"),
        path("alerts/confirm/<str:token>/", confirm, name="alerts-confirm"),
        path("alerts/leave/<str:token>/", leave, name="alerts-leave"),
        path("", include("dashboard.urls")),
        prefix_default_language=False,
    ),
]
