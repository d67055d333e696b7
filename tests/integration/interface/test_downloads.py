"""Figures as files: what a page shows is what can be taken from it, and only by who may see the page."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from django.http import Http404, HttpRequest, QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from steward.access.roles import Role
from steward.audit.models import AuditEvent
from steward.interface import gallery, gallery_charts
from steward.interface.charts import downloads, notes, pictures, sheets, twins
from steward.interface.charts.figures import LineChart, Part, Point, Series
from steward.interface.parts import Cell
from steward.register.models import Authority, ServedAuthority
from steward.vocabulary.values import Known, Missing, Reason

SVG = "{http://www.w3.org/2000/svg}"
FIGURES = gallery.figures()
EVERY = pytest.mark.parametrize("figure", FIGURES, ids=[figure.id for figure in FIGURES])
IMPRINT = pictures.Imprint("Leeds City Council", date(2026, 7, 3))


@EVERY
def test_a_picture_stands_alone(figure):
    written = pictures.picture(figure, imprint=IMPRINT)
    picture = ElementTree.fromstring(written.encode())
    said = [" ".join(element.itertext()) for element in picture.iter(f"{SVG}text")]
    assert written == pictures.picture(figure, imprint=IMPRINT)
    assert not [element for element in picture.iter() if element.get("class") or element.get("style")]
    assert not list(picture.iter(f"{SVG}a"))
    assert "var(" not in written
    assert figure.title.split()[0] in said[0]
    assert "Leeds City Council, 3 July 2026" in said
    assert figure.source.split(".")[0] in " ".join(said)
    assert picture.find(f"{SVG}rect").get("fill") == "#ffffff"
    assert picture.find(f"{SVG}title").text == figure.title
    for shape in picture.iter(f"{SVG}text"):
        assert shape.get("fill"), "every text has a colour of its own"


def test_the_authoritys_colour_is_the_one_thing_to_look_at():
    imprint = pictures.Imprint("Leeds City Council", date(2026, 7, 3), "#8a1538")
    assert 'stroke="#8a1538"' in pictures.picture(FIGURES[0], imprint=imprint)


def test_every_class_that_is_drawn_has_a_look():
    known = set(pictures.looks("#1d4f5c"))
    for figure in FIGURES:
        drawn = re.findall(r'class="([^"]*)"', pictures.drawing.svg(figure))[1:]
        for names in drawn:
            assert set(names.split()) & known or names == "steward-numbers", names


@EVERY
def test_a_sheet_has_every_cell_of_the_table_and_what_must_be_known(figure):
    table = twins.table_of(figure)
    rows = list(csv.reader(io.StringIO(sheets.sheet(figure, imprint=IMPRINT).decode("utf-8-sig"))))
    header, body = rows[0], rows[1 : len(table.rows) + 1]
    about = {row[0]: row[1] for row in rows[len(table.rows) + 2 :]}
    assert rows[len(table.rows) + 1] == []
    assert all(len(row) == len(header) for row in body)
    for row, written in zip(table.rows, body, strict=True):
        for cell in row:
            shown = cell.content if isinstance(cell, Cell) else cell
            if isinstance(shown, Missing):
                assert shown.reason.label in written
                assert about[shown.reason.label] == shown.reason.explanation
            if isinstance(cell, Cell) and cell.note:
                assert cell.note in written
    assert about["Title"] == figure.title
    assert about["Source"] == figure.source
    assert about["Measure"] == figure.measure
    assert about["Unit"]
    assert set(notes.notes_of(figure)) <= {row[1] for row in rows if row and row[0] == "Note"}


def test_numbers_of_a_sheet_are_plain_and_their_unit_is_in_the_heading():
    points = (Point("2018 to 2019", Known(-1204.5)), Point("2019 to 2020", Missing(Reason.SUPPRESSED)))
    figure = LineChart("T", "D", "pounds", 0, (Series("=Old Mill", Part.SCHOOL, points),))
    rows = list(csv.reader(io.StringIO(sheets.sheet(figure, imprint=IMPRINT).decode("utf-8-sig"))))
    assert rows[0] == ["Year", "'=Old Mill, pounds"]
    assert rows[1] == ["2018 to 2019", "-1205"]
    assert rows[2] == ["2019 to 2020", "Suppressed"]


def test_no_text_of_a_sheet_is_a_formula():
    figure = LineChart("=1+1", "@D", "percent", 0, (Series("=A1", Part.SCHOOL, ()),), id="x")
    for row in csv.reader(io.StringIO(sheets.sheet(figure, imprint=IMPRINT).decode("utf-8-sig"))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]


def _asked(address, *figures):
    request = RequestFactory().get(address)
    for figure in figures:
        downloads.offered(request, figure=figure)
    return request


def test_names_of_files_say_day_council_and_figure(settings):
    settings.STEWARD_COUNCIL_NAME = "Leeds City Council"
    answer = downloads.file_asked_for(
        _asked("/?download=funnel-400.svg", gallery_charts.funnel_specimen(crowd=400))
    )
    assert re.fullmatch(
        r'attachment; filename="\d{4}-\d\d-\d\d-leeds-funnel-400\.svg"', answer["Content-Disposition"]
    )
    assert answer["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("wanted", ["standard.png", "other.svg", "standard", "", "../standard.svg"])
def test_what_a_page_does_not_show_cannot_be_taken(wanted):
    with pytest.raises(Http404):
        downloads.file_asked_for(_asked(f"/?download={wanted}", gallery.line_specimen()))


def test_figures_without_a_name_take_their_title_and_never_one_twice():
    first, second = (LineChart("A finding, long", str(n), "percent", 0, ()) for n in range(2))
    request = _asked("/", first)
    assert downloads.offered(request, figure=first) == "a-finding-long"
    assert downloads.offered(request, figure=second) == "a-finding-long-2"


def test_links_say_format_and_size_and_keep_the_filters():
    request = HttpRequest()
    request.GET = QueryDict("phase=primary&page=3")
    figure = gallery.line_specimen()
    image, sheet = downloads.links_of(figure, request=request)
    size = len(downloads.content_of(figure, kind="svg"))
    assert image.text == f"Download image (SVG, {round(size / 1024)} KB)"
    assert sheet.text == "Download figures (CSV, 1 KB)"
    assert image.href == "?phase=primary&download=standard.svg"
    assert image.about == figure.title


def test_a_chart_prints_its_measure_source_links_and_table():
    page = Template("{% chart figure %}").render(
        Context({"figure": gallery.line_specimen(), "request": RequestFactory().get("/")})
    )
    assert "Pupils at the expected standard, percent. 21 to 26 pupils a year" in page
    assert "Source: Key stage 2 performance, revised, 2018 to 2019" in page
    assert 'href="?download=standard.csv"' in page
    assert page.count("<svg") == 2
    assert "style=" not in page
    assert "<script" not in page


@pytest.mark.django_db
def test_a_page_gives_the_figures_it_shows_to_who_may_see_it_and_it_is_recorded(client_of):
    client = client_of(Role.ADMINISTRATOR)
    page = client.get("/components/").text
    links = re.findall(r'href="(\?download=[\w-]+\.(?:svg|csv))"', page)
    assert len(links) == 2 * len(FIGURES)
    for link in ("?download=standard.svg", "?download=gaps.csv"):
        assert link in links
        answer = client.get(f"/components/{link}")
        assert answer.status_code == 200
        name = link.removeprefix("?download=").split(".")
        figure = next(one for one in FIGURES if one.id == name[0])
        assert answer.content == downloads.content_of(figure, kind=name[1])
        event = AuditEvent.objects.latest("number")
        assert event.verb == "access.figure.exported"
        assert event.details["bytes"] == len(answer.content)
        assert link in event.details["address"]
    assert client.get("/components/?download=nothing.svg").status_code == 404
    assert client_of(Role.ADVISER).get("/components/?download=standard.svg").status_code == 403


def test_files_of_a_council_that_is_not_named_bear_the_authority_served(settings, db):
    made = Authority.objects.create(code="383", name="Leeds", region="Yorkshire and the Humber")
    ServedAuthority.objects.create(only=1, authority=made)
    settings.STEWARD_COUNCIL_NAME, settings.STEWARD_AUTHORITY = settings.STEWARD_COUNCIL_UNNAMED, ""
    answer = downloads.file_asked_for(
        _asked("/?download=funnel-400.svg", gallery_charts.funnel_specimen(crowd=400))
    )
    assert "-leeds-funnel-400.svg" in answer["Content-Disposition"]
    assert "Leeds, " in answer.content.decode()


def test_a_number_in_a_title_keeps_its_point_in_the_name_of_its_file():
    titled = replace(gallery_charts.funnel_specimen(crowd=400), id="", title="0.11 above England")
    assert downloads.offered(RequestFactory().get("/"), figure=titled) == "0-point-11-above-england"
