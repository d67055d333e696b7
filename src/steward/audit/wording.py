"""What was done, in words: each verb of the log as the middle of a sentence, "Ada Priest … school 100001"."""

from collections.abc import Mapping

_DOWNLOADED = "downloaded"
_SENTENCES: Mapping[str, str] = {
    "access.person.signed_in": "signed in",
    "access.person.added": "gave access to {subject}",
    "access.person.role_changed": "changed the role of {subject}",
    "access.person.ended": "ended the access of {subject}",
    "access.person.restored": "gave access again to {subject}",
    "access.person.password_given": "gave a new starting password to {subject}",
    "access.person.password_changed": "changed the password of {subject}",
    "access.person.second_step_added": "set up a second step at sign-in for {subject}",
    "access.person.second_step_removed": "removed the second step at sign-in of {subject}",
    "access.figure.exported": "downloaded a figure from {subject}",
    "categorisation.run.made": "asked the policy about every school, in {subject}",
    "categorisation.run.tried": "tried a policy without putting it in force, in {subject}",
    "categorisation.run.watched": "asked the watch policy about academies, in {subject}",
    "categorisation.officer_days.set": "set the days that officers have, in {subject}",
    "categorisation.decision.proposed": "proposed a support category in {subject}",
    "categorisation.decision.written": "wrote the proposal anew in {subject}",
    "categorisation.decision.withdrawn": "withdrew {subject}",
    "categorisation.decision.made_final": "made {subject} final",
    "categorisation.decision.superseded": "superseded {subject} by a newer one",
    "categorisation.decision.shared": "sent the letter about {subject} to the school",
    "categorisation.decision.letter_received": "said that the letter about {subject} arrived",
    "categorisation.decision.answered": "answered the letter about {subject}",
    "categorisation.decision.not_answered": "recorded that no answer came about {subject}",
    "categorisation.decision.looked_at_again": "took a second look at {subject}",
    "categorisation.decision.disclosure_noted": "noted whether {subject} may be disclosed",
    "categorisation.decision.disclosure_reviewed": "reviewed the note whether {subject} may be disclosed",
    "categorisation.draft.begun": "began {subject}",
    "categorisation.draft.edited": "changed {subject}",
    "categorisation.draft.submitted": "put {subject} forward for approval",
    "categorisation.draft.sent_back": "sent {subject} back",
    "categorisation.draft.approved": "approved {subject}",
    "categorisation.draft.retired": "took {subject} out of use",
    "categorisation.meeting.called": "called {subject}",
    "categorisation.meeting.item_taken": "took an item in {subject}",
    "categorisation.meeting.minuted": "wrote minutes of {subject}",
    "categorisation.meeting.closed": "closed {subject}",
    "categorisation.override.asked": "asked for {subject}",
    "categorisation.override.confirmed": "confirmed {subject} as second reader",
    "categorisation.override.refused": "refused {subject} as second reader",
    "categorisation.override.lapsed": "let {subject} lapse on its last day",
    "categorisation.decision.override_ended": "ended an override of {subject}",
    "early_warning.forecast.run": "forecast the next inspection of every school, in {subject}",
    "early_warning.score.run": "scored every school, in {subject}",
    "early_warning.concern.raise": "raised {subject}",
    "early_warning.concern.assess": "began to assess {subject}",
    "early_warning.concern.take_up": "took up {subject}",
    "early_warning.concern.review": "noted progress of {subject}",
    "early_warning.concern.resolve": "resolved {subject}",
    "early_warning.concern.no_action": "closed {subject} without action",
    "early_warning.concern.pass_on": "passed {subject} on",
    "early_warning.concern.reopen": "opened {subject} again",
    "early_warning.event.recorded": "recorded an event at {subject}",
    "early_warning.event.ended": "ended an event at {subject}",
    "early_warning.event.taken_out": "took out an event at {subject} that should not have been recorded",
    "equality.assessment.started": "began {subject}",
    "equality.assessment.written": "wrote a new version of {subject}",
    "equality.assessment.decided": "decided on {subject}",
    "equality.assessment.reviewed": "reviewed {subject}",
    "evidence.release.loaded": "loaded {subject}",
    "evidence.release.failed": "tried to load {subject}, which failed its checks",
    "evidence.release.made_live_again": "made {subject} live again",
    "evidence.release.withdrawn": "withdrew {subject}",
    "evidence.rebuilt": "built the tables anew, as {subject}",
    "evidence.pupil_file.loaded": "loaded {subject}",
    "evidence.pupil_file.deleted": "deleted {subject}",
    "evidence.pupil_files.listed": "listed files of pupils",
    "evidence.pupil_groups.released": "released figures of groups of pupils, {subject}",
    "evidence.fact.recorded": "recorded a fact of {subject}",
    "evidence.fact.ended": "ended a fact of {subject}",
    "evidence.fact.corrected": "corrected a fact of {subject}",
    "evidence.fact.withdrawn": "took out a fact of {subject} that never was so",
    "register.authority.served": "chose the authority that is served: {subject}",
    "register.synchronised": "brought {subject} up to date from the files loaded",
    "register.link_officer.assigned": "made somebody link officer of {subject}",
    "register.link_officer.ended": "ended the care of a link officer for {subject}",
    "register.school_set.made": "made {subject}",
    "register.school_set.changed": "changed {subject}",
    "register.school_set.retired": "took {subject} out of use",
    "reminders.settings.changed": "chose how often to be e-mailed",
    "reminders.email.sent": "sent an e-mail about what is due to {subject}",
    "reminders.email.ended": "stopped e-mail to {subject}",
    "reminders.calendar.made": "made a calendar",
    "reminders.calendar.ended": "ended a calendar",
}
_KINDS: Mapping[str, str] = {
    "person": "person {id}",
    "school": "school {id}",
    "list": "the list “{id}”",
    "page": "the page “{id}”",
    "decision": "decision {id}",
    "override": "override {id}",
    "moderation_meeting": "moderation meeting {id}",
    "concern": "concern {id}",
    "assessment": "assessment of equality {id}",
    "release": "the file {id}",
    "generation": "tables {id}",
    "proposal_run": "run {id}",
    "score_run": "run {id}",
    "pupil_file": "the file of pupils {id}",
    "authority": "authority {id}",
    "register": "the register",
    "school set": "the set of schools “{id}”",
    "draft_ruleset": "draft policy {id}",
    "officer_days": "{id}",
}
_AREAS: Mapping[str, str] = {
    "access": "People and access",
    "audit": "The record itself",
    "register": "Schools and link officers",
    "evidence": "Files and facts",
    "equality": "Equality",
    "early_warning": "Early warning",
    "categorisation": "Policy and decisions",
    "reminders": "Reminders",
    "pages": "Downloads of pages",
}
_DETAILS: Mapping[str, str] = {
    "pdf_sha256": "fingerprint of the PDF",
    "sha256": "fingerprint of the file",
    "as_at": "as at",
    "facts_on": "local facts as on",
    "template": "letter written from",
    "kind": "of the kind",
    "movers": "schools that would move",
    "urns": "schools",
    "by": "how",
}
_FILES = ("downloaded", "exported")


