"""Photos become prints: upright, stripped, at most 1,200 px wide; whatever is wrong comes back as a sentence."""

import io
import os
import random
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import png_that_claims
from PIL import Image, ImageCms, ImageFilter, PngImagePlugin

from composer.negatives import Negative
from composer.outlets import FileDarkroom

BASE = "https://news.example.org/editions/salt/"


def scene(width: int = 64, height: int = 48, seed: int = 1) -> Image.Image:
    """Return a picture with as many colours as a photo has."""
    noise = random.Random(seed)  # noqa: S311 - a picture, not a secret
    small = Image.frombytes("RGB", (16, 12), noise.randbytes(16 * 12 * 3))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def chart(width: int = 300, height: int = 200) -> Image.Image:
    """Return a picture of two colours with hard edges."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste("#9c2a1f", (20, 20, width // 2, height // 2))
    return picture


def save(picture: Image.Image, place: Path, **how: object) -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    picture.save(place, **how)
    return place


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def test_a_photo_on_the_web_stays_where_it_is(tmp_path: Path) -> None:
    printed = FileDarkroom(tmp_path).develop("https://cdn.example.org/a.jpg", BASE)

    assert (printed.src, printed.url, printed.name, printed.content, printed.problem) == (
        "https://cdn.example.org/a.jpg",
        "https://cdn.example.org/a.jpg",
        "",
        b"",
        "",
    )


def test_a_print_is_named_for_its_file_and_its_own_bytes(tmp_path: Path) -> None:
    save(scene(), tmp_path / "photos" / "Salt Märket.JPG", quality=95)

    printed = FileDarkroom(tmp_path).develop("photos/Salt Märket.JPG", BASE)

    assert printed.src == "photos/Salt Märket.JPG"
    assert printed.name.startswith("salt-market-")
    assert printed.name.endswith(".jpg")
    assert len(printed.name) == len("salt-market-") + 10 + len(".jpg")
    assert printed.url == BASE + printed.name
    assert printed.media_type == "image/jpeg"
    assert printed.problem == ""


def test_a_wide_photo_is_scaled_down_and_a_small_one_is_not_scaled_up(tmp_path: Path) -> None:
    save(scene(3000, 1500), tmp_path / "wide.jpg")
    save(scene(64, 48), tmp_path / "small.jpg")
    room = FileDarkroom(tmp_path)

    wide, small = room.develop("wide.jpg", BASE), room.develop("small.jpg", BASE)

    assert (wide.width, wide.height) == (1200, 600) == opened(wide.content).size
    assert (small.width, small.height) == (64, 48) == opened(small.content).size


def test_a_jpeg_print_is_progressive_rgb(tmp_path: Path) -> None:
    save(scene().convert("CMYK"), tmp_path / "a.jpg")

    picture = opened(FileDarkroom(tmp_path).develop("a.jpg", BASE).content)

    assert picture.mode == "RGB"
    assert picture.info.get("progressive")


def test_a_heavy_photo_is_written_lighter_and_a_light_one_is_not(tmp_path: Path) -> None:
    noise = random.Random(1)  # noqa: S311 (a picture, not a secret)
    grain = Image.frombytes("RGB", (1200, 800), noise.randbytes(1200 * 800 * 3)).filter(ImageFilter.GaussianBlur(0.9))
    save(grain, tmp_path / "grain.jpg", quality=98)
    save(scene(1200, 800), tmp_path / "calm.jpg", quality=98)
    room = FileDarkroom(tmp_path)

    grains, calm = (room.develop(name, BASE).content for name in ("grain.jpg", "calm.jpg"))

    coarse, fine = (sum(opened(content).quantization[0]) for content in (grains, calm))
    assert coarse > fine
    assert max(len(grains), len(calm)) <= 200_000


def test_a_photo_held_sideways_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held with its right side up
    picture = Image.new("RGB", (60, 40), "blue")
    picture.paste("red", (0, 0, 30, 40))
    save(picture, tmp_path / "a.jpg", exif=exif, quality=95)

    printed = FileDarkroom(tmp_path).develop("a.jpg", BASE)

    assert (printed.width, printed.height) == (40, 60)
    red, _, blue = opened(printed.content).getpixel((20, 5))
    assert red > 200 > blue


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_a_camera_gives_the_same_upright_print(tmp_path: Path, orientation: int) -> None:
    upright = Image.new("RGB", (60, 40), "blue")
    upright.paste("red", (0, 0, 30, 20))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Exif's orientation → the turn of Pillow that undoes it
    turned = upright.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    save(turned, tmp_path / "a.jpg", exif=exif, quality=95)

    printed = FileDarkroom(tmp_path).develop("a.jpg", BASE)

    assert printed.negative is not None
    assert (printed.width, printed.height) == (60, 40) == (printed.negative.width, printed.negative.height)
    corner = opened(printed.content)
    assert corner.getpixel((8, 8))[0] > 200
    assert corner.getpixel((8, 32))[0] < 60
    assert corner.getpixel((50, 8))[2] > 200


def test_where_a_photo_was_taken_does_not_leave_the_house(tmp_path: Path) -> None:
    exif = Image.Exif()
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (41.0, 42.0, 30.0), 3: "E", 4: (44.0, 47.0, 24.0)})
    save(scene(), tmp_path / "a.jpg", exif=exif)
    assert opened((tmp_path / "a.jpg").read_bytes()).getexif().get_ifd(0x8825)

    printed = FileDarkroom(tmp_path).develop("a.jpg", BASE)

    assert not opened(printed.content).getexif()
    assert b"Exif" not in printed.content


def test_a_print_remembers_how_the_picture_lay(tmp_path: Path) -> None:
    place = save(scene(3000, 1500), tmp_path / "a.jpg")

    negative = FileDarkroom(tmp_path).develop("a.jpg", BASE).negative

    assert negative == Negative(bytes_length=place.stat().st_size, width=3000, height=1500, media_type="image/jpeg")


def test_what_can_be_seen_through_keeps_the_colours_of_its_profile(tmp_path: Path) -> None:
    plain_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = plain_profile.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ").replace(b"----", b"gXYZ")
    clear = Image.new("RGBA", (40, 40), (10, 200, 30, 128))
    save(clear, tmp_path / "plain.png")
    save(clear, tmp_path / "odd.png", icc_profile=swapped)
    room = FileDarkroom(tmp_path)

    plain, odd = (opened(room.develop(name, BASE).content).getpixel((20, 20)) for name in ("plain.png", "odd.png"))

    assert plain == (10, 200, 30, 128)
    assert odd[3] == 128
    assert max(abs(a - b) for a, b in zip(plain, odd, strict=True)) > 20


def test_a_print_carries_no_metadata(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "SECRET camera"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "SECRET words")
    save(scene(), tmp_path / "a.jpg", exif=exif, comment=b"SECRET comment", icc_profile=profile, xmp=b"<x>SECRET</x>")
    save(chart(), tmp_path / "b.png", exif=exif, pnginfo=words, icc_profile=profile)
    room = FileDarkroom(tmp_path)

    bits = [room.develop(name, BASE).content for name in ("a.jpg", "b.png")]

    assert bits[0].startswith(b"\xff\xd8")
    assert bits[1].startswith(b"\x89PNG")
    for content in bits:
        assert b"SECRET" not in content
        assert not {"exif", "icc_profile", "comment", "xmp"} & opened(content).info.keys()


def test_colours_of_a_wide_gamut_photo_are_converted_not_dropped(tmp_path: Path) -> None:
    plain_profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = plain_profile.replace(b"rXYZ", b"----").replace(b"gXYZ", b"rXYZ").replace(b"----", b"gXYZ")
    save(Image.new("RGB", (40, 40), (10, 200, 30)), tmp_path / "plain.jpg", quality=95)
    save(Image.new("RGB", (40, 40), (10, 200, 30)), tmp_path / "odd.jpg", quality=95, icc_profile=swapped)
    room = FileDarkroom(tmp_path)

    plain, odd = (opened(room.develop(name, BASE).content).getpixel((20, 20)) for name in ("plain.jpg", "odd.jpg"))

    assert abs(plain[1] - 200) < 5
    assert max(abs(a - b) for a, b in zip(plain, odd, strict=True)) > 20


def test_a_photo_with_a_broken_colour_profile_is_developed_all_the_same(tmp_path: Path) -> None:
    save(scene(), tmp_path / "a.jpg", icc_profile=b"no profile")

    assert FileDarkroom(tmp_path).develop("a.jpg", BASE).problem == ""


def test_a_chart_stays_png_exactly_and_a_photo_saved_as_png_becomes_jpeg(tmp_path: Path) -> None:
    save(chart(), tmp_path / "chart.png")
    save(scene(600, 400), tmp_path / "photo.png")
    room = FileDarkroom(tmp_path)

    drawn, shot = room.develop("chart.png", BASE), room.develop("photo.png", BASE)

    assert drawn.media_type == "image/png"
    assert opened(drawn.content).convert("RGB").tobytes() == chart().tobytes()
    assert shot.media_type == "image/jpeg"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_can_be_seen_through_stays_png(tmp_path: Path, mode: str) -> None:
    picture = scene().convert("RGBA")
    picture.putalpha(Image.new("L", picture.size, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 20, 20))
    save(picture.convert(mode) if mode != "P" else picture.quantize(16), tmp_path / "logo.png")

    printed = FileDarkroom(tmp_path).develop("logo.png", BASE)

    assert printed.media_type == "image/png"
    assert opened(printed.content).convert("RGBA").getpixel((5, 5))[3] == 0


@pytest.mark.parametrize("ending", ["jpg", "png", "gif", "webp", "tiff", "bmp", "avif"])
def test_every_common_kind_of_picture_becomes_jpeg_or_png(tmp_path: Path, ending: str) -> None:
    save(scene(), tmp_path / f"a.{ending}")

    printed = FileDarkroom(tmp_path).develop(f"a.{ending}", BASE)

    assert printed.problem == ""
    assert printed.media_type in {"image/jpeg", "image/png"}
    assert opened(printed.content).size == (64, 48)


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "I", "CMYK", "YCbCr"])
def test_every_colour_mode_keeps_its_middle_grey(tmp_path: Path, mode: str) -> None:
    deep = mode.startswith("I")
    picture = Image.new(mode, (32, 32), 128 * 256 if deep else 1) if deep or mode == "1" else None
    grey = Image.new("RGB", (32, 32), (128, 128, 128))
    picture = picture or (grey.quantize(4) if mode == "P" else grey.convert(mode))
    ending = "png" if mode in {"1", "L", "P", "I;16"} else "tiff"
    save(picture, tmp_path / f"a.{ending}")

    printed = FileDarkroom(tmp_path).develop(f"a.{ending}", BASE)

    shade = opened(printed.content).convert("L").getpixel((16, 16))
    assert shade == 255 if mode == "1" else abs(shade - 128) < 6


def test_the_same_photo_gives_the_same_bytes_in_another_room(tmp_path: Path) -> None:
    save(scene(1500, 900), tmp_path / "a.png")

    first, second = (FileDarkroom(tmp_path).develop("a.png", BASE) for _ in range(2))

    assert first == second


def test_a_photo_is_developed_again_only_when_it_changed(tmp_path: Path) -> None:
    place = save(scene(seed=1), tmp_path / "a.jpg")
    room = FileDarkroom(tmp_path)
    before = room.develop("a.jpg", BASE)

    assert room.develop("a.jpg", "https://other.example.org/").content is before.content

    save(scene(seed=2), place)
    os.utime(place, ns=(1, 1))
    assert room.develop("a.jpg", BASE).content != before.content


def test_the_newsletters_folder_goes_before_the_others(tmp_path: Path) -> None:
    save(scene(), tmp_path / "root" / "a.jpg")
    save(scene(80, 80), tmp_path / "more" / "a.jpg")
    save(scene(90, 90), tmp_path / "more" / "b.jpg")
    room = FileDarkroom(tmp_path / "root", [tmp_path / "more"])

    assert room.develop("a.jpg", BASE).width == 64
    assert room.develop("b.jpg", BASE).width == 90


@pytest.mark.parametrize(
    "src",
    ["../secret.jpg", "photos/../../secret.jpg", "{tmp}/secret.jpg", "link.jpg", "linked/secret.jpg", "/etc/passwd"],
)
def test_nothing_outside_the_folder_is_developed(tmp_path: Path, src: str) -> None:
    root = tmp_path / "newsletter"
    (root / "photos").mkdir(parents=True)
    save(scene(), tmp_path / "secret.jpg")
    (root / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (root / "linked").symlink_to(tmp_path)

    printed = FileDarkroom(root).develop(src.format(tmp=tmp_path), BASE)

    assert "lies outside the newsletter's folder" in printed.problem
    assert printed.content == b""


@pytest.mark.parametrize(
    ("src", "sentence"),
    [
        ("", "photo: no file is named; give src a path such as photos/market.jpg"),
        ("  \n", "photo: no file is named; give src a path such as photos/market.jpg"),
        ("photos/gone.jpg", "photos/gone.jpg: no such file in the newsletter's folder; put it there, or mend src"),
        (
            "photos/markt.jpg",
            "photos/markt.jpg: no such file in the newsletter's folder; did you mean photos/market.jpg?",
        ),
        ("photos", "photos: no such file in the newsletter's folder; put it there, or mend src"),
        ("file:///etc/passwd", "only files and http(s) addresses"),
        ("data:image/png;base64,AAAA", "only files and http(s) addresses"),
        ("photos\\market.jpg", "not a path; use forward slashes"),
        ("photos/a\0.jpg", "not a path"),
        ("photos/\ud800.jpg", "not a path"),
        ("x" * 5000, "no such file"),
        (".", "no such file"),
    ],
)
def test_a_photo_that_is_not_there_is_a_problem_of_one_line(tmp_path: Path, src: str, sentence: str) -> None:
    save(scene(), tmp_path / "photos" / "market.jpg")

    printed = FileDarkroom(tmp_path).develop(src, BASE)

    assert sentence in printed.problem
    assert "\n" not in printed.problem
    assert (printed.src, printed.url, printed.content) == (src, "", b"")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file is empty"),
        (b"<html>no</html>", "no picture that can be read"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "do not show SVG"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 40, "do not show HEIC"),
        (png_that_claims(20_000, 5_000), "100 million pixels, 65 million are the most"),
        (png_that_claims(60_000, 60_000), "65 million are the most"),
        (png_that_claims(300, 300), "a damaged one"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "no picture that can be read"),
    ],
)
def test_a_file_that_is_no_picture_is_a_problem_of_one_line(tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "a.jpg").write_bytes(content)

    printed = FileDarkroom(tmp_path).develop("a.jpg", BASE)

    assert printed.problem.startswith("a.jpg: ")
    assert sentence in printed.problem
    assert "\n" not in printed.problem


@pytest.mark.parametrize("ending", ["jpg", "png", "gif", "webp", "tiff", "avif"])
def test_a_truncated_picture_is_a_problem(tmp_path: Path, ending: str) -> None:
    place = save(scene(200, 200), tmp_path / f"a.{ending}")
    place.write_bytes(place.read_bytes()[:-200])

    assert "a damaged one" in FileDarkroom(tmp_path).develop(f"a.{ending}", BASE).problem


@pytest.mark.parametrize("ending", ["gif", "webp", "png"])
def test_a_moving_picture_is_a_problem(tmp_path: Path, ending: str) -> None:
    save(scene(seed=1), tmp_path / f"a.{ending}", save_all=True, append_images=[scene(seed=2)])

    assert "moving pictures" in FileDarkroom(tmp_path).develop(f"a.{ending}", BASE).problem


@settings(deadline=None, max_examples=60)
@given(ending=st.sampled_from(["jpeg", "png", "gif", "webp", "tiff", "bmp"]), cuts=st.data())
def test_no_damage_raises_or_warns(tmp_path_factory: pytest.TempPathFactory, ending: str, cuts: st.DataObject) -> None:
    written = io.BytesIO()
    scene(48, 48).save(written, ending)
    content = bytearray(written.getvalue())
    for _ in range(cuts.draw(st.integers(1, 6))):
        content[cuts.draw(st.integers(0, len(content) - 1))] = cuts.draw(st.integers(0, 255))
    place = tmp_path_factory.mktemp("damage") / "a.jpg"
    place.write_bytes(content)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        printed = FileDarkroom(place.parent).develop("a.jpg", BASE)

    assert bool(printed.content) != bool(printed.problem)
