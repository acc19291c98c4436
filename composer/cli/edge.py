"""Where errors end: every one becomes a line on stderr and an exit code."""

import os
from collections.abc import Sequence

import click

from composer.cli import screen
from composer.errors import ComposerError

INTERRUPTED = 130  # 128 + SIGINT, as shells count
TRACE = "CURRENTS_TRACEBACK"


def run(command: click.Command, arguments: Sequence[str]) -> int:  # noqa: PLR0911 (one kind of end a line)
    """Run a command, return its exit code: 0 ok, 1 failed, 2 usage, 3 key, 5 not found, 6 conflict, 7 proof, 8 rate."""
    try:
        return command.main(list(arguments), prog_name="currents", standalone_mode=False) or 0
    except ComposerError as error:
        screen.complain(str(error))
        return error.exit_code
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        screen.complain(_usage(error))
        return error.exit_code
    except (KeyboardInterrupt, click.Abort, EOFError):
        screen.complain("stopped; what was kept is kept")
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nobody reads on; leave without a word, as pipes expect
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        screen.complain(f"{where}{error.strerror or error}")
        return 1
    except Exception as error:  # noqa: BLE001 (the last edge: an editor never sees a traceback)
        return _unforeseen(error)


def _usage(error: click.ClickException) -> str:
    hint = f"; see `{error.ctx.command_path} --help`" if isinstance(error, click.UsageError) and error.ctx else ""
    message = error.format_message().rstrip(".")
    return message[:1].lower() + message[1:] + ("" if "`" in message or message.endswith("?") else hint)


def _unforeseen(error: Exception) -> int:
    if os.environ.get(TRACE):
        from traceback import format_exception  # noqa: PLC0415 (only on a fault)

        screen.complain("".join(format_exception(error)).rstrip())
        return 1
    kind = type(error).__name__
    first = str(error).split("\n", 1)[0]
    screen.complain(f"a fault of ours: {kind}: {first}; set {TRACE}=1 to see where, and please report it")
    return 1
