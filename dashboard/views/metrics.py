"""How the program is, as Prometheus asks for it. Who may ask is decided where the address is given to this view."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from dashboard.views.health import Health, health_now


class _Now(Collector):
    """The program at one instant: asked once for all that is told."""

    def __init__(self, found: Health) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        found = self._found
        yield _one("ready", "Whether a page could be served.", found.state.is_ready)
        yield _one("ok", "Whether nobody has to do anything.", found.ok)
        yield _one("broker_up", "Whether Valkey or Redis answers.", found.broker)
        yield _one("workers", "Workers that answer.", found.waits.workers)
        yield _one("oldest_waiting_seconds", "How long the oldest waiting dispatch has waited.", found.oldest_waiting)
        yield _one("last_sweep_seconds", "How long ago the last sweep ended.", found.last_sweep)
        counts = GaugeMetricFamily("caveat_dispatches", "Dispatches by state.", labels=["state"])
        ages = GaugeMetricFamily("caveat_oldest_seconds", "How long ago the oldest was queued.", labels=["state"])
        for row in found.waits.states:
            counts.add_metric([row.state.value], row.count)
            if row.oldest:
                ages.add_metric([row.state.value], found.age(row.oldest) or 0)
        feeds = GaugeMetricFamily("caveat_feeds", "Feeds by how they are.", labels=["health"])
        for health, count in found.waits.feeds.items():
            feeds.add_metric([health], count)
        yield from (counts, ages, feeds)


def _one(name: str, says: str, value: float | None) -> Metric:
    """A gauge of one value; without one where nothing is known, so that an alert on its absence can fire."""
    gauge = GaugeMetricFamily(f"caveat_{name}", says)
    if value is not None:
        gauge.add_metric([], float(value))
    return gauge


@never_cache
@require_safe
def metrics(_request: HttpRequest) -> HttpResponse:
    """All gauges, in the text format. 200 also where something is wrong: the gauges say what."""
    registry = CollectorRegistry()
    registry.register(_Now(health_now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
