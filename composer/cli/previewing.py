"""`currents preview`: the edition as its readers will get it, live."""

import click

from composer.app import Newsroom, open_newsroom
from composer.cli import screen
from composer.desk.publishing import prove, render
from composer.desk.revising import take_in
from composer.preview import Sheet, serve


@click.command()
@click.argument("number", metavar="N", type=int)
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="A fixed port; else any free one.")
@click.option("--open", "browse", is_flag=True, help="Open it in the browser.")
@click.pass_obj
def preview(newsletter: str | None, number: int, port: int, browse: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Show edition N in the browser, on this machine only; it follows every save. Ctrl-C ends it."""
    with open_newsroom(newsletter) as room:
        filename = take_in(room.desk, number).edition.filename

        def ready(address: str) -> None:
            screen.say(address)
            screen.note(f"following editions/{filename} and templates/; Ctrl-C ends it")
            if browse:
                click.launch(address)

        watch = [room.root / "editions", room.root / "templates"]
        serve(lambda prints: _sheet(room, number, prints), watch=watch, port=port, ready=ready)


def _sheet(room: Newsroom, number: int, prints_url: str) -> Sheet:
    room.forget_themes()
    copy = take_in(room.desk, number)
    sheet = render(room.press, copy.edition, copy.manuscript, now=room.clock(), prints_url=prints_url)
    return Sheet(
        title=copy.edition.title,
        subject=sheet.message.subject,
        preheader=sheet.message.preheader,
        from_name=sheet.message.from_name,
        email_html=sheet.message.html,
        page_html=sheet.page.html,
        text=sheet.message.text,
        item=sheet.item,
        manuscript=copy.revision.text,
        file=f"editions/{copy.edition.filename}",
        remarks=prove(room.press, copy, sheet, room.store),
        prints=tuple(sheet.prints.values()),
    )
