"""The topics of outcomes: those of our own definitions, and those of the publisher's dictionary."""

from dataclasses import dataclass

from django.utils.text import slugify

from steward.evidence import catalogues
from steward.evidence.queries import series
from steward.pages.queries.area_outcomes import Company, NoSuchOutcome, TopicOutcomes, outcomes_of, topics_of


class NoSuchTopic(NoSuchOutcome):
    """There is no topic with this name in the address; the message says so."""


@dataclass(frozen=True, slots=True)
class PublishedTopic:
    """A topic of the publisher's dictionary and how many measures it has."""

    slug: str
    title: str
    measures: int


_PREFIX = "all-"
"""Before the slug of a publisher's topic, so that it is never one of ours."""


def published_topics(area: str) -> list[PublishedTopic]:
    """Return the publisher's topics with their numbers of measures; none where the series lacks `area`."""
    if area not in series.places():
        return []
    counted: dict[str, int] = {}
    for measure in series.measures().values():
        for topic in measure.topics:
            counted[topic] = counted.get(topic, 0) + 1
    return [PublishedTopic(_slug(title), _plain(title), count) for title, count in counted.items()]


def topic_named(slug: str, *, company: Company) -> TopicOutcomes:
    """Return a topic with all its measures. Raises NoSuchTopic."""
    if slug in catalogues.outcome_topics():
        found = topics_of(company, ids=[slug])
        if found:
            return found[0]
        topic = catalogues.outcome_topics()[slug]
        return TopicOutcomes(topic.id, topic.title, topic.about, ())
    asked, title = [], ""
    for measure in series.measures().values():
        named = next((topic for topic in measure.topics if _slug(topic) == slug), "")
        if named:
            title = _plain(named)
            asked.append((measure.code, measure.title, False))
    if not asked:
        raise NoSuchTopic(f"There is no topic of outcomes called “{slug}”.")
    about = "Every measure that the publisher files under this topic, under the titles it gives them."
    return TopicOutcomes(slug, title, about, outcomes_of(company, asked=asked))


def _slug(title: str) -> str:
    return _PREFIX + slugify(title.replace("\\", " "))


def _plain(title: str) -> str:
    return title.replace("\\", " and other").replace("&", "and")
