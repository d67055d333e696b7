"""The pages of releases, indicators and figures, as each role sees them."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from steward.access.roles import Role
from steward.evidence import catalogues, engine, store
from steward.evidence.models import DataRelease, ReleaseStatus
from steward.evidence.queries import figures, releases, unmatched
from steward.evidence.views.reading import marks_table
from steward.vocabulary.areas import Level
from steward.vocabulary.values import PUBLISHED_MARKS, Missing, Reason

pytestmark = pytest.mark.django_db

READERS = [role for role in Role if role is not Role.SCHOOL_USER]


@pytest.fixture
def officer(sample_home, client_of):
    return client_of(Role.DATA_OFFICER)


def _text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def _live(source: str, **asked) -> DataRelease:
    return DataRelease.objects.filter(source=source, status=ReleaseStatus.LIVE, **asked).latest("period")


def _any_figure(indicator: str, *, missing: bool = False):
    """Return a preferred figure of a school that is in the register, known or missing."""
    table = engine.table(releases.current_folder() / "values.parquet")
    state = table.status != "known" if missing else table.status == "known"
    rows = table.filter(table.preferred & (table.indicator == indicator) & state).order_by("urn", "period")
    found = engine.connection().to_pyarrow(rows.limit(1)).to_pylist()[0]
    return figures.versions_of(found["urn"], indicator=indicator, period=found["period"])[0]


@pytest.mark.parametrize("role", READERS)
def test_every_reader_sees_releases_indicators_and_figures(sample_home, client_of, role):
    browser = client_of(role)
    figure = _any_figure("attainment_8")
    release = _live("ks4")
    for address in (
        reverse("evidence:releases"),
        reverse("evidence:release", args=[release.id]),
        reverse("evidence:row", args=[release.id, 2]),
        reverse("evidence:findings-csv", args=[release.id]),
        reverse("evidence:unmatched"),
        reverse("evidence:indicators"),
        reverse("evidence:indicator", args=["attainment_8"]),
        reverse("evidence:figure", args=[figure.urn, "attainment_8", figure.period]),
        reverse("evidence:reading"),
    ):
        assert browser.get(address).status_code == 200, address


@pytest.mark.parametrize("role", Role)
def test_only_who_manages_releases_may_make_one_live(sample_home, client_of, role):
    urn = _any_figure("attainment_8").urn if role is Role.SCHOOL_USER else None
    release = _live("ks4")
    response = client_of(role, urn=urn).post(reverse("evidence:make-live", args=[release.id]))
    allowed = role in (Role.ADMINISTRATOR, Role.DATA_OFFICER)
    assert response.status_code == (409 if allowed else 403)


def test_a_school_user_sees_figures_of_the_own_school_only_and_the_releases_they_stand_in(
    sample_home, client_of
):
    figure = _any_figure("attainment_8")
    browser = client_of(Role.SCHOOL_USER, urn=figure.urn)

    own = _text(browser.get(reverse("evidence:figure", args=[figure.urn, "attainment_8", figure.period])))
    other = reverse("evidence:figure", args=[figure.urn + 1, "attainment_8", figure.period])

    assert reverse("evidence:release", args=[figure.release]) in own
    assert browser.get(other).status_code == 403
    assert browser.get(reverse("evidence:releases")).status_code == 200
    assert browser.get(reverse("evidence:reading")).status_code == 200


def test_nobody_signed_in_is_sent_to_sign_in(sample_home, client):
    response = client.get(reverse("evidence:releases"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("access:sign-in"))


def test_releases_are_cut_by_publication_year_status_and_words(officer):
    address = reverse("evidence:releases")
    everything = officer.get(address).context["count"]

    one = officer.get(
        address, {"publication": "ks4", "year": "2019", "status": "live", "text": "provisional"}
    )

    assert everything == DataRelease.objects.count()
    assert (
        one.context["count"]
        == DataRelease.objects.filter(
            source="ks4", period=2019, status="live", title__icontains="provisional"
        ).count()
        > 0
    )
    assert "Remove the filter" in _text(one)
    assert "No release fits these filters" in _text(officer.get(address, {"text": "nothing like it"}))


def test_an_unknown_filter_is_told_beside_its_field_and_nothing_breaks(officer):
    page = _text(officer.get(reverse("evidence:releases"), {"year": "1850", "page": "999", "sort": "sha"}))
    assert "1850" in page


def test_releases_sort_by_rows_both_ways(officer):
    rows = [one.rows for one in officer.get(reverse("evidence:releases"), {"sort": "-rows"}).context["page"]]
    assert rows == sorted(rows, reverse=True)


def test_before_the_first_load_the_list_says_what_to_do(own_store, client_of):
    browser = client_of(Role.DATA_OFFICER)
    assert "steward load FOLDER" in _text(browser.get(reverse("evidence:releases")))
    assert "will be listed here" in _text(browser.get(reverse("evidence:unmatched")))
    assert "None loaded" in _text(browser.get(reverse("evidence:indicators")))
    assert "No release with this indicator is live" in _text(
        browser.get(reverse("evidence:indicator", args=["attainment_8"]))
    )


def test_a_release_says_what_it_is_and_how_it_was_screened(officer):
    release = _live("ks4", version="provisional")
    page = _text(officer.get(reverse("evidence:release", args=[release.id])))

    assert release.file_name in page.replace("<wbr>", "")
    assert release.sha256 in page.replace("<wbr>", "")
    assert "Open Government Licence" in page
    assert "Screening report" in page
    assert "tests passed" in page
    assert "Published area figures beside those computed" in page
    assert reverse("evidence:make-live", args=[release.id]) not in page


def test_the_rows_noted_are_given_with_what_is_wrong_and_the_record(officer):
    release = next(
        one
        for one in DataRelease.objects.all()
        if any(found["verdict"] != "pass" and found["places"] for found in one.screening["findings"])
    )
    response = officer.get(reverse("evidence:findings-csv", args=[release.id]))

    lines = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert "attachment" in response["Content-Disposition"]
    assert {line["Outcome"] for line in lines} <= {"WARNING", "FAIL"}
    assert all(line["Error"] for line in lines)
    noted = [one for one in release.screening["findings"] if one["verdict"] != "pass"]
    assert len(lines) == sum(len(one["places"]) for one in noted)


def test_a_row_is_printed_with_its_columns_and_what_is_read_from_them(officer):
    figure = _any_figure("attainment_8")
    response = officer.get(reverse("evidence:row", args=[figure.release, figure.row]))
    page = _text(response)

    printed = {cell.column: cell.text for cell in releases.published_row(figure.release, figure.row)}
    read = [row for row in response.context["read"].rows if "ATT8SCR" in str(row[0])]
    assert read[0][1].content == printed["ATT8SCR"]
    assert "Attainment 8" in read[0][2]
    bare = page.replace("<wbr>", "")
    assert all(column in bare for column in printed)


def test_a_row_that_is_not_there_is_told_in_plain_words(officer):
    release = _live("ks4")
    assert officer.get(reverse("evidence:row", args=[release.id, 999_999])).status_code == 404
    found = officer.get(reverse("evidence:find-row", args=[release.id]), {"row": "4"})
    assert found["Location"] == reverse("evidence:row", args=[release.id, 4])
    wrong = officer.get(reverse("evidence:find-row", args=[release.id]), {"row": "four"})
    assert "Enter a whole number" in _text(wrong)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("evidence:release", ["no-such-release"]),
        ("evidence:indicator", ["no_such_indicator"]),
        ("evidence:figure", [999999, "attainment_8", 2019]),
        ("evidence:figure", [100000, "no_such_indicator", 2019]),
        ("evidence:area-figure", ["383", "planet", "all", "attainment_8", 2019]),
        ("evidence:area-figure", ["000", "authority", "all", "attainment_8", 2019]),
    ],
)
def test_what_is_not_known_is_not_found(officer, name, arguments):
    assert officer.get(reverse(name, args=arguments)).status_code == 404


def test_the_catalogue_is_cut_by_phase_publication_and_words(officer):
    address = reverse("evidence:indicators")
    everything = officer.get(address)
    primary = officer.get(address, {"phase": "primary", "source": "ks2", "text": "reading"})

    assert everything.context["count"] == len(catalogues.indicators())
    titles = {row[0].content for table in primary.context["tables"] for row in table.rows}
    assert "Expected standard in reading" in titles
    assert "Expected standard in mathematics" not in titles
    assert "Attainment 8" not in titles
    assert "No indicator fits" in _text(officer.get(address, {"text": "no such thing"}))


@pytest.mark.parametrize("code", ["attainment_8", "persistent_absence", "balance_share"])
def test_an_indicator_says_what_it_means_how_it_is_read_and_what_feeds_it(officer, code):
    definition = catalogues.indicators()[code]
    response = officer.get(reverse("evidence:indicator", args=[code]))
    page = response.content.decode().replace("&#x27;", "'").replace("&amp;", "&").replace("&quot;", '"')

    assert definition.meaning in page
    assert definition.owner in page
    assert all(one.why in page for one in definition.breaks)
    assert len(response.context["readings"].rows) == len(definition.readings)


def test_a_missing_figure_is_said_in_words_with_its_mark(officer):
    figure = _any_figure("attainment_8", missing=True)
    assert isinstance(figure.value, Missing)

    page = _text(officer.get(reverse("evidence:figure", args=[figure.urn, "attainment_8", figure.period])))

    assert figure.value.reason.label in page
    assert figure.value.reason.explanation in page.replace("&#x27;", "'")


def test_a_figure_shows_every_version_with_the_shown_one_first_and_why(officer):
    figure = _any_figure("attainment_8")
    response = officer.get(reverse("evidence:figure", args=[figure.urn, "attainment_8", figure.period]))

    versions = response.context["number"].versions
    known = figures.versions_of(figure.urn, indicator="attainment_8", period=figure.period)
    assert len(versions) == len(known)
    assert versions[0].shown
    assert not any(one.shown for one in versions[1:])
    assert versions[0].sha256 in _text(response).replace("<wbr>", "")
    assert reverse("evidence:row", args=[figure.release, figure.row]) in _text(response)


def test_a_computed_figure_names_the_schools_it_is_made_of(officer, sample_home):
    found = figures.figures_of_area(Level.AUTHORITY, sample_home.authority)
    figure = next(one for one in found if one.basis == "computed" and one.indicator == "attainment_8")
    address = reverse(
        "evidence:area-figure",
        args=[sample_home.authority, "authority", figure.phase, figure.indicator, figure.period],
    )
    response = officer.get(address)

    computed = next(one for one in response.context["number"].versions if one.computed_from is not None)
    assert "Computed from" in _text(response)
    assert response.context["page"].paginator.count == computed.schools
    pupils = [row[2] for row in response.context["schools"].rows]
    assert len(pupils) == min(computed.schools, 50)


def test_published_and_computed_figures_of_one_file_are_compared(officer, sample_home):
    found = figures.figures_of_area(Level.AUTHORITY, sample_home.authority)
    printed = next(one for one in found if one.basis == "published" and one.indicator == "attainment_8")
    address = reverse(
        "evidence:area-figure",
        args=[sample_home.authority, "authority", printed.phase, printed.indicator, printed.period],
    )
    response = officer.get(address)

    number = response.context["number"]
    assert number.shown.basis == "published"
    assert number.pair[0].release == number.pair[1].release
    assert number.says_pupils is None or number.says_pupils.basis == "published"
    assert "Worked out from the schools of the same file" in _text(response)


def test_urns_in_no_register_are_listed_with_the_row_that_prints_them(officer):
    listed = unmatched.unmatched()
    page = _text(officer.get(reverse("evidence:unmatched")))
    for one in listed[:5]:
        assert reverse("evidence:row", args=[one.release, one.row]) in page
        assert str(one.urn) in {cell.text for cell in releases.published_row(one.release, one.row)}


def test_how_to_read_this_explains_the_interval_and_chance(officer):
    page = _text(officer.get(reverse("evidence:reading")))
    for words in ("95% interval", "Wilson", "unlikely to be chance", "about 1 school in 20", 'id="chance"'):
        assert words in page


def test_the_legend_has_every_reason_and_every_mark():
    table = marks_table()
    assert [row[0] for row in table.rows] == [reason.label for reason in Reason]
    printed = {mark for row in table.rows for mark in row[1].split(", ")}
    assert {mark or "(blank)" for mark in PUBLISHED_MARKS} <= printed


def test_an_earlier_release_is_made_live_again_after_a_question(own_store, downloads, load, client_of):
    load(downloads)
    first = DataRelease.objects.get(source="absence")
    changed = downloads.parent / "again" / "2017-2018" / "england_abs.csv"
    changed.parent.mkdir(parents=True)
    changed.write_bytes((downloads / "2017-2018" / "england_abs.csv").read_bytes().rstrip() + b"\n\n")
    load(changed)
    first.refresh_from_db()
    assert first.status == ReleaseStatus.REPLACED
    browser = client_of(Role.DATA_OFFICER)
    address = reverse("evidence:make-live", args=[first.id])

    assert address in _text(browser.get(reverse("evidence:release", args=[first.id])))
    question = _text(browser.get(address))
    done = browser.post(address, follow=True)

    assert "Make this release live" in question
    assert "is live. Every figure was worked out again." in _text(done)
    first.refresh_from_db()
    assert first.status == ReleaseStatus.LIVE
    assert browser.post(address).status_code == 409


def _upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_files_are_loaded_from_the_browser_with_a_report_of_each(own_store, downloads, client_of):
    browser = client_of(Role.DATA_OFFICER)
    files = [_upload(path.name, path.read_bytes()) for path in sorted((downloads / "2017-2018").iterdir())]
    junk = _upload("report.csv", b"%PDF-1.7 no table")
    address = reverse("evidence:load")

    assert "Choose at least one file" in _text(browser.post(address, {"year": ""}))
    done = browser.post(address, {"chosen": [*files, junk], "year": "2017-2018"}, follow=True)

    page = _text(done).replace("<wbr>", "")
    assert "2 files are live. 1 file could not be used" in page
    assert "report.csv is a PDF" in page
    assert DataRelease.objects.filter(status=ReleaseStatus.LIVE).count() == 2
    assert reverse("evidence:release", args=[DataRelease.objects.get(source="absence").id]) in page


def test_a_year_that_is_none_is_told_beside_the_box(own_store, client_of):
    asked = {"chosen": [_upload("england_abs.csv", b"URN\n1\n")], "year": "soon"}
    page = _text(client_of(Role.DATA_OFFICER).post(reverse("evidence:load"), asked))
    assert "is not an academic year" in page
    assert not DataRelease.objects.exists()


@pytest.mark.parametrize("role", [Role.ADVISER, Role.HEAD_OF_SERVICE, Role.SCRUTINY_MEMBER])
def test_only_who_manages_releases_may_load_files(own_store, client_of, role):
    browser = client_of(role)
    assert browser.get(reverse("evidence:load")).status_code == 403
    assert reverse("evidence:load") not in _text(browser.get(reverse("evidence:releases")))


def test_a_load_under_way_is_told_on_the_page(own_store, client_of):
    asked = {"chosen": [_upload("england_abs.csv", b"URN\n1\n")], "year": "2017-2018"}
    with store.only_one():
        page = _text(client_of(Role.DATA_OFFICER).post(reverse("evidence:load"), asked))
    assert "Another load is under way" in page


def test_an_authority_row_found_by_its_place_says_so(client_of, sample_home):
    listed = figures.figures_of_area(Level.AUTHORITY, sample_home.authority)
    one = next(each for each in listed if each.preferred and each.release.startswith("ks2-2013-subset"))
    coded = next(each for each in listed if each.preferred and each.release.startswith("ks4-provisional"))
    client = client_of(Role.ADVISER)
    name = sample_home.summary.authority_name
    said = f"This row has no code; it is taken for {name} because it stands after the last school of {name}."
    assert said in _page_of(client, one)
    assert "This row has no code" not in _page_of(client, coded)


def _page_of(client, figure):
    args = [figure.area, figure.level.value, figure.phase, figure.indicator, figure.period]
    return client.get(reverse("evidence:area-figure", args=args)).content.decode()
