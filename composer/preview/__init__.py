"""The local web page that shows an edition as its readers will get it, and follows the files it is made from.

It serves what it is handed and watches the paths it is told; it renders nothing, opens no store, prints nothing, and
never asks the network for anything. What is to be done is handed on to whoever has hands.
"""

from composer.preview.server import serve
from composer.preview.sheet import Claim, Link, Panels, Passage, Pick, Piece, Share, Sheet, Testimony

__all__ = ["Claim", "Link", "Panels", "Passage", "Pick", "Piece", "Share", "Sheet", "Testimony", "serve"]
