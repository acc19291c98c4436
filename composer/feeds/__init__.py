"""The wire: everything that comes in. It touches the world and decides nothing: what to keep is the desk's business."""

from composer.feeds.wire import HttpWire

__all__ = ["HttpWire"]
