"""What is always said of a forecast: its limits, what it is for, and who answers for it."""

STARTS = "A forecast starts a conversation and is not a judgement of the school."
DECIDES = "It decides no support category: no rule of a policy can read it, and no decision rests on it."
LIMITS = (
    (
        "It says how often an inspection like the next one came out below good at schools with "
        "the same numbers. It does not know what happens in this school now."
    ),
    (
        "Only schools that were inspected could be learnt from, and inspectors go first where "
        "they see risk. How likely a school is to be inspected at all is not forecast."
    ),
    (
        "It was learnt under earlier inspection frameworks. When the framework changes, it may be "
        "wrong for all schools at once; report cards without an overall grade are told only as in "
        "a category of concern or not."
    ),
    (
        "Inspection grades go with the intake of schools, and so do the numbers. Schools with "
        "many disadvantaged pupils are flagged far more often, rightly and wrongly: see the table "
        "of groups."
    ),
    (
        "Files of academies' finance, turnover of staff and exclusions of each school are not "
        "held and not used."
    ),
)
USES = (
    (
        "An adviser reads it beside the score, events and what is known from visits, and asks "
        "what lies behind it."
    ),
    ("The service looks at numbers expected in each band to see whether its advisers' time can be enough."),
)
NOT_FOR = (
    "No forecast of a school is shown to the public, to schools or to councillors.",
    "It is not used to decide a support category, a warning notice, funding or staffing.",
    "It is not used to rank schools in any publication.",
)
PROTECTED = (
    "No characteristic of pupils that the Equality Act 2010 protects and no religious character "
    "of a school is among the numbers. Disadvantage enters only through the results that are "
    "expected of schools with as many disadvantaged pupils; the religious character is looked at "
    "only to see whether schools are treated alike."
)
CHALLENGE = (
    "No forecast of a school is shown to it, and none decides anything. A school can ask the council's data "
    "protection or freedom of information officer whether it has a forecast and what it rests on, and can "
    "say which published figure or inspection is wrong or is not about it: the council corrects its files "
    "with the publisher and makes the forecast again. Everything that does decide, a support category, is "
    "sent in a letter with its reasons, which the school answers there and on which it can ask for a second "
    "look. Where the answer does not settle it, the council's complaints procedure is open."
)
