"""A newsletter of short editions about salt, and what is done with them on the command line."""

import re
from collections.abc import Callable
from pathlib import Path

from conftest import Ran

from composer.cli.demonstration import settle

Cli = Callable[..., Ran]
SITE = Path("outbox/site")
EDITION = """---
id: {uid}
slug: {slug}
title: {title}
dek: What salt costs, and whom.
byline:
  - Nino Example
date: "{day}"
tags:
  - {tag}
lang: en
profile: small
---

::: lede

Salt is dearer than bread in the town of {title}, and nobody there can say why.
:::

::: link
headline: A story of {title}
source: wire

The wire asked everybody in town.
:::

::: source #wire
title: What salt costs
outlet: The Wire
url: https://wire.example.org/{slug}
published: "2026-01-01"
:::
"""


def found(place: Path) -> Path:
    """Make the newsletter, and return its folder."""
    newsletter = place / "portolan"
    settle(newsletter)
    profile = newsletter / "templates/profiles/small.toml"
    profile.parent.mkdir(parents=True, exist_ok=True)
    profile.write_text('name = "small"\nabout = "a line a week"\n\n[[slots]]\nkind = "link"\n', encoding="utf-8")
    return newsletter


def manuscript(number: int, **changes: str) -> str:
    given = {
        "uid": f"01KJZ5Q8X0V3T7R9M2N4P6S{number:03}",
        "slug": f"salt-{number}",
        "title": f"Salt {number}",
        "day": f"2026-01-{number:02}",
        "tag": "Salt",
    }
    return EDITION.format(**{**given, **changes})


def draft(cli: Cli, number: int, **changes: str) -> None:
    """Draft edition N."""
    Path("new.md").write_text(manuscript(number, **changes), encoding="utf-8")
    drafted = cli("draft", "--from", "new.md")
    assert drafted.code == 0, drafted.err


def put_out(cli: Cli, number: int, **changes: str) -> list[str]:
    """Draft edition N and publish it; return the files that were written."""
    draft(cli, number, **changes)
    return written(cli, str(number))


def written(cli: Cli, number: str) -> list[str]:
    done = cli("publish", number)
    assert done.code == 0, done.err + cli("proof", number).out
    return re.findall(r"^  outbox/(\S+)", done.out, re.MULTILINE)


def again(cli: Cli, number: int, old: str, new: str) -> list[str]:
    """Change an edition's text and publish it again."""
    file = Path(f"editions/salt-{number}.md")
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return written(cli, str(number))
