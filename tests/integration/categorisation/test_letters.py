"""Letters: the same words in three forms, and templates whose faults are found when they are read."""

from dataclasses import replace

import click.testing
import pytest
import yaml
from django.utils import timezone
from tests.integration.categorisation.deciding import LETTER, fresh, in_days, moderated, proposed, shared
from tests.unit.documents.conftest import words_of_html, words_of_pdf, words_of_word

from steward.categorisation import operations
from steward.categorisation.letters.filling import drafted
from steward.categorisation.letters.templates import letter_for, read_letters
from steward.categorisation.models import LetterKind
from steward.categorisation.queries import decisions as queries
from steward.command.due import command
from steward.definitions import FOLDER
from steward.definitions.reading import DefinitionFault
from steward.documents.html import page_of
from steward.documents.lines import lines_of
from steward.documents.pdf import pdf_of
from steward.documents.word.writing import word_of
from steward.vocabulary.phases import Governance

MAINTAINED, ACADEMY = 100001, 100002
PLAIN = yaml.safe_load((FOLDER / "letters/final-category.yaml").read_text(encoding="utf-8"))


def draft_about(urn, *, adviser, senior):
    proposal = queries.proposal_to_decide_on(urn, viewer=adviser)
    category = "raise" if urn == ACADEMY else "support"
    reason = "Two {braces} and\n\na second paragraph & <tags>."
    made = operations.begin(
        proposal,
        written=operations.Written(category, reason, in_days(90), differing_reason="The visits say more."),
        actor=adviser,
    )
    return drafted(
        moderated(made, actor=senior), addressed=LETTER, on=timezone.localdate(), kind=LetterKind.ASKS
    )


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("urn", [MAINTAINED, ACADEMY])
def test_page_word_and_pdf_say_the_same_words_in_the_same_order(urn, adviser, senior):
    draft = draft_about(urn, adviser=adviser, senior=senior)
    document = replace(draft.document, running="Head of every page")
    expected = " ".join(lines_of(document)).split()
    assert words_of_html(page_of(document)) == expected
    assert words_of_word(word_of(document)) == expected
    assert words_of_pdf(pdf_of(document), running=document.running) == expected
    assert "{braces}" in expected


@pytest.mark.usefixtures("asked")
def test_an_academy_is_written_to_as_a_partner_without_support_or_powers(adviser, senior):
    words = " ".join(lines_of(draft_about(ACADEMY, adviser=adviser, senior=senior).document))
    assert "no powers over an academy" in words
    assert "Our view is “Raise with the trust”" in words
    assert "days of support in a year" not in words


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"subject": "About {scool}"}, "no placeholder {scool}"),
        ({"subject": "About {school.__class__}"}, "no placeholder"),
        ({"governance": ["academy"]}, "maintained schools only"),
        ({"answer_within_working_days": 10}, "must have it, and no other"),
        ({"subject": "Answer by {answer_by}"}, "letters that ask only"),
        ({"blocks": []}, "blocks"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_template_with_a_fault_is_refused_when_it_is_read(tmp_path, changed, fault):
    (tmp_path / "final-category.yaml").write_text(yaml.safe_dump({**PLAIN, **changed}), encoding="utf-8")
    with pytest.raises(DefinitionFault, match=fault):
        read_letters((tmp_path,))


def test_there_is_one_letter_for_each_kind_and_school():
    found = read_letters().values()
    for kind in LetterKind.values:
        for governance in (Governance.MAINTAINED, Governance.ACADEMY):
            assert letter_for(found, kind=kind, governance=governance).kind == kind
    with pytest.raises(DefinitionFault, match="there is none"):
        letter_for(found, kind="asks", governance=Governance.INDEPENDENT)


@pytest.mark.usefixtures("asked")
def test_the_command_records_silence_once(adviser, senior):
    decision = shared(moderated(proposed(MAINTAINED, actor=adviser), actor=senior), actor=senior)
    decision.letters.update(sent_on=in_days(-60), answer_by=in_days(-1))
    run = click.testing.CliRunner()
    said = run.invoke(command, ["--no-email"]).output
    assert "Ash Grove School (URN 100001): no answer by the date." in said
    assert fresh(decision).state == "no_answer"
    assert "0 schools did not answer" in run.invoke(command, ["--no-email"]).output


@pytest.mark.usefixtures("asked")
def test_the_command_records_no_silence_of_days_to_come(adviser, senior):
    decision = shared(moderated(proposed(MAINTAINED, actor=adviser), actor=senior), actor=senior)
    refused = click.testing.CliRunner().invoke(command, ["--on", in_days(60).isoformat()])
    assert refused.exit_code == 1
    assert "still to come" in refused.output
    assert fresh(decision).state == "shared"
