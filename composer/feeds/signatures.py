"""Which picture format bytes are, by their signature. Pure."""

HEAD_BYTES = 32
_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),  # PNG, third edition, section 5.2
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"<svg", "image/svg+xml"),
)
_BRANDS = {b"avif": "image/avif", b"avis": "image/avif", b"heic": "image/heic", b"heix": "image/heic"}


def media_type(head: bytes) -> str:
    """Return the media type of a picture from its first 32 bytes; "" when they are of none that we know."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":  # RFC 9649 section 2.3
        return "image/webp"
    if head[4:8] == b"ftyp":  # ISO/IEC 14496-12
        return _BRANDS.get(head[8:12], "")
    return next((kind for beginning, kind in _BEGINNINGS if head.startswith(beginning)), "")
