"""The commands, by name: each module is imported when its command is asked for."""

from importlib import import_module
from keyword import iskeyword

import click

from composer.version import __version__

# section → name → (module, what it is for). The order is the way through a week.
SECTIONS = {
    "A newsletter": {
        "init": ("composer.cli.folder", "Make a folder a newsletter."),
        "demo": ("composer.cli.demonstration", "Run the whole way on a sample newsletter, offline."),
        "theme": ("composer.cli.theming", "List the themes, begin one of your own, or look one over."),
    },
    "What comes in": {
        "follow": ("composer.cli.sources", "Follow feeds: a feed, a page that names one, a file, an OPML list."),
        "sources": ("composer.cli.sources", "List what is followed and how each is doing, or change it."),
        "collect": ("composer.cli.collecting", "Visit the sources that are due and keep what is new."),
        "add": ("composer.cli.addition", "Add an article: a page, a file, a pipe, the clipboard."),
        "articles": ("composer.cli.reading", "List or search articles."),
        "stories": ("composer.cli.stories", "List what several outlets tell, story by story."),
        "show": ("composer.cli.reading", "Read one article."),
    },
    "Choosing": {
        "suggest": ("composer.cli.suggesting", "Rank the stories that the next edition could carry."),
        "summarise": ("composer.cli.summarising", "Print an article's summary, and why it is that one."),
        "pick": ("composer.cli.reading", "Choose articles for the next edition."),
        "spike": ("composer.cli.reading", "Set articles aside for good."),
        "ran": ("composer.cli.running", "Say in which editions a link or article ran."),
    },
    "Writing": {
        "draft": ("composer.cli.editions", "Begin an edition with the picked articles."),
        "propose": ("composer.cli.proposing", "Take a raw text apart into the blocks of an edition."),
        "editions": ("composer.cli.editions", "List the editions."),
        "edit": ("composer.cli.editing", "Open an edition's manuscript and keep what you write."),
        "blocks": ("composer.cli.blocks", "List an edition's blocks: number, kind, line, words, first words."),
        "words": ("composer.cli.blocks", "Count words against the profile's budgets."),
        "tk": ("composer.cli.blocks", "List the places that are still to write."),
        "set": ("composer.cli.changes", "Set fields of an edition's header or of a block."),
        "add-block": ("composer.cli.changes", "Put a block or a snippet into an edition."),
        "move": ("composer.cli.changes", "Move a block of an edition."),
        "drop": ("composer.cli.changes", "Take a block out of an edition."),
        "profiles": ("composer.cli.forms", "List the kinds of edition, or show one."),
        "strings": ("composer.cli.strings", "List the fixed words that readers see, in a language."),
        "snippets": ("composer.cli.forms", "List reusable pieces, or print one."),
        "quotes": ("composer.cli.quoting", "List quotations worth setting large, with what speaks for each."),
        "subjects": ("composer.cli.quoting", "List subject lines to choose from, with what speaks for each."),
        "rewrite": ("composer.cli.rewriting", "Let a language model write a brief anew, checked."),
    },
    "Earlier texts": {
        "history": ("composer.cli.history", "List an edition's saved texts, or print one."),
        "revisions": ("composer.cli.history", "Another name for history."),
        "diff": ("composer.cli.history", "Show word by word what changed in an edition."),
        "revert": ("composer.cli.history", "Make an older text of an edition the newest again."),
    },
    "Checking": {
        "evidence": ("composer.cli.evidence", "Show where each figure, date, name and quotation stands in its source."),
        "figures": ("composer.cli.evidence", "List every figure with each place where it stands."),
        "pictures": ("composer.cli.picturing", "List an edition's pictures, and fetch those on the web."),
        "proof": ("composer.cli.proofing", "Say what readers would stumble over."),
        "weigh": ("composer.cli.weighing", "Weigh the mail block by block, before Gmail clips it."),
        "preview": ("composer.cli.previewing", "Show the mail, page and text as readers will get them."),
        "test": ("composer.cli.trying", "Send an edition as a test mail to those who may get one."),
    },
    "Going out": {
        "submit": ("composer.cli.reviewing", "Hand an edition in for review."),
        "approve": ("composer.cli.reviewing", "Approve an edition's text, by name."),
        "send-back": ("composer.cli.reviewing", "Give an edition back to its writer."),
        "schedule": ("composer.cli.scheduling", "Let an edition go out at a moment."),
        "run": ("composer.cli.scheduling", "Publish what is due."),
        "publish": ("composer.cli.publishing", "Write an edition and its feeds to the outbox."),
        "push": ("composer.cli.pushing", "Put an edition as a draft into a newsletter service."),
        "send": ("composer.cli.sending", "Send a published edition to a list, once per reader."),
        "deliveries": ("composer.cli.sending", "Say what became of an edition's letters."),
        "suppress": ("composer.cli.sending", "Never send to an address again."),
        "correct": ("composer.cli.correcting", "Open a correction of an edition that is out."),
        "retract": ("composer.cli.correcting", "Take an edition back, for all readers."),
        "feed": ("composer.cli.publishing", "Write the index and the feeds again."),
        "ping": ("composer.cli.publishing", "Tell the hub which feeds changed."),
        "serve": ("composer.cli.serving", "Serve the published site on this machine."),
        "log": ("composer.cli.log", "List the steps that an edition took, or the record of its review."),
        "discard": ("composer.cli.reviewing", "Lay an edition aside."),
    },
    "Keeping": {
        "export": (
            "composer.cli.exchange",
            "Write an edition, or everything, as text that git can keep.",
        ),
        "import": ("composer.cli.exchange", "Take in an export, or manuscripts that were edited elsewhere."),
        "backup": ("composer.cli.backups", "Copy the store."),
        "restore": ("composer.cli.backups", "Put a copy in the store's place."),
        "doctor": ("composer.cli.doctor", "Look the newsletter's store over, and mend it."),
    },
}
COMMANDS = {name: row for rows in SECTIONS.values() for name, row in rows.items()}


class Newsdesk(click.Group):
    """A group that knows its commands by name and loads one when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the names in the order of a week's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (as above)
        """Import the module that holds the command."""
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        name = f"{name}_" if iskeyword(name) or name == "set" else name  # words of Python's own
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (as above)
        """Print the list from the table above, so that help imports no command."""
        widest = max(map(len, COMMANDS))
        for section, rows in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(name.ljust(widest), about) for name, (_, about) in rows.items()])

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
