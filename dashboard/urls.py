"""The reading room's addresses: those of its pages, which each language has, and those that are the same in all."""

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, path

from dashboard.views.changes import changes, changes_as_csv, changes_as_json
from dashboard.views.claims import claims, claims_as_csv, claims_as_json
from dashboard.views.codebook import codebook, codebook_as_csv, codebook_as_json, names_as_csv
from dashboard.views.compare import compare, compare_as_csv, compare_as_json, compare_as_svg
from dashboard.views.coverage import coverage, coverage_as_csv
from dashboard.views.crawlers import robots, sitemap
from dashboard.views.data import data, difference_as_csv, release_file
from dashboard.views.data_files import data_file
from dashboard.views.dispatches import dispatch, dispatches, dispatches_as_csv, dispatches_as_json
from dashboard.views.embeds import embed_compare, embed_map, embed_matrix, embed_moves, embed_overview, embed_timeline
from dashboard.views.feeds import changes_as_atom, changes_as_json_feed
from dashboard.views.forms import in_other_forms
from dashboard.views.health import health, health_as_json, live, ready
from dashboard.views.map import map_of_reach, reach_as_csv, reach_as_json, reach_as_svg
from dashboard.views.matrix import matrix, matrix_as_csv, matrix_as_json
from dashboard.views.moves import curve_as_csv, moves, moves_as_csv, moves_as_json, moves_as_svg
from dashboard.views.overview import in_small, overview, overview_as_csv, overview_as_json, overview_as_svg
from dashboard.views.positions import position, position_as_csv
from dashboard.views.search import search_as_json, search_page
from dashboard.views.since import since
from dashboard.views.suppliers import (
    supplier,
    supplier_as_csv,
    supplier_as_json,
    suppliers,
    suppliers_as_csv,
    suppliers_as_json,
)
from dashboard.views.timeline import timeline, timeline_as_csv, timeline_as_json
from dashboard.views.weapons import weapon, weapon_as_csv, weapon_as_json, weapons, weapons_as_csv, weapons_as_json

View = Callable[..., HttpResponseBase]


def page(route: str, view: View, name: str) -> list[URLPattern]:
    """A page, and how to cite it in the two formats that reference managers read."""
    stem = route.rstrip("/") or name
    cited = [path(f"{stem}.{kind}", view, name=f"{name}-{kind}") for kind in ("bib", "ris")]
    return [path(route, view, name=name), *cited]


urlpatterns: list[URLPattern | URLResolver] = [
    *page("", overview, "overview"),
    path("overview.csv", overview_as_csv, name="overview-csv"),
    path("overview.json", overview_as_json, name="overview-json"),
    path("overview.svg", overview_as_svg, name="overview-svg"),
    *page("timeline/", timeline, "timeline"),
    path("timeline.csv", timeline_as_csv, name="timeline-csv"),
    path("timeline.json", timeline_as_json, name="timeline-json"),
    *page("matrix/", matrix, "matrix"),
    path("matrix.csv", matrix_as_csv, name="matrix-csv"),
    path("matrix.json", matrix_as_json, name="matrix-json"),
    *page("map/", map_of_reach, "map"),
    path("map.csv", reach_as_csv, name="map-csv"),
    path("map.json", reach_as_json, name="map-json"),
    path("map.svg", reach_as_svg, name="map-svg"),
    path("embed/overview/", embed_overview, name="embed-overview"),
    path("embed/timeline/", embed_timeline, name="embed-timeline"),
    path("embed/matrix/", embed_matrix, name="embed-matrix"),
    path("embed/map/", embed_map, name="embed-map"),
    path("embed/moves/", embed_moves, name="embed-moves"),
    path("embed/compare/", embed_compare, name="embed-compare"),
    *page("changes/", changes, "changes"),
    path("feeds/changes.atom", changes_as_atom, name="changes-atom"),
    path("feeds/changes.json", changes_as_json_feed, name="changes-feed"),
    path("changes.csv", changes_as_csv, name="changes-csv"),
    path("changes.json", changes_as_json, name="changes-json"),
    *page("suppliers/", suppliers, "suppliers"),
    path("suppliers.csv", suppliers_as_csv, name="suppliers-csv"),
    path("suppliers.json", suppliers_as_json, name="suppliers-json"),
    *page("suppliers/<slug:code>/", supplier, "supplier"),
    path("suppliers/<slug:code>.csv", supplier_as_csv, name="supplier-csv"),
    path("suppliers/<slug:code>.json", supplier_as_json, name="supplier-json"),
    *page("weapons/", weapons, "weapons"),
    path("weapons.csv", weapons_as_csv, name="weapons-csv"),
    path("weapons.json", weapons_as_json, name="weapons-json"),
    *page("weapons/<slug:code>/", weapon, "weapon"),
    path("weapons/<slug:code>.csv", weapon_as_csv, name="weapon-csv"),
    path("weapons/<slug:code>.json", weapon_as_json, name="weapon-json"),
    *page("moves/", moves, "moves"),
    path("moves.csv", moves_as_csv, name="moves-csv"),
    path("moves.json", moves_as_json, name="moves-json"),
    path("moves.svg", moves_as_svg, name="moves-svg"),
    *page("compare/", compare, "compare"),
    path("compare.csv", compare_as_csv, name="compare-csv"),
    path("compare.json", compare_as_json, name="compare-json"),
    path("compare.svg", compare_as_svg, name="compare-svg"),
    path("moves-curve.csv", curve_as_csv, name="moves-curve-csv"),
    *page("dispatches/", dispatches, "dispatches"),
    path("dispatches.csv", dispatches_as_csv, name="dispatches-csv"),
    path("dispatches.json", dispatches_as_json, name="dispatches-json"),
    *page("dispatches/<int:number>/", dispatch, "dispatch"),
    *page("claims/", claims, "claims"),
    path("claims.csv", claims_as_csv, name="claims-csv"),
    path("claims.json", claims_as_json, name="claims-json"),
    *page("positions/<int:number>/", position, "position"),
    path("positions/<int:number>.csv", position_as_csv, name="position-csv"),
    *page("codebook/", codebook, "codebook"),
    path("codebook/names.csv", names_as_csv, name="codebook-names-csv"),
    path("codebook.csv", codebook_as_csv, name="codebook-csv"),
    path("codebook.json", codebook_as_json, name="codebook-json"),
    *page("search/", search_page, "search"),
    path("search.json", search_as_json, name="search-json"),
    *page("coverage/", coverage, "coverage"),
    path("coverage.csv", coverage_as_csv, name="coverage-csv"),
    *page("data/", data, "data"),
    path("in-small/", in_small, name="in-small"),
    path("since/", since, name="since"),
]

urlpatterns += in_other_forms(urlpatterns)
difference = path("data/difference.csv", difference_as_csv, name="difference-csv")

in_no_language: list[URLPattern | URLResolver] = [
    path("health/", health, name="health"),
    path("health.json", health_as_json, name="health-json"),
    path("health/live/", live, name="health-live"),
    path("health/ready/", ready, name="health-ready"),
    difference,
    *in_other_forms([difference]),
    path("data/releases/<str:version>/<str:name>", release_file, name="release-file"),
    path("data/<slug:name>.<slug:form>", data_file, name="data-file"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
]
