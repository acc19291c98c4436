"""Everything that goes out: editions into the outbox, photos into prints. Outlets write; they decide nothing."""

from composer.outlets.album import FolderAlbum
from composer.outlets.archives import open_archive, write_folder, write_zip
from composer.outlets.belongings import FolderBelongings
from composer.outlets.darkroom import FileDarkroom
from composer.outlets.drawer import ManuscriptDrawer
from composer.outlets.folder import FolderOutlet
from composer.outlets.founding import write_new

__all__ = [
    "FileDarkroom",
    "FolderAlbum",
    "FolderBelongings",
    "FolderOutlet",
    "ManuscriptDrawer",
    "open_archive",
    "write_folder",
    "write_new",
    "write_zip",
]
