"""The commands, by name: each module is imported when its command is asked for."""

from importlib import import_module

import click

from composer import __version__

# name → (module, what it is for). The order is the way through a week.
COMMANDS = {
    "init": ("composer.cli.folder", "Make a folder a newsletter."),
    "demo": ("composer.cli.demonstration", "Run the whole way on a sample newsletter, offline."),
    "follow": ("composer.cli.sources", "Follow feeds: a feed, a page that names one, a file, an OPML list."),
    "sources": ("composer.cli.sources", "List what is followed and how each is doing, or change it."),
    "collect": ("composer.cli.collecting", "Visit the sources that are due and keep what is new."),
    "add": ("composer.cli.addition", "Add an article: a page, a file, a pipe, the clipboard."),
    "articles": ("composer.cli.reading", "List or search articles."),
    "stories": ("composer.cli.stories", "List what several outlets tell, story by story."),
    "show": ("composer.cli.reading", "Read one article."),
    "pick": ("composer.cli.reading", "Choose articles for the next edition."),
    "spike": ("composer.cli.reading", "Set articles aside for good."),
    "draft": ("composer.cli.editions", "Begin an edition with the picked articles."),
    "editions": ("composer.cli.editions", "List the editions."),
    "edit": ("composer.cli.editions", "Open an edition's manuscript and keep what you write."),
    "revisions": ("composer.cli.editions", "List an edition's saved texts, or print one."),
    "proof": ("composer.cli.proofing", "Say what readers would stumble over."),
    "evidence": ("composer.cli.evidence", "Show where each figure, date, name and quotation stands in its source."),
    "figures": ("composer.cli.evidence", "List every figure with each place where it stands."),
    "preview": ("composer.cli.previewing", "Show the mail, page and text as readers will get them."),
    "publish": ("composer.cli.publishing", "Write an edition and its feeds to the outbox."),
    "feed": ("composer.cli.publishing", "Write the index and the feeds again."),
    "doctor": ("composer.cli.doctor", "Look the newsletter's store over, and mend it."),
    "backup": ("composer.cli.backups", "Copy the store."),
    "restore": ("composer.cli.backups", "Put a copy in the store's place."),
}


class Newsdesk(click.Group):
    """A group that knows its commands by name and loads one when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the names in the order of a week's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (as above)
        """Import the module that holds the command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (as above)
        """Print the list from the table above, so that help imports no command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest a near name when there is no such command."""
        from difflib import get_close_matches  # noqa: PLC0415 (only on a slip)

        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, 1)
            hint = f"; did you mean {near[0]}?" if near else "; `currents --help` lists the commands"
            ctx.fail(f"there is no command {args[0]}{hint}")
        return super().resolve_command(ctx, args)


@click.group(cls=Newsdesk, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--newsletter", metavar="DIR", help="The newsletter's folder; else the nearest above this one.")
@click.version_option(__version__, prog_name="currents")
@click.pass_context
def currents(ctx: click.Context, newsletter: str | None) -> None:
    """Compose newsletter editions: collect, draft, prove, preview, publish."""
    ctx.obj = newsletter
