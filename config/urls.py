"""The site's addresses: the reading room at the root, the curators' desk under `admin/`, programs under `api/`."""

from django.contrib import admin
from django.urls import include, path

from config.api import api
from config.visitors import operators_only
from dashboard.views.metrics import metrics

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/v1/", api.urls),
    path("metrics", operators_only(metrics), name="metrics"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("dashboard.urls")),
]
