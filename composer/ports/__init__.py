"""What we ask of the world. The desk knows these shapes; `db`, `feeds`, `outlets` and `writers` fill them."""

from composer.ports.cards import Cards
from composer.ports.deliveries import Deliveries
from composer.ports.delivery import Badge, Relay
from composer.ports.journal import Journal
from composer.ports.lifecycle import Events
from composer.ports.services import Pushes, Service
from composer.ports.store import Announcements, Articles, Commissions, Editions, Morgue, Sources, Store
from composer.ports.world import (
    Album,
    Archive,
    Belongings,
    Clock,
    Darkroom,
    Drawer,
    Hub,
    Inquirer,
    Outlet,
    Wire,
    Writer,
)

__all__ = [
    "Album",
    "Announcements",
    "Archive",
    "Articles",
    "Badge",
    "Belongings",
    "Cards",
    "Clock",
    "Commissions",
    "Darkroom",
    "Deliveries",
    "Drawer",
    "Editions",
    "Events",
    "Hub",
    "Inquirer",
    "Journal",
    "Morgue",
    "Outlet",
    "Pushes",
    "Relay",
    "Service",
    "Sources",
    "Store",
    "Wire",
    "Writer",
]
