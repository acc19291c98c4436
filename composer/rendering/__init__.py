"""Rendering: an edition's text → what readers get. Values in, values out; it reads themes and nothing else."""

from composer.rendering.archive import index
from composer.rendering.email import email
from composer.rendering.issue import Issue
from composer.rendering.items import feed_item, story_items
from composer.rendering.layout import arrange
from composer.rendering.listing import Entry, Place
from composer.rendering.page import article, page
from composer.rendering.plaintext import plaintext, storytext, with_foot
from composer.rendering.theme import Theme, load_theme

__all__ = [
    "Entry",
    "Issue",
    "Place",
    "Theme",
    "arrange",
    "article",
    "email",
    "feed_item",
    "index",
    "load_theme",
    "page",
    "plaintext",
    "story_items",
    "storytext",
    "with_foot",
]
