"""Everything that goes out: editions into the outbox, photos into prints. Outlets write; they decide nothing."""

from composer.outlets.darkroom import FileDarkroom
from composer.outlets.drawer import ManuscriptDrawer
from composer.outlets.folder import FolderOutlet

__all__ = ["FileDarkroom", "FolderOutlet", "ManuscriptDrawer"]
