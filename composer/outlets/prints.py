"""A picture's bytes become a print's bytes: upright, sRGB, at most 1,200 px wide, without metadata.

A JPEG stays a JPEG. What was kept without loss (PNG, GIF, BMP) becomes whichever is shorter, PNG or JPEG; what can be
seen through stays PNG, for JPEG knows no transparency. No picture, however broken, raises or warns; nothing here
opens files.
"""

import hashlib
import io
import struct
import warnings
from dataclasses import replace

from PIL import Image, ImageCms, ImageOps
from PIL.ImageFile import ImageFile

from composer.model import Print
from composer.negatives import Negative
from composer.text import slug

_WIDTH_MOST = 1200  # px: twice the 600 px of a mail, for dense screens
_PIXELS_MOST = 65_000_000  # what the largest common cameras make; a few hundred MB when unpacked
_QUALITIES = (82, 74, 66)  # of a JPEG; above, bytes grow faster than what a reader sees, below, she sees it
_BYTES_AIM = 200_000  # what proof calls heavy
_COLOURS_MOST = 256  # of a PNG with a palette
_HEAD = 1024  # bytes in which a text would say that it is SVG
_OPAQUE = 255
_DRAWN_COLOURS = 64  # of a chart: its few colours and the edges between them
_ORIENTATION = 0x0112  # Exif 2.32, tag 274
_SIDEWAYS = frozenset({5, 6, 7, 8})  # orientations in which the camera lay on its side

_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF")
_MOVING = frozenset(
    {"GIF", "PNG", "WEBP", "AVIF"}
)  # the further pictures of a phone's JPEG or a TIFF are no later moments
_LOSSLESS = frozenset({"PNG", "GIF", "BMP"})
_DEEP = frozenset({"I", "I;16", "I;16B", "I;16L", "I;16N"})  # 16 bits of grey

# What Pillow's readers raise on damaged files: it names no common ancestor.
_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    LookupError,
    TypeError,
    ArithmeticError,
    MemoryError,
    struct.error,
)


def develop(content: bytes, stem: str) -> Print:
    """Return the print of a picture, named `<stem>-<first 10 of its sha256>.<jpg|png>`, or its problem.

    `src` and `url` of the print are left empty: only the caller knows them.
    """
    if not content:
        return _spoiled("the file is empty; export the picture again")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            negative = _negative(content)
        except Image.DecompressionBombError:
            return _spoiled(_too_large("far more"))
        except _DAMAGE:
            return _spoiled(_why_unreadable(content))
    return _spoiled(negative) if isinstance(negative, str) else _printed(negative, stem)


def flat(content: bytes, stem: str) -> Print:
    """Return a drawn picture as a PNG of few colours: sharp, and a third as heavy."""
    with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
        few = picture.convert("RGB").quantize(_DRAWN_COLOURS, dither=Image.Dither.NONE)
    media_type, written = _png(few)
    return _as_print(few, stem, media_type, written)


def as_it_is(content: bytes, stem: str) -> Print:
    """Return the print of a PNG of our own making, byte for byte, or its problem."""
    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            picture.load()
            return _as_print(picture, stem, "image/png", content)
    except (Image.DecompressionBombError, *_DAMAGE):
        return _spoiled(_why_unreadable(content))


def _negative(content: bytes) -> tuple[Image.Image, bool, Negative] | str:
    """Return a picture ready to be written down, whether it was kept without loss, and how it lay; or what is wrong."""
    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        if problem := _refusal(picture):
            return problem
        profile, lossless = picture.info.get("icc_profile"), picture.format in _LOSSLESS
        lying = _lying(picture, len(content))  # before it is unpacked smaller than it lies
        return _srgb(_fitted(_upright(picture)), profile), lossless, lying


def _lying(picture: ImageFile, bytes_length: int) -> Negative:
    """Say how a picture lies, its sides as they will stand once it is upright."""
    width, height = picture.size
    if picture.getexif().get(_ORIENTATION) in _SIDEWAYS:
        width, height = height, width
    media_type = picture.get_format_mimetype() or ""
    return Negative(bytes_length=bytes_length, width=width, height=height, media_type=media_type)


def _printed(negative: tuple[Image.Image, bool, Negative], stem: str) -> Print:
    picture, was_lossless, lying = negative
    media_type, content = _shortest(picture) if was_lossless else _encoded(picture)
    return replace(_as_print(picture, stem, media_type, content), negative=lying)


