"""What we ask of the world. The desk knows these shapes; `db`, `feeds`, `outlets` and `writers` fill them."""

from composer.ports.store import Articles, Commissions, Editions, Morgue, Sources, Store
from composer.ports.world import Archive, Belongings, Clock, Darkroom, Drawer, Inquirer, Outlet, Wire, Writer

__all__ = [
    "Archive",
    "Articles",
    "Belongings",
    "Clock",
    "Commissions",
    "Darkroom",
    "Drawer",
    "Editions",
    "Inquirer",
    "Morgue",
    "Outlet",
    "Sources",
    "Store",
    "Wire",
    "Writer",
]
