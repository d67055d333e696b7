"""What the published words for types and phases of school mean, as tables.

Words are compared without capitals, punctuation or double spaces: the same type is printed
"Free School - Mainstream", "Free school  - Mainstream" and "Free School??- UTC".
Source: the type and phase lists of Get Information about Schools and of the performance tables.
"""

from collections.abc import Mapping

import ibis
import pyarrow as pa
from ibis.expr.types import StringValue, Table

from steward.vocabulary.phases import Governance, Phase, Standing

MAINTAINED_TYPES = (
    "community school",
    "voluntary aided school",
    "voluntary controlled school",
    "foundation school",
    "community special school",
    "foundation special school",
    "local authority nursery school",
    "la nursery school",
    "pupil referral unit",
)
ACADEMY_TYPES = (
    "academy",
    "academy converter",
    "academy converter mainstream",
    "academy sponsor led",
    "academy sponsor led mainstream",
    "academy special converter",
    "academy converter special school",
    "academy special sponsor led",
    "academy sponsor led special school",
    "academy alternative provision converter",
    "academy converter ap",
    "academy alternative provision sponsor led",
    "academy sponsor led ap",
    "academy 16 19 converter",
    "academy 16 19 sponsor led",
    "academy 16 to 19 converter",
    "academy 16 to 19 sponsor led",
    "academy secure 16 to 19",
    "free school",
    "free schools",
    "free school mainstream",
    "free school special",
    "free schools special",
    "free school ap",
    "free schools alternative provision",
    "free school alternative provision",
    "free school 16 19",
    "free schools 16 to 19",
    "free school utc",
    "university technical college",
    "free school studio school",
    "studio school",
    "studio schools",
    "city technology college",
)
INDEPENDENT_TYPES = ("other independent school", "other independent special school")

GOVERNANCE_OF_TYPE: Mapping[str, Governance] = {
    **dict.fromkeys(MAINTAINED_TYPES, Governance.MAINTAINED),
    **dict.fromkeys(ACADEMY_TYPES, Governance.ACADEMY),
    **dict.fromkeys(INDEPENDENT_TYPES, Governance.INDEPENDENT),
}
"""Other types (colleges, non-maintained special schools, service children's education) are "other".

A city technology college is an independent school by law but publicly funded under an agreement with
the Secretary of State, so it is counted with academies.
"""

PHASE_OF_TYPE: Mapping[str, Phase] = {
    "local authority nursery school": Phase.NURSERY,
    "la nursery school": Phase.NURSERY,
    "pupil referral unit": Phase.ALTERNATIVE,
    "community special school": Phase.SPECIAL,
    "foundation special school": Phase.SPECIAL,
    "non maintained special school": Phase.SPECIAL,
    "other independent special school": Phase.SPECIAL,
    "academy special converter": Phase.SPECIAL,
    "academy converter special school": Phase.SPECIAL,
    "academy special sponsor led": Phase.SPECIAL,
    "academy sponsor led special school": Phase.SPECIAL,
    "free school special": Phase.SPECIAL,
    "free schools special": Phase.SPECIAL,
    "academy alternative provision converter": Phase.ALTERNATIVE,
    "academy converter ap": Phase.ALTERNATIVE,
    "academy alternative provision sponsor led": Phase.ALTERNATIVE,
    "academy sponsor led ap": Phase.ALTERNATIVE,
    "free school ap": Phase.ALTERNATIVE,
    "free schools alternative provision": Phase.ALTERNATIVE,
    "free school alternative provision": Phase.ALTERNATIVE,
    "academy 16 19 converter": Phase.POST_16,
    "academy 16 19 sponsor led": Phase.POST_16,
    "academy 16 to 19 converter": Phase.POST_16,
    "academy 16 to 19 sponsor led": Phase.POST_16,
    "free school 16 19": Phase.POST_16,
    "free schools 16 to 19": Phase.POST_16,
    "further education": Phase.POST_16,
    "general further education college": Phase.POST_16,
    "further education sector institution": Phase.POST_16,
    "sixth form college": Phase.POST_16,
    "sixth form centres": Phase.POST_16,
    "sixth form centre consortia": Phase.POST_16,
    "agriculture and horticulture college": Phase.POST_16,
    "art design and performing art college": Phase.POST_16,
    "specialist designated college": Phase.POST_16,
    "special post 16 institution": Phase.POST_16,
}
"""The phase of types that say it, whatever the phase column or the age range."""

PHASE_OF_WORDS: Mapping[str, Phase] = {
    "nursery": Phase.NURSERY,
    "primary": Phase.PRIMARY,
    "middle deemed primary": Phase.PRIMARY,
    "secondary": Phase.SECONDARY,
    "middle deemed secondary": Phase.SECONDARY,
    "all through": Phase.ALL_THROUGH,
    "16 plus": Phase.POST_16,
    "special": Phase.SPECIAL,
    "pru": Phase.ALTERNATIVE,
    "pupil referral unit": Phase.ALTERNATIVE,
}

STANDING_OF_WORDS: Mapping[str, Standing] = {
    "1": Standing.OPEN,
    "2": Standing.CLOSED,
    "3": Standing.OPEN,
    "4": Standing.PROPOSED,
    "open": Standing.OPEN,
    "closed": Standing.CLOSED,
    "open but proposed to close": Standing.OPEN,
    "proposed to open": Standing.PROPOSED,
}
"""ICLOSE of the spine (1 open, 2 closed, 3 pending closure) and the register's words.

ICLOSE 4 is in no metadata file; the seven schools of 2016 to 2017 that have it opened later.
"""


def plain(column: StringValue) -> StringValue:
    """Return the words of `column` in small letters, with one blank for anything between them."""
    return column.lower().re_replace("[^a-z0-9]+", " ").strip()


def with_meaning(table: Table, *, words: str, meanings: Mapping[str, str], into: str) -> Table:
    """Return `table` with what `meanings` says of the words in column `words`, null where it does not know.

    Joined rather than spelt out as cases, so that no engine reads the words of a row once for each case.
    """
    known = ibis.memtable(
        pa.table(
            {
                "word_of_meaning": pa.array(list(meanings), pa.string()),
                into: pa.array([str(meaning) for meaning in meanings.values()], pa.string()),
            }
        )
    )
    compared = table.mutate(plain_words=plain(table[words]))
    joined = compared.left_join(known, compared["plain_words"] == known["word_of_meaning"])
    return joined.drop("plain_words", "word_of_meaning")
