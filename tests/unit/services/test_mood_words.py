"""Which sentence of a mail people are shown for how its author sounds."""

import pytest

from mailroute.domain.issue import Feedback, FeedbackTheme, Issue, Sentiment, SentimentFinding
from mailroute.services.mood_words import mood_words

CALM = "we have the two lift gates in the north yard since last spring."


def card(mood: Sentiment, *remarks: Feedback) -> Issue:
    """A mail that sounds like this."""
    return Issue(title="Gates", sentiment=SentimentFinding(mood, 0.7), feedback=remarks)


@pytest.mark.parametrize(
    ("mood", "shows"),
    [
        (Sentiment.ANGRY, "It is a disgrace that nobody has rung us back!!"),
        (Sentiment.FRUSTRATED, "This is the third time that I ask for the drawing."),
        (Sentiment.PLEASED, "Your fitter did an excellent job."),
        (Sentiment.FRUSTRATED, "Wir warten schon wieder vergeblich auf den Monteur."),
        (Sentiment.PLEASED, "Toute l'équipe est ravie de la nouvelle porte."),
    ],
)
def test_the_sentence_with_the_evidence_is_shown(mood: Sentiment, shows: str) -> None:
    """Not the first one, which only tells what the mail is about."""
    text = f"Good morning,\n\n{CALM} {shows} The gate has the number 7.\n\nAda Finch"

    assert shows == mood_words(text, card(mood))


def test_the_sentence_with_most_signs_is_shown() -> None:
    """Rage counts for more than displeasure."""
    worse = "This is unacceptable and a disgrace, we are fed up."
    text = f"{CALM} I asked you about it. {worse} Nobody answered."

    assert worse == mood_words(text, card(Sentiment.ANGRY))


def test_a_mood_that_no_sentence_shows_is_quoted_from_what_is_said_of_us() -> None:
    """What the mail is about may tell the mood alone."""
    said = Feedback(FeedbackTheme.SERVICE, "The fitter came at four, not at nine.", 0, 0)
    text = f"{CALM} {said.quote}"

    assert said.quote == mood_words(text, card(Sentiment.FRUSTRATED, said))
    assert CALM == mood_words(text, card(Sentiment.PLEASED, said))


def test_a_neutral_mail_is_stood_for_by_its_first_sentence() -> None:
    """Greetings left out."""
    assert CALM == mood_words(f"Hello,\n\n{CALM} Please call me.", card(Sentiment.NEUTRAL))