def _as_print(picture: Image.Image, stem: str, media_type: str, content: bytes) -> Print:
    ending = {"image/jpeg": "jpg", "image/png": "png"}[media_type]
    return Print(
        src="",
        url="",
        name=f"{slug(stem) or 'photo'}-{hashlib.sha256(content).hexdigest()[:10]}.{ending}",
        media_type=media_type,
        width=picture.width,
        height=picture.height,
        content=content,
    )


def _refusal(picture: Image.Image) -> str:
    """Say why a picture is not developed, or "", before any of it is unpacked."""
    pixels = picture.width * picture.height
    if pixels > _PIXELS_MOST:
        return _too_large(f"{pixels // 1_000_000} million")
    if picture.format in _MOVING and getattr(picture, "n_frames", 1) > 1:
        return "moving pictures are not shown everywhere; export one frame as JPEG or PNG"
    return ""


def _upright(picture: Image.Image) -> Image.Image:
    """Turn a picture as its camera was held, unpacking a JPEG no larger than needed."""
    picture.draft("RGB", (_WIDTH_MOST, _WIDTH_MOST))
    return ImageOps.exif_transpose(picture)


def _fitted(picture: Image.Image) -> Image.Image:
    """Scale down to the widest print, in a mode whose colours may be mixed."""
    mixable = _mixable(picture)
    if mixable.width <= _WIDTH_MOST:
        return mixable
    height = max(1, round(mixable.height * _WIDTH_MOST / mixable.width))
    return mixable.resize((_WIDTH_MOST, height), Image.Resampling.LANCZOS)


def _mixable(picture: Image.Image) -> Image.Image:
    if picture.has_transparency_data:
        seen_through = picture.convert("RGBA")
        lowest, _ = seen_through.getchannel("A").getextrema()
        return seen_through if lowest != _OPAQUE else seen_through.convert("RGB")
    if picture.mode in _DEEP:
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    return picture if picture.mode in {"RGB", "CMYK", "L"} else picture.convert("RGB")


def _srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return RGB or RGBA; a profile is used up here, for a print carries none and a reader takes it for sRGB."""
    if picture.mode == "RGBA":
        solid = _srgb(picture.convert("RGB"), profile)
        solid.putalpha(picture.getchannel("A"))
        return solid
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, *_DAMAGE):
            return picture.convert("RGB")
        return converted or picture.convert("RGB")
    return picture.convert("RGB")


def _encoded(picture: Image.Image) -> tuple[str, bytes]:
    return _png(picture) if picture.mode == "RGBA" else _jpeg(picture)


def _shortest(picture: Image.Image) -> tuple[str, bytes]:
    if picture.mode == "RGBA":
        return _png(picture)
    return min(_png(_with_palette(picture)), _jpeg(picture), key=lambda made: len(made[1]))


def _with_palette(picture: Image.Image) -> Image.Image:
    """Return the same picture with a palette where its colours are few enough, else as it is."""
    if picture.getcolors(_COLOURS_MOST) is None:
        return picture
    few = picture.quantize(_COLOURS_MOST, dither=Image.Dither.NONE)
    return few if few.convert("RGB").tobytes() == picture.tobytes() else picture


def _png(picture: Image.Image) -> tuple[str, bytes]:
    # Trying every filter takes seconds on a photo and shortens it by a tenth.
    return "image/png", _bits(picture, "PNG", optimize=picture.mode == "P")


def _jpeg(picture: Image.Image) -> tuple[str, bytes]:
    """Write the best quality that is not heavy, else the lightest."""
    for quality in _QUALITIES:
        written = _bits(picture, "JPEG", quality=quality, optimize=True, progressive=True)
        if len(written) <= _BYTES_AIM:
            break
    return "image/jpeg", written


def _bits(picture: Image.Image, kind: str, **how: object) -> bytes:
    picture.info.clear()  # a comment or a colour profile in it would be written too
    written = io.BytesIO()
    picture.save(written, kind, **how)
    return written.getvalue()


def _why_unreadable(content: bytes) -> str:
    if b"<svg" in content[:_HEAD].lower():
        return "mail programs do not show SVG; export the picture as PNG"
    if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1"}:
        return "mail programs do not show HEIC; export the picture as JPEG"
    return "no picture that can be read, or a damaged one; export it again as JPEG or PNG"


def _too_large(pixels: str) -> str:
    return f"{pixels} pixels, {_PIXELS_MOST // 1_000_000} million are the most; export it smaller"


def _spoiled(problem: str) -> Print:
    return Print(src="", url="", problem=problem)
