"""The quick way from HTML to words gives what the parser's tree gives, or declines."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from composer.feeds.addresses import joined, web_url
from composer.feeds.clean import inner_tree, plain, text_in, text_of
from composer.feeds.fastflow import fast_flow
from composer.feeds.media import first_image

ATTRIBUTES = st.sampled_from(["", ' class="x y"', " hidden", ' a="1" b="2"', " c=d", " a='b'", " a='b>'", " /"])
WORDS = st.sampled_from(
    [
        *(
            "word",
            "Ünï",
            " ",
            "  ",
            "\n",
            " \n\n ",
            "\t",
            "\xa0",
            "x\u2003y",
            " > ",
            "'q\" ",
            "1 < 2",
            "&amp;",
            "&nbsp;",
        ),
        *("&#8211;", "&#10;", "&#128;", "&apos;", "&lang;", "&", "&bogus;", "<!-- c -->", "<!--x-->", "<!-- > -->"),
    ]
)
EMPTY = st.sampled_from(["<br>", "<br/>", "<br />", "<hr/>", '<img src="x">', "<wbr>", "<p>", "</p>", "</div>", "<li>"])
INLINE = st.sampled_from(
    ["a", "abbr", "b", "bdi", "cite", "code", "em", "i", "mark", "q", "s", "span", "strong", "sup", "time", "u", "font"]
)
BLOCK = st.sampled_from(
    [
        "p",
        "h1",
        "h2",
        "h6",
        "div",
        "section",
        "figure",
        "figcaption",
        "blockquote",
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "pre",
        "script",
        "style",
        "iframe",
        "dl",
        "dd",
    ]
)


def _element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    made = st.tuples(st.one_of(INLINE, BLOCK), ATTRIBUTES, inside)
    return st.lists(st.one_of(WORDS, EMPTY, made.map(lambda of: f"<{of[0]}{of[1]}>{of[2]}</{of[0]}>")), max_size=5).map(
        "".join
    )


def _list(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    items = st.lists(st.tuples(st.sampled_from(["", "\n"]), inside), max_size=3)
    return items.map(lambda all_: "<ul>" + "".join(f"{gap}<li>{words}</li>" for gap, words in all_) + "</ul>")


MARKUP = st.recursive(
    st.lists(WORDS, max_size=4).map("".join),
    lambda inside: st.one_of(_element(inside), _list(inside), st.lists(inside, max_size=3).map("".join)),
    max_leaves=12,
)


@settings(max_examples=600, deadline=None)
@given(MARKUP)
@example("<a>one<h2>two <a>three</a> four</h2></a>")  # an anchor in an anchor ends the heading
@example("<p>one <iframe src='x'></iframe> two</p>")
@example("<h1 />one")
@example("<ul><li>one<ul><li>two</li></ul></li><li><p>three</p></li></ul>")
def test_the_quick_way_gives_the_words_of_the_tree_or_declines(markup: str) -> None:
    words = plain(markup)
    quick = fast_flow(words)
    assert quick is None or quick == text_in(inner_tree(words))


@pytest.mark.parametrize(
    "markup",
    [
        '<p>One <a href="https://a.example/?x=1&amp;y=2">two</a>.</p>\n<p>Three<br/>four &#8211; five</p>',
        '<figure class="wide"><img src="a.jpg" alt=""/><figcaption>Not <em>read</em></figcaption></figure><p>One</p>',
        "<h2 id='h'>Head</h2><ul>\n<li>one</li>\n<li>two</li></ul><blockquote><p>Said</p></blockquote>",
        '<div><p>One</p><!--more--><script type="x">var a = 1;</script><p>Two</p></div>',
    ],
)
def test_what_publishers_mostly_write_takes_the_quick_way(markup: str) -> None:
    assert fast_flow(markup) == text_in(inner_tree(markup))


@pytest.mark.parametrize("markup", ["<p>one <b>two", "<p>1 < 2</p>", "<p>one</div>", "<td>one</td>", "<p>&hellip</p>"])
def test_what_a_parser_must_mend_is_declined(markup: str) -> None:
    assert fast_flow(markup) is None


def test_words_after_a_leading_style_sheet_are_kept() -> None:
    assert text_of("<style>p {color: red}</style><nav>1 < 2</nav><p>The story") == "1 < 2\n\nThe story"


@settings(deadline=None)
@given(MARKUP, st.sampled_from(['<img src="x.jpg" alt="A">', '<img src="x.gif" width="1">', "<IMG SRC='y.png'>"]))
def test_the_first_picture_is_the_one_of_the_whole_text(before: str, image: str) -> None:
    figure = f"<figure>{image}<figcaption>Seen</figcaption></figure>"
    markup = f"{before}{figure}<p>more</p><figure><img src='late.jpg'></figure>"
    alone = first_image(markup.replace("</figure>", "</figure >"), "https://a.example/")
    assert first_image(markup, "https://a.example/") == alone


@settings(deadline=None)
@given(
    st.sampled_from(["http://a.example", "https://site1.example.com", "https://www.x-y.org", "https://1.2.3.4"]),
    st.lists(st.text("abcXYZ019_.~-%", max_size=5), max_size=4),
    st.sampled_from(["", "/", "/amp", "/index.html", "?p=1", "#part", "?utm_source=rss"]),
)
def test_a_plain_address_is_left_as_the_long_way_would_leave_it(host: str, path: list[str], end: str) -> None:
    address = "/".join([host, *path]) + end
    assert web_url(address) == web_url(f"{address}#:~:text=words")  # what a text fragment is cut off is looked at whole


@settings(deadline=None)
@given(st.sampled_from(["https://a.example", "https://a.example/b/c.html"]), st.text("abcXYZ019_.~-%/", max_size=12))
def test_a_relative_address_is_what_it_is_when_it_is_joined(base: str, address: str) -> None:
    assert web_url(address, base) == web_url(joined(base, address))
