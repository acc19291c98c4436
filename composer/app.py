"""The wiring: a newsletter's folder → a newsroom with everything that works in it.

Each part is made when it is first asked for, so that listing articles never waits for the mail's compiler.
This is the only importer of `db`.
"""

import os
import secrets
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from composer import resources
from composer.errors import ManuscriptError, NotFoundError, UsageError
from composer.model import Finding, Profile
from composer.ports import (
    Album,
    Badge,
    Belongings,
    Clock,
    Darkroom,
    Drawer,
    Hub,
    Inquirer,
    Outlet,
    Relay,
    Service,
    Store,
    Wire,
    Writer,
)
from composer.profiles import find_profile, list_profiles
from composer.settings import Settings, find_root, read_settings
from composer.text import ulid

if TYPE_CHECKING:
    from composer.desk.bureau.commissioning import Bureau
    from composer.desk.exchange.bringing import Hands
    from composer.desk.letters import Signer
    from composer.desk.revising import Desk
    from composer.desk.shipping import Dock
    from composer.desk.typesetting import Press
    from composer.rendering import Theme
    from composer.rendering.checking import Report
    from composer.rendering.shelf import Standing
    from composer.services import ServiceName
    from composer.writers.endpoint import Endpoint
    from db.cases import Case

STORE = "db/newsletter.sqlite3"
COPIES = "db/copies"
REPLIES = "db/replies.json"


def wall_clock() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


