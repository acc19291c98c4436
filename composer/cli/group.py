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
    "suggest": ("composer.cli.suggesting", "Rank the stories that the next edition could carry."),
    "show": ("composer.cli.reading", "Read one article."),
    "summarise": ("composer.cli.summarising", "Print an article's summary, and why it is that one."),
    "pick": ("composer.cli.reading", "Choose articles for the next edition."),
    "ran": ("composer.cli.running", "Say in which editions a link or article ran."),
    "spike": ("composer.cli.reading", "Set articles aside for good."),
    "propose": ("composer.cli.proposing", "Take a raw text apart into the blocks of an edition."),
    "draft": ("composer.cli.editions", "Begin an edition with the picked articles."),
    "editions": ("composer.cli.editions", "List the editions."),
    "edit": ("composer.cli.editing", "Open an edition's manuscript and keep what you write."),
    "blocks": ("composer.cli.blocks", "List an edition's blocks: number, kind, line, words, first words."),
    "add-block": ("composer.cli.changes", "Put a block or a snippet into an edition."),
    "move": ("composer.cli.changes", "Move a block of an edition."),
    "drop": ("composer.cli.changes", "Take a block out of an edition."),
    "set": ("composer.cli.changes", "Set fields of an edition's header or of a block."),
    "tk": ("composer.cli.blocks", "List the places that are still to write."),
    "words": ("composer.cli.blocks", "Count words against the profile's budgets."),
    "profiles": ("composer.cli.forms", "List the kinds of edition, or show one."),
    "snippets": ("composer.cli.forms", "List reusable pieces, or print one."),
    "rewrite": ("composer.cli.rewriting", "Let a language model write a brief anew, checked."),
    "revisions": ("composer.cli.editions", "List an edition's saved texts, or print one."),
    "quotes": ("composer.cli.quoting", "List quotations worth setting large, with what speaks for each."),
    "subjects": ("composer.cli.quoting", "List subject lines to choose from, with what speaks for each."),
    "proof": ("composer.cli.proofing", "Say what readers would stumble over."),
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
        module = import_module(COMMANDS[cmd_name][0])
        name = cmd_name.replace("-", "_")
        command: click.Command = getattr(module, name, None) or getattr(module, f"{name}_")  # `set` is Python's own
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
