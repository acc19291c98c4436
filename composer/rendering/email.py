"""An issue → a mail: Jinja, MJML, a few mends, words put in, styles inlined. Reads no file and no network."""

from collections.abc import Mapping

import css_inline
from markupsafe import Markup

from composer.errors import ThemeError
from composer.model import Message
from composer.rendering import passes
from composer.rendering.faults import theme_errors
from composer.rendering.issue import Issue
from composer.rendering.marks import Marks
from composer.rendering.press import COPY, compile_mjml, fill
from composer.rendering.sides import OTHER, has_right_to_left
from composer.rendering.sourcemap import blamed
from composer.rendering.spreads import listed
from composer.rendering.theme import Theme
from composer.rendering.tokens import Token
from composer.settings import Settings
from composer.text import primary

NO_MARKS = Marks()
EDITION = "edition.mjml.j2"
INLINED = "email.css.j2"  # written onto the elements
HEAD = "head.css.j2"  # stays in the head: dark palette, phone sizes


def email(issue: Issue, theme: Theme, settings: Settings, text: str) -> Message:
    """Return an edition's mail; `text` is its plain-text half. Two calls give the same bytes. Raises ThemeError."""
    return Message(
        subject=issue.subject,
        preheader=issue.preheader,
        from_name=settings.from_name,
        from_address=settings.from_address,
        reply_to=settings.reply_to,
        html=print_html(issue, theme),
        text=text,
        lang=issue.lang,
        list_name=settings.name,
        list_id=f"{settings.tag_name}.{settings.tag_authority}",
        unsubscribe_url=settings.unsubscribe_url,
    )


def print_html(issue: Issue, theme: Theme, marks: Marks = NO_MARKS) -> str:
    """Return a mail's HTML, with `marks` around its parts when it is to be weighed. Raises ThemeError."""
    beside = {**listed(issue), "mark": marks}
    if theme.apart:
        return str(theme.ask("mail", issue, beside, blamed=EDITION))
    return set_html(issue, theme, beside)


def set_html(issue: Issue, theme: Theme, beside: Mapping[str, object]) -> str:
    """Print a mail in this process; `beside` is what templates know beside the issue. Raises ThemeError."""
    copy: list[Markup] = []
    mjml = set_mjml(issue, theme, beside, copy)
    try:
        html = compile_mjml(mjml, EDITION)
    except ThemeError as error:
        raise blamed(theme.sources, EDITION, mail_values(issue, theme, beside, []), error) from error
    return finish_html(html, copy, issue, theme)


def finish_html(html: str, copy: list[Markup], issue: Issue, theme: Theme) -> str:
    """Return what an engine made of `set_mjml` as the mail that leaves: mended, with its words, styles and head."""
    for mend in (passes.shield_engine_styles, passes.mend_valign, passes.present_tables, passes.give_alts):
        html = mend(html)
    if issue.dir == "rtl" or any(map(has_right_to_left, copy)):
        html = passes.direct(html, issue)
    html = passes.speak(fill(html, copy), issue)  # words only after tokens are gone: some look like tokens
    html = _inlined(passes.size_pictures(html, issue), theme.html(INLINED, **_sides(issue)))
    html = passes.preheader(passes.unshield(html), issue)
    return passes.head(html, issue, theme.html(HEAD, **_sides(issue)))


def set_mjml(issue: Issue, theme: Theme, beside: Mapping[str, object], copy: list[Markup]) -> str:
    """Return a mail's MJML, where tokens stand for the words; the words go to `copy`. Raises ThemeError."""
    with theme_errors(EDITION):
        return theme.mail.get_template(EDITION).render(mail_values(issue, theme, beside, copy))


def mail_values(issue: Issue, theme: Theme, beside: Mapping[str, object], copy: list[Markup]) -> dict[str, object]:
    """Return what the mail's templates know."""
    return {"issue": issue, "theme": theme.tokens, "mark": NO_MARKS, COPY: copy, **beside, **_sides(issue)}


def _inlined(html: str, css: str) -> str:
    inliner = css_inline.CSSInliner(
        load_remote_stylesheets=False, keep_style_tags=True, keep_at_rules=True, extra_css=css
    )
    try:
        return inliner.inline(html)
    except css_inline.InlineError as error:
        raise ThemeError(INLINED, 1, f"cannot be written onto the mail: {error}") from error


def _sides(issue: Issue) -> dict[str, Token]:
    return {
        "start": Token(issue.start),
        "end": Token(issue.end),
        "dir": Token(issue.dir),
        "across": Token(OTHER[issue.dir]),
        "caps": Token("none" if primary(issue.lang) == "ka" else "uppercase"),
    }
