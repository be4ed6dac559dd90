"""What a mail says itself, without what it quotes, its signature and the lines around them."""

from mailparser_reply import EmailReplyParser

from hark311.domain.reply_line import above_line, before_quote, has_line, without_signature

# Those whose headings the parser knows; our own line is found in every language.
_KNOWN = frozenset({"de", "es", "fr", "it", "ja", "ko", "zh"})


def own_words(text: str, language: str) -> str:
    """The words that are new in an answer; all of them where that leaves nothing."""
    if has_line(text):
        return without_signature(above_line(text))
    before = without_signature(before_quote(text))
    base = language.split("-")[0]
    parser = EmailReplyParser(
        languages=["en", base if base in _KNOWN else "es"], default_language="en"
    )
    return (parser.parse_reply(before) or "").strip() or before