def what(verb: str, *, subject: str) -> str:
    """Return what was done as the middle of a sentence with its subject, such as "made decision 4 final".

    A verb without words of its own is read from its name, so that none is printed raw.
    """
    if verb in _SENTENCES:
        return _SENTENCES[verb].format(subject=subject)
    *_, noun, act = ("", *verb.split("."))
    if act.endswith(_FILES):
        return f"{_DOWNLOADED} {subject}"
    done = act.replace("_", " ")
    return f"{noun.replace('_', ' ')}: {done}, {subject}" if noun else f"{done}, {subject}"


def subject_of(kind: str, *, id: str, name: str = "") -> str:
    """Return the subject of an event in words: its name where that is known, else its kind and number."""
    plain = _KINDS.get(kind, f"{kind.replace('_', ' ')} {{id}}").format(id=id)
    return f"{name} ({plain})" if name else plain


def area_of(verb: str) -> str:
    """Return the part of Steward an event belongs to, in words."""
    app = verb.partition(".")[0]
    return _AREAS.get(app, app.replace("_", " ").capitalize())


def areas(apps: list[str]) -> list[tuple[str, str]]:
    """Return apps with their words, by words."""
    return sorted(((app, area_of(app)) for app in apps), key=lambda each: each[1])


def detail_of(name: str) -> str:
    """Return what a detail of an event is, in words."""
    return _DETAILS.get(name, name.replace("_", " "))


def acts() -> frozenset[str]:
    """Return the verbs that have words of their own."""
    return frozenset(_SENTENCES)
