"""What an inbox shows of a mail before it is opened. Pure words."""

import lxml.html

_SNIPPET_MOST = 300  # characters; more than any inbox shows
_BLOCKS = ("p", "div", "td", "th", "li", "h1", "h2", "h3", "h4", "blockquote", "br", "figcaption")
_UNSEEN = str.maketrans("", "", "\u00ad\u034f\u200b\u200c\u200d\u2060\ufeff")  # what fillers are made of


def snippet(html: str) -> str:
    """Return the words that follow a subject in an inbox: the first of the body, the hidden preheader among them.

    Programs take the text of the HTML as it stands there; style sheets and comments are no text.
    """
    if not html.strip():
        return ""
    body = lxml.html.document_fromstring(html).find("body")
    if body is None:
        return ""
    for silent in body.xpath(".//style|.//script|.//title"):
        silent.drop_tree()
    for block in body.iter(*_BLOCKS):
        block.text, block.tail = f" {block.text or ''}", f" {block.tail or ''}"
    words = " ".join(body.text_content().translate(_UNSEEN).split())
    return words[:_SNIPPET_MOST]
