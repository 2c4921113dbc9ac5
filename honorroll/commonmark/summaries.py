"""Summaries of Markdown texts, for cards, `meta` tags and feeds."""

from honorroll.chinese import end_of_sentence, shorten, soft_break
from honorroll.commonmark.opening import opening

#: About how long a summary is, in characters. A search engine shows some 80 of a Chinese description.
LENGTH = 90


def summarise(text: str, limit: int = LENGTH) -> str:
    """How a Markdown text begins, in the words that its page shows, up to about `limit` characters.

    What only leads on to a list or table, such as "现决定：", is left off behind a sentence.
    """
    words = " ".join(soft_break().sub("", opening(text)).replace("\u3000", "").split())
    if words.endswith(("：", ":")):
        words = words[: end_of_sentence(words, len(words))] or words
    return shorten(words, limit)
