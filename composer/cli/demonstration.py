"""`currents demo`: the whole way on the sample newsletter, with the very commands an editor would type."""

import shlex
import shutil
from pathlib import Path

import click

from composer import resources
from composer.cli import screen
from composer.cli.folder import make_folders
from composer.errors import ConflictError
from composer.settings import FILE

WAY = (
    "follow seeds/feeds.opml",
    "collect",
    "add seeds/pages/{page} seeds/texts/{markdown}",
    "articles --limit 8",
    "pick 1 2",
    'draft "A week of my own"',
    "draft --from seeds/editions/{first}",
    "draft --from seeds/editions/{second}",
    "proof 3",
    "publish 2",
    "publish 3",
)
LOOK = (
    ("the mail", "outbox/mail/{slug}/email.html"),
    ("the mail as text", "outbox/mail/{slug}/email.txt"),
    ("the archive", "outbox/site/index.html"),
    ("the feed", "outbox/site/feed.xml"),
)