class Newsroom:
    """A newsletter's folder, and everything that works in it. Use it as a context manager."""

    def __init__(self, settings: Settings, clock: Clock = wall_clock) -> None:
        self.settings = settings
        self.root = settings.root
        self.clock = clock

    def __enter__(self) -> Self:
        """Begin work."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of the store, if it was opened."""
        if "store" in self.__dict__:
            self.store.close()

    @cached_property
    def store(self) -> Store:
        """Open the store; an older one is copied and upgraded. Raises StoreError."""
        from db import open_store  # noqa: PLC0415 (SQLAlchemy costs a quarter of a second)

        return open_store(self.root / STORE)

    def check(self) -> tuple[Finding, ...]:
        """Look the store over without opening it for work; nothing is raised, whatever state it is in."""
        from db.health import findings  # noqa: PLC0415 (as for the store)

        return findings(self._case())

    def mend(self, checks: Collection[str]) -> tuple[str, ...]:
        """Mend what these checks found, and return a line for each that could not be mended."""
        from db.health import mend  # noqa: PLC0415 (as for the store)

        return mend(self._case(), checks)

    def back_up(self, target: Path | None = None, *, replace: bool = False) -> Path:
        """Copy the store while others may go on writing; return the copy, named for this minute unless a name is given.

        Raises NotFoundError, ConflictError, StoreError.
        """
        from db.copies import back_up  # noqa: PLC0415 (as for the store)

        named = f"{self.clock().astimezone(self.settings.timezone):%Y-%m-%dT%H%M}.sqlite3"
        return back_up(self.root / STORE, target or self.root / COPIES / named, replace=replace)

    def restore(self, copy: Path) -> Path | None:
        """Put a copy in the store's place; return where the store that stood there is kept, None when there was none.

        Raises NotFoundError, ConflictError, StoreError; then the store stands as it was.
        """
        from db.restoring import restore  # noqa: PLC0415 (as for the store)

        return restore(copy, self.root / STORE)

    def _case(self) -> "Case":
        from db.cases import Case  # noqa: PLC0415 (as for the store)

        return Case(path=self.root / STORE, copies=self.root / COPIES, outbox=self.root / "outbox", now=self.clock())

    @cached_property
    def wire(self) -> Wire:
        """Bring in stories."""
        from composer.feeds.wire import HttpWire  # noqa: PLC0415 (aiohttp and feedparser are slow to import)

        return HttpWire(self.settings, self.clock)

    def endpoint(self, model: str = "", base_url: str = "") -> "Endpoint | None":
        """Return the language model that is named here, in the environment or in newsletter.toml. Raises UsageError."""
        from composer.writers.endpoint import choose  # noqa: PLC0415 (only where a model may be asked)

        return choose(self.settings.model, os.environ, model=model, base_url=base_url)

    def writer(self, endpoint: "Endpoint") -> Writer:
        """Reach a language model."""
        from composer.writers.endpoint import PLUGIN  # noqa: PLC0415 (as above)

        if endpoint.base_url == PLUGIN:
            from composer.writers.plugin import PluginWriter  # noqa: PLC0415 (as above)

            return PluginWriter(endpoint, self.clock)
        from composer.writers.chat import ChatWriter  # noqa: PLC0415 (aiohttp is slow to import)

        return ChatWriter(endpoint, self.clock)

    def bureau(self, endpoint: "Endpoint", *, anew: bool = False) -> "Bureau":
        """Commission summaries of a language model; `anew` asks even where the store holds an answer."""
        from composer.desk.bureau.commissioning import Bureau  # noqa: PLC0415 (as above)
        from composer.desk.evidence import flags  # noqa: PLC0415 (as above)

        return Bureau(
            check=flags,
            base_url=endpoint.base_url,
            model=endpoint.model,
            writer=self.writer(endpoint),
            shelf=self.store.commissions,
            temperature=self.settings.model.temperature,
            words_most=self.profile(self.settings.profile).summary_words,
            anew=anew,
        )

    @cached_property
    def inquirer(self) -> Inquirer:
        """Ask the web whether an edition's links are there."""
        from composer.feeds.inquirer import WebInquirer  # noqa: PLC0415 (only where somebody asks)

        return WebInquirer(self.settings, self.clock, self.root / REPLIES)

    @cached_property
    def drawer(self) -> Drawer:
        """Hold the manuscripts."""
        from composer.outlets import ManuscriptDrawer  # noqa: PLC0415 (outlets import Pillow)

        return ManuscriptDrawer(self.root / "editions")

    @cached_property
    def belongings(self) -> Belongings:
        """Find the newsletter's own files, and place those that an import brings."""
        from composer.outlets import FolderBelongings  # noqa: PLC0415 (as above)

        return FolderBelongings(self.root)

    @cached_property
    def hands(self) -> "Hands":
        """Bring in exports and manuscripts."""
        from composer.desk.exchange.bringing import Hands  # noqa: PLC0415 (as for the desk)

        return Hands(desk=self.desk, belongings=self.belongings, new_uid=self.new_uid)

    @cached_property
    def darkroom(self) -> Darkroom:
        """Develop photos, found from the newsletter's folder or beside the manuscripts."""
        from composer.outlets import FileDarkroom  # noqa: PLC0415 (as above)

        return FileDarkroom(self.root, [self.root / "editions"], self.album)

    @cached_property
    def album(self) -> Album:
        """Keep pictures that were fetched from the web."""
        from composer.outlets import FolderAlbum  # noqa: PLC0415 (as above)

        return FolderAlbum(self.root)

    @cached_property
    def outlet(self) -> Outlet:
        """Write editions out."""
        from composer.outlets import FolderOutlet  # noqa: PLC0415 (as above)

        return FolderOutlet(self.root / "outbox")

    @property
    def dock(self) -> "Dock":
        """Send editions out, one publication after another."""
        from composer.desk.shipping import Dock  # noqa: PLC0415 (as for the desk)

        return Dock(desk=self.desk, outlet=self.outlet, settings=self.settings)

    @cached_property
    def hub(self) -> Hub:
        """Tell a hub of changed feeds."""
        from composer.outlets.hub import WebHub  # noqa: PLC0415 (aiohttp only when a hub is told)

        return WebHub()

    @property
    def relay(self) -> Relay:
        """Reach the mail server of $SMTP_URL. Raises UsageError."""
        from composer.outlets.relay import VARIABLE, SmtpRelay, relay_address  # noqa: PLC0415 (TLS only to send)
        from composer.outlets.secrets import secret  # noqa: PLC0415 (as above)

        url = secret(VARIABLE)
        if not url:
            raise UsageError(f"{VARIABLE} is not set: smtps://user:password@mail.example.org:465, see docs/sending.md")
        return SmtpRelay(relay_address(url))

    @property
    def badge(self) -> Badge:
        """Tell the store that may send from its copies."""
        from composer.outlets.badges import FileBadge  # noqa: PLC0415 (only to send)

        return FileBadge(self.root / "db" / "sender.json")

    def service(self, name: "ServiceName") -> Service:
        """Reach a newsletter service. Raises UsageError for a key that is not set."""
        from composer.outlets.secrets import secret  # noqa: PLC0415 (as above)
        from composer.outlets.services import service  # noqa: PLC0415 (aiohttp only to reach a service)

        return service(name, secret, self.settings.listmonk_lists)

    def signer(self) -> "Signer":
        """Sign letters by DKIM where a selector is set. Raises UsageError without a key that can."""
        if not self.settings.dkim_selector:
            return bytes
        from composer.outlets.secrets import secret  # noqa: PLC0415 (as above)
        from composer.outlets.signing import VARIABLE, signer  # noqa: PLC0415 (as above)

        key = secret(VARIABLE)
        if not key:
            raise UsageError(f"{VARIABLE} is not set, yet send.dkim_selector wants letters signed; see docs/sending.md")
        domain = self.settings.dkim_domain or self.settings.from_address.rpartition("@")[2]
        return signer(key, domain, self.settings.dkim_selector)

    @cached_property
    def desk(self) -> "Desk":
        """Work on editions."""
        from composer.desk.revising import Desk  # noqa: PLC0415 (summaries and manuscript only when editing)

        return Desk(store=self.store, drawer=self.drawer, clock=self.clock)

    @cached_property
    def press(self) -> "Press":
        """Render editions."""
        from composer.desk.typesetting import Press  # noqa: PLC0415 (the mail's compiler only when rendering)

        return Press(settings=self.settings, darkroom=self.darkroom, theme=cache(self.theme), profile=self.profile)

    def forget_themes(self) -> None:
        """Read themes anew from disk when they are next asked for."""
        self.__dict__.pop("press", None)

    @property
    def template_folders(self) -> tuple[Path, Path]:
        """Return where themes and profiles are looked for: the newsletter's own first."""
        return self.root / "templates", resources.templates()

    def theme(self, name: str) -> "Theme":
        """Load a theme. Raises ThemeError, NotFoundError."""
        from composer.rendering import load_theme  # noqa: PLC0415 (as for the press)

        return load_theme(name, self.template_folders)

    def themes(self) -> "tuple[Standing, ...]":
        """Return every theme there is, shipped and own."""
        from composer.rendering.shelf import list_themes  # noqa: PLC0415 (as for the press)

        return list_themes(self.template_folders)

    def check_theme(self, name: str) -> "Report":
        """Look a theme over. Raises NotFoundError, ThemeError."""
        from composer.rendering.checking import check_theme  # noqa: PLC0415 (as for the press)

        return check_theme(name, self.template_folders, self.settings)

    def begin_theme(self, name: str, base: str) -> Path:
        """Write a theme of the newsletter's own that begins as `base` looks, and return its folder.

        Raises NotFoundError, ConflictError, UsageError, OutboxError.
        """
        from composer.outlets import write_new  # noqa: PLC0415 (as above)
        from composer.rendering.shelf import first_files  # noqa: PLC0415 (as for the press)

        folder = self.root / "templates" / name
        write_new(folder, first_files(name, base, self.template_folders))
        return folder

    def profile(self, name: str) -> Profile:
        """Read a profile. Raises SettingsError, NotFoundError."""
        return find_profile(name, self.template_folders)

    def profiles(self) -> Mapping[str, Path]:
        """Return where every profile lies, by name: the newsletter's own before the shipped ones."""
        return list_profiles(self.template_folders)

    def snippets(self) -> Mapping[str, Path]:
        """Return where every snippet lies, by name: the newsletter's own before the shipped ones."""
        return resources.named_files(self.template_folders, "snippets/*.md")

    def snippet(self, name: str) -> str:
        """Return a snippet's text. Raises NotFoundError, ManuscriptError."""
        files = self.snippets()
        if name not in files:
            near = get_close_matches(name, files, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(files)}"
            raise NotFoundError(f"{name}: no such snippet; {hint}")
        try:
            return files[name].read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise ManuscriptError(str(files[name]), 1, "not UTF-8; save it as UTF-8") from error

    def today(self) -> date:
        """Return the date where the newsletter is made."""
        return self.clock().astimezone(self.settings.timezone).date()

    def new_uid(self) -> str:
        """Return a new public identity."""
        return ulid(int(self.clock().timestamp() * 1000), secrets.randbits(80))


def open_newsroom(named: str | None = None, clock: Clock = wall_clock) -> Newsroom:
    """Find and open the newsletter's folder. Raises NotFoundError, SettingsError."""
    return Newsroom(read_settings(find_root(Path.cwd(), named)), clock)
