"""The record as files at `/data/<dataset>.<form>`, streamed: nothing is held in memory, whatever its size."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dashboard.exports.files import CONTENT_TYPES, file_of, json_file
from dashboard.parameters import CLOCK, Given, clock_pairs, refuse
from dashboard.views.asking import clock_asked, refuses_bad_parameters
from restrictions.domain.datasets import DATASETS, FIGURES, Dataset
from restrictions.queries.datasets import Wanted, copied_csv, copied_lines, dataset_rows, is_copied


@require_safe
@refuses_bad_parameters
def data_file(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """A dataset in one of its forms, by the clocks of the address; with `on`, of that day alone."""
    dataset = DATASETS.get(name)
    if dataset is None or form not in CONTENT_TYPES:
        raise Http404(gettext("There is no such file. The page “Data” lists those that there are."))
    wanted = _wanted(request, dataset)
    response = StreamingHttpResponse(_written(dataset, form, wanted), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="caveat-{name}.{form}"'
    response["Cache-Control"] = "public, no-cache"
    return response


def _wanted(request: HttpRequest, dataset: Dataset) -> Wanted:
    clock, today = clock_asked(request)
    if dataset in FIGURES:
        _refuse_all(request.GET)
    given = Given(request.GET, single=(*CLOCK, *(["on"] if dataset.of_a_day else [])))
    return Wanted(today, clock, given.past_day("on", today=today))


def _refuse_all(query: QueryDict) -> None:
    for name in query:
        refuse(name, query.get(name, ""), gettext("nothing: these figures are of now alone"))


def _written(dataset: Dataset, form: str, wanted: Wanted) -> Iterator[bytes]:
    about = {"dataset": dataset.name, "as_of": wanted.today, **dict(clock_pairs(wanted.clock))}
    about |= {"on": wanted.on} if wanted.on else {}
    if is_copied(dataset, wanted) and form in ("csv", "ndjson", "json"):
        if form == "csv":
            return copied_csv(dataset, wanted)
        lines = copied_lines(dataset, wanted)
        return json_file(lines, about) if form == "json" else lines
    return file_of(form, dataset.columns, dataset_rows(dataset, wanted), about)
