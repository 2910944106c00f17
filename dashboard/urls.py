"""The reading room's addresses."""

from django.urls import URLPattern, URLResolver, path

from dashboard.views.health import health, health_as_json, live, ready
from dashboard.views.matrix import matrix, matrix_as_csv, matrix_as_json
from dashboard.views.overview import overview, overview_as_csv
from dashboard.views.positions import position
from dashboard.views.timeline import timeline, timeline_as_csv, timeline_as_json

urlpatterns: list[URLPattern | URLResolver] = [
    path("", overview, name="overview"),
    path("overview.csv", overview_as_csv, name="overview-csv"),
    path("timeline/", timeline, name="timeline"),
    path("timeline.csv", timeline_as_csv, name="timeline-csv"),
    path("timeline.json", timeline_as_json, name="timeline-json"),
    path("matrix/", matrix, name="matrix"),
    path("matrix.csv", matrix_as_csv, name="matrix-csv"),
    path("matrix.json", matrix_as_json, name="matrix-json"),
    path("positions/<int:number>/", position, name="position"),
    path("health/", health, name="health"),
    path("health.json", health_as_json, name="health-json"),
    path("health/live/", live, name="health-live"),
    path("health/ready/", ready, name="health-ready"),
]
