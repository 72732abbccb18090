"""Which sentence of a mail shows how its author sounds: people are shown that one, and not the one that comes first."""

from collections.abc import Sequence

from mailroute.domain.issue import FeedbackTheme, Issue, Sentiment
from mailroute.ledger.sentences import sentences

MOST_SENTENCES = 60
"""Sentences of one mail that are looked at."""
FEWEST_WORDS = 5
"""Of a sentence that can stand for a whole mail; greetings have fewer."""


def mood_words(text: str, card: Issue) -> str:
    """The sentence with the most signs of the mood that was read from all of them; the earliest of equals.

    Where no sentence has any, the mood was told by what the mail is about: then what the client says of us, else what
    stands for the whole mail, the first sentence that is no greeting.
    """
    said = sentences(text)[:MOST_SENTENCES]
    mood = card.sentiment.value
    if mood is not Sentiment.NEUTRAL:
        signs = _signs(said, mood)
        if signs and max(signs) > 0:
            return said[signs.index(max(signs))]
        if remark := _remark(card, mood):
            return remark
    return next((one for one in said if len(one.split()) >= FEWEST_WORDS), said[0] if said else "")


def _signs(said: Sequence[str], mood: Sentiment) -> list[float]:
    """How much each sentence shows the mood, by the same words from which it was read."""
    from mailroute.extraction import sentiment, tone  # the lists take a while, and most mails show no mood
    from mailroute.extraction.wordlists import said as cut

    def weight(sentence: str) -> float:
        told = cut(sentence)
        if mood is Sentiment.PLEASED:
            cheer = tone.CHEERFUL.count(told) + bool(sentiment.SMILE.search(sentence))
            return tone.PRAISE.count(told) + 0.5 * cheer
        rage = tone.RAGE.count(told) + len(sentiment.SHOUTING.findall(sentence))
        loud = 0.5 * len(sentiment.EMPHASIS.findall(sentence))
        return 2 * rage + tone.DISPLEASED.count(told) + loud

    return [weight(sentence) for sentence in said]


def _remark(card: Issue, mood: Sentiment) -> str | None:
    wanted = mood is Sentiment.PLEASED
    quotes = (one.quote for one in card.feedback if (one.theme is FeedbackTheme.PRAISE) is wanted)
    return next(quotes, None)
