"""The list of support categories with reasons for an information request, on a page and as files."""

import io

import xlsxwriter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from steward.access.guards import needs, records
from steward.access.permissions import Permission
from steward.categorisation.queries.disclosing import Disclosed, disclosed
from steward.categorisation.views.letters import WORD
from steward.documents.blocks import Block, Column, Document, Heading, Paragraph, Table, Text
from steward.documents.word.writing import word_of
from steward.interface import csv_files, words
from steward.register import queries as register

_HEADER = (
    "URN",
    "School",
    "Phase",
    "Support category",
    "Override in force",
    "Final on",
    "Policy",
    "Reason",
    "Why it is not what the policy proposed",
    "Exemption claimed",
    "Reasons of public interest",
    "Note reviewed by",
)
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ABOUT = (
    "Support categories say how much support the council gives a school. They are not Ofsted categories and "
    "have no statutory force. Of academies the council's view is shown, which carries neither support nor "
    "powers."
)


@needs(Permission.DISCLOSE_DECISIONS)
def request_list(request: HttpRequest) -> HttpResponse:
    """Answer with every final support category, its reasons and its disclosure note."""
    found = _found(request)
    context = {
        "found": found,
        "about": _ABOUT,
        "held_back": sum(not each.may_be_given for each in found),
    }
    return render(request, "categorisation/request.html", context)


@needs(Permission.DISCLOSE_DECISIONS)
@records("categorisation.disclosure.downloaded", subject="support categories with reasons")
def request_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Answer with the list as CSV, as a workbook or as a Word file: all, or those of no exemption claimed."""
    only_given = request.GET.get("only") == "given"
    found = [each for each in _found(request) if each.may_be_given or not only_given]
    written, content_type = {
        "csv": (_csv, csv_files.KIND),
        "xlsx": (_workbook, _SHEET),
        "docx": (_word, WORD),
    }[kind]
    response = HttpResponse(written(found), content_type=content_type)
    of = "support-categories-to-give-out" if only_given else "support-categories"
    name = f"{timezone.localdate().isoformat()}-{of}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found(request: HttpRequest) -> list[Disclosed]:
    served = register.served_authority()
    code = served.code if served else ""
    return disclosed(code, viewer=request.user, on=timezone.localdate())


def _row(one: Disclosed) -> tuple[str, ...]:
    texts = (
        str(one.urn),
        one.school,
        one.phase,
        one.label,
        one.override or "None",
        one.final_on.isoformat() if one.final_on else "Not recorded",
        one.policy,
        one.reason,
        one.differing_reason or "It is what the policy proposed",
        one.exemption,
        one.public_interest or "Not recorded",
        one.reviewer or "Nobody yet",
    )
    return tuple(map(csv_files.guarded, texts))


def _csv(found: list[Disclosed]) -> bytes:
    return csv_files.csv_bytes([_HEADER, *map(_row, found)])


def _workbook(found: list[Disclosed]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    cover, sheet = book.add_worksheet("Cover"), book.add_worksheet("Support categories")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    cover.set_column(0, 0, 100)
    day = timezone.localdate()
    for number, text in enumerate((_title(found), f"As at {day.day} {day:%B %Y}", _ABOUT)):
        cover.write_string(number, 0, text, wrapped)
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, len(_HEADER) - 1, 28)
    for place, head in enumerate(_HEADER):
        sheet.write_string(0, place, head, bold)
    for number, one in enumerate(found, start=1):
        for place, text in enumerate(_row(one)):
            sheet.write_string(number, place, text, wrapped)
    book.close()
    return stream.getvalue()


def _word(found: list[Disclosed]) -> bytes:
    table = Table(
        "Support categories in force",
        (Column("School"), Column("Support category"), Column("Final on"), Column("Exemption claimed")),
        tuple((one.school, one.label, _row(one)[5], one.exemption) for one in found),
    )
    blocks: list[Block] = [Paragraph((_ABOUT,)), *([table] if found else [])]
    for one in found:
        blocks += [Heading(one.school, numbered=False), *_said(one)]
    document = Document(_title(found), settings.STEWARD_COUNCIL_NAME, timezone.localdate(), tuple(blocks))
    return word_of(document)


def _said(one: Disclosed) -> list[Paragraph]:
    lines = [("Support category", one.label), ("Override", one.override), ("Reason", one.reason)]
    lines += [
        ("Why it is not what the policy proposed", one.differing_reason),
        ("Exemption claimed", one.exemption),
        ("Reasons of public interest", one.public_interest),
        ("Note reviewed by", one.reviewer),
    ]
    return [Paragraph((Text(f"{label}: ", strong=True), text)) for label, text in lines if text]


def _title(found: list[Disclosed]) -> str:
    return f"Support categories of {words.counted(len(found), one='school')}, with reasons"
