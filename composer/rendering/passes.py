"""Small mends of the engine's HTML, one fault each, in the order in which `email` calls them. They see no words."""

import re

from markupsafe import escape

from composer.rendering.issue import Issue

_TABLE = re.compile(r"<table(?![^>]*\srole=)([^>]*)>(?!\s*<caption)")
_ALT = re.compile(r"<img(?![^>]*\salt=)")
_BODY = re.compile(r"<body[^>]*>")
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_TEXT = re.compile(r'(<td[^>]* align="(?:left|right)"[^>]*>\s*)<div style="')
_CHILD = re.compile(r'(<div aria-roledescription="email")[^>]*?( style=)')


def shield_engine_styles(html: str) -> str:
    """Keep the inliner's hands off the engine's own style sheets: they must stay in the head."""
    return html.replace("<style", '<style data-css-inline="ignore"')


def unshield(html: str) -> str:
    """Take the shield off again."""
    return html.replace(' data-css-inline="ignore"', "")


def mend_valign(html: str) -> str:
    """Name the attribute as HTML does; the engine writes the CSS name on a button's cell."""
    return re.sub(r"(<td[^>]*) vertical-align=", r"\1 valign=", html)


def present_tables(html: str) -> str:
    """Say that a layout table is no table of figures; one with a caption is (EML-A03, EML-A13)."""
    return _TABLE.sub(r'<table role="presentation"\1>', html)


def give_alts(html: str) -> str:
    """Give an empty alternative to a picture that has none (EML-A08)."""
    return _ALT.sub('<img alt=""', html)


def speak(html: str, issue: Issue) -> str:
    """Name language and direction on every direct child of the body (EML-A01, EML-A02)."""
    spoken = f'lang="{escape(issue.lang)}" dir="{issue.dir}"'
    return _CHILD.sub(lambda found: f'{found.group(1)} role="article" {spoken}{found.group(2)}', html, count=1)


def direct(html: str, issue: Issue) -> str:
    """Name the direction on every table and around every text, as attribute and as style.

    Some clients drop the one on the wrapper, and one turns a mail round that holds any right-to-left word; the engine
    begins every column on the left.
    """
    html = html.replace("<table", f'<table dir="{issue.dir}"')
    html = _TEXT.sub(rf'\1<div dir="{issue.dir}" style="direction:{issue.dir};', html)
    return html.replace("text-align:left;direction:", f"text-align:{issue.start};direction:")


def head(html: str, issue: Issue, css: str) -> str:
    """Name title and description, and give the colour schemes, dark palette and phone sizes, after all inlining."""
    metas = (
        f"<title>{escape(issue.subject)}</title>"
        f'<meta name="description" content="{escape(issue.preheader)}">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="supported-color-schemes" content="light dark">'
        '<meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">'
        '<meta name="x-apple-disable-message-reformatting" content="">'
    )
    titled = _TITLE.sub(lambda _: metas, html, count=1)
    return titled.replace("</head>", f'<style type="text/css">\n{css.strip()}\n</style></head>', 1)


def preheader(html: str, issue: Issue) -> str:
    """Put the inbox line first when readers would not read it anyway: hidden by style alone, without filler.

    Its colour is left alone: white on white is what spam filters count.
    """
    if not issue.preheader or issue.preheader == issue.dek:
        return html
    line = (
        f'<div lang="{escape(issue.lang)}" dir="{issue.dir}" style="display:none;max-height:0;overflow:hidden;'
        f'mso-hide:all;">{escape(issue.preheader)}</div>'
    )
    return _BODY.sub(lambda found: found.group() + line, html, count=1)
