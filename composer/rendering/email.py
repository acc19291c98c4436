"""An issue → a mail: Jinja, MJML, a few mends, words put in, styles inlined. Reads no file and no network."""

import css_inline
from markupsafe import Markup

from composer.errors import ThemeError
from composer.model import Message
from composer.rendering import passes
from composer.rendering.conventions import primary
from composer.rendering.issue import Issue, Part
from composer.rendering.press import COPY, compile_mjml, fill, theme_errors
from composer.rendering.sides import OTHER, has_right_to_left
from composer.rendering.theme import Theme
from composer.rendering.tokens import Token
from composer.rendering.vocabulary import unbalanced
from composer.settings import Settings

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


def print_html(issue: Issue, theme: Theme) -> str:
    """Return a mail's HTML. Raises ThemeError with part and line."""
    mjml, copy = set_mjml(issue, theme)
    try:
        html = compile_mjml(mjml, EDITION)
    except ThemeError as error:
        raise _blamed(issue, theme, error) from error
    return finish_html(html, copy, issue, theme)


def finish_html(html: str, copy: list[Markup], issue: Issue, theme: Theme) -> str:
    """Return what an engine made of `set_mjml` as the mail that leaves: mended, with its words, styles and head."""
    for mend in (passes.shield_engine_styles, passes.mend_valign, passes.present_tables, passes.give_alts):
        html = mend(html)
    html = passes.speak(html, issue)
    if issue.dir == "rtl" or any(map(has_right_to_left, copy)):
        html = passes.direct(html, issue)
    html = _inlined(fill(html, copy), theme.html(INLINED, **_sides(issue)))
    html = passes.preheader(passes.unshield(html), issue)
    return passes.head(html, issue, theme.html(HEAD, **_sides(issue)))


def set_mjml(issue: Issue, theme: Theme) -> tuple[str, list[Markup]]:
    """Return a mail's MJML, where tokens stand for the words, and the words. Raises ThemeError."""
    copy: list[Markup] = []
    with theme_errors():
        return theme.mail.get_template(EDITION).render(_values(issue, theme, copy)), copy


def _inlined(html: str, css: str) -> str:
    inliner = css_inline.CSSInliner(
        load_remote_stylesheets=False, keep_style_tags=True, keep_at_rules=True, extra_css=css
    )
    return inliner.inline(html)


def _values(issue: Issue, theme: Theme, copy: list[Markup]) -> dict[str, object]:
    return {"issue": issue, "theme": theme.tokens, COPY: copy, **_sides(issue)}


def _sides(issue: Issue) -> dict[str, Token]:
    return {
        "start": Token(issue.start),
        "end": Token(issue.end),
        "dir": Token(issue.dir),
        "across": Token(OTHER[issue.dir]),
        "caps": Token("none" if primary(issue.lang) == "ka" else "uppercase"),
    }


def _blamed(issue: Issue, theme: Theme, error: ThemeError) -> ThemeError:
    """Find the part that the engine stumbled over: it names none itself."""
    for name, source in theme.sources.items():
        if name.endswith(".mjml.j2") and (fault := unbalanced(source)):
            return ThemeError(name, *fault)
    for part in issue.parts:
        try:
            compile_mjml(_alone(issue, theme, part), f"parts/{part.kind}.mjml.j2")
        except ThemeError as found:
            return found
    return error


def _alone(issue: Issue, theme: Theme, part: Part) -> str:
    template = theme.mail.get_template(f"parts/{part.kind}.mjml.j2")
    printed = template.render(_values(issue, theme, []) | {"part": part, "following": ""})
    return f"<mjml><mj-body><mj-section><mj-column>{printed}</mj-column></mj-section></mj-body></mjml>"
