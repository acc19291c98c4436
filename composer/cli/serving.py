"""`currents serve`: the outbox's site, as readers and their programs will get it, on this machine."""

import contextlib

import click

from composer.app import open_newsroom
from composer.cli import screen
from composer.errors import NotFoundError
from composer.preview.hosting import ADDRESS, listen, origin_of, serve_until
from composer.preview.stand import stand


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="A fixed port; else any free one.")
@click.option("--host", default=ADDRESS, metavar="NAME", help="Another address or name of this machine.")
@click.option("--open", "browse", is_flag=True, help="Open it in the browser.")
@click.pass_obj
def serve(newsletter: str | None, port: int, host: str, browse: bool) -> None:  # noqa: FBT001 (click passes flags by position)
    """Serve what is published, as a web host would, on this machine only; Ctrl-C ends it.

    Links of the site's own lead here, so that pages, pictures and feeds work before it is online.
    """
    with open_newsroom(newsletter) as room:
        site = room.root / "outbox" / "site"
        if not (site / "index.html").is_file():
            raise NotFoundError("outbox/site/: nothing is published yet; `currents publish N` writes it")
        with contextlib.closing(listen(port, host)) as listening:
            port = listening.getsockname()[1]
            address = f"{origin_of(host, port)}/"

            def opened() -> None:
                screen.say(address)
                if host != ADDRESS:
                    screen.note(f"whoever can reach {host} can read it; only what is published lies there")
                screen.note("serving outbox/site/; Ctrl-C ends it")
                if browse:
                    click.launch(address)

            hosts = (f"{ADDRESS}:{port}", f"localhost:{port}") if host == ADDRESS else ()
            serve_until(stand(site, room.settings.base_url, hosts), listening, opened=opened)
