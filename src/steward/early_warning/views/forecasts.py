"""Forecasts with their reasons, record and limits; the model card and the transparency record."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from steward.access.guards import needs, public, records
from steward.access.permissions import Permission
from steward.early_warning import forecast_summary, forecast_words
from steward.early_warning.forms import ForecastFilters
from steward.early_warning.models import Forecast, ForecastRun
from steward.early_warning.queries import forecasts as queries
from steward.early_warning.queries.lineage import lineage_of
from steward.early_warning.queries.scores import reach_of
from steward.early_warning.recorded_backtests import recorded
from steward.early_warning.views import files, forecast_parts, lineage_parts
from steward.interface.parts import Column, Table
from steward.register import queries as register

_PAGE_LENGTH = 20
_ALWAYS: dict[str, object] = {
    "starts": forecast_words.STARTS,
    "decides": forecast_words.DECIDES,
    "limits": forecast_words.LIMITS,
}


@needs(Permission.VIEW_EARLY_WARNING)
def forecasts(request: HttpRequest) -> HttpResponse:
    """Answer with the schools of the authority by forecast, what is expected, and how good that is."""
    run = _run()
    if run is None:
        return render(request, "early_warning/no_forecast.html", _ALWAYS)
    form, found = _chosen(request, run=run)
    every = list(queries.forecasts_in(run, within=reach_of(request.user)))
    fitted = queries.fitted_in(run)
    page = Paginator(found, _PAGE_LENGTH).get_page(request.GET.get("page"))
    query = request.GET.urlencode()
    context = _ALWAYS | {
        "run": run,
        "finding": forecast_parts.finding(every, fitted=fitted),
        "bands": [forecast_parts.bands_table(one, forecasts=every) for one in fitted],
        "in_short": [forecast_parts.in_short(one) for one in fitted],
        "filter_form": form,
        "page": page,
        "count": page.paginator.count,
        "table": forecast_parts.list_table(page),
        "csv": f"forecasts.csv{'?' + query if query else ''}",
    }
    return render(request, "early_warning/forecasts.html", context)


@needs(Permission.VIEW_EARLY_WARNING)
@records("early_warning.forecasts.downloaded", subject="forecasts")
def forecasts_as_csv(request: HttpRequest) -> HttpResponse:
    """Answer with the list as a CSV file, each forecast with its reasons and limits."""
    _, found = _chosen(request, run=_run_or_404())
    rows = (forecast_parts.csv_row(one) for one in found)
    return files.csv_answer("forecasts", header=forecast_parts.CSV_HEADER, rows=rows)


@needs(Permission.VIEW_EARLY_WARNING)
def forecast(request: HttpRequest, urn: int) -> HttpResponse:
    """Answer with the forecast of a school, its reasons, its record and its limits."""
    school = register.school(urn)
    if school is None:
        raise Http404(f"There is no school with the URN {urn}.")
    run = queries.current_run(school.authority_id or "")
    found = queries.forecast_of(urn, run=run, within=reach_of(request.user)) if run else None
    lineage = lineage_of(urn)
    context = _ALWAYS | {
        "school": school,
        "run": run,
        "forecast": found,
        "others": lineage_parts.links(lineage, page="early_warning:forecast"),
    }
    if found is None:
        phases = queries.phases_in(run) if run else frozenset()
        context["why_none"] = lineage_parts.why_no_forecast(school, run=run, lineage=lineage, phases=phases)
    else:
        fitted = queries.read(found.fitted)
        context |= {
            "finding": (
                f"{found.band}: of 100 schools with numbers like these, the model expects about "
                f"{round(100 * found.likely)} to come below good at their next inspection."
            ),
            "rests_on": lineage_parts.rests_on(lineage),
            "reasons": forecast_parts.reasons_table(found),
            "why": forecast_parts.why(found),
            "unknown": found.unknown,
            "record": forecast_parts.record_of(fitted),
        }
    return render(request, "early_warning/forecast.html", context)


@public
def model_card(request: HttpRequest) -> HttpResponse:
    """Answer with the model card of the run in force, which has no forecast of any school."""
    run = _run()
    if run is None:
        return render(request, "early_warning/no_forecast.html", _ALWAYS)
    records_ = [forecast_parts.record_of(one) for one in queries.fitted_in(run)]
    context = _ALWAYS | {
        "run": run,
        "records": records_,
        "uses": forecast_words.USES,
        "not_for": forecast_words.NOT_FOR,
        "protected": forecast_words.PROTECTED,
        "challenge": forecast_words.CHALLENGE,
        "not_delivered": forecast_summary.not_delivered(recorded()),
    }
    return render(request, "early_warning/model_card.html", context)


@public
def transparency_record(request: HttpRequest) -> HttpResponse:
    """Answer with the algorithmic transparency record of the run in force, open to everybody."""
    run = _run()
    if run is None:
        return render(request, "early_warning/no_forecast.html", _ALWAYS)
    rows = forecast_parts.transparency_rows(run, fitted=queries.fitted_in(run))
    table = Table("Record", (Column("About"), Column("What is said")), rows, hide_caption=True)
    return render(request, "early_warning/transparency_record.html", _ALWAYS | {"run": run, "table": table})


def _chosen(request: HttpRequest, *, run: ForecastRun) -> tuple[ForecastFilters, QuerySet[Forecast]]:
    form = ForecastFilters(request.GET or None)
    found = queries.forecasts_in(run, within=reach_of(request.user))
    given = form.cleaned_data if form.is_valid() else {}
    if given.get("text"):
        found = found.filter(school__name__icontains=given["text"])
    if given.get("phase"):
        found = found.filter(fitted__phase=given["phase"])
    if given.get("band"):
        found = found.filter(band=given["band"])
    return form, found.order_by("-likely", "school__name", "school_id")


def _run() -> ForecastRun | None:
    served = register.served_authority()
    return queries.current_run(served.code) if served else None


def _run_or_404() -> ForecastRun:
    run = _run()
    if run is None:
        raise Http404("No forecast has been made yet.")
    return run
