"""The outbox: whole or not at all, the same again when run again, and nothing outside it."""

import ctypes
import hashlib
import inspect
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from composer.errors import OutboxError
from composer.outlets import FolderOutlet
from composer.outlets.swap import exchange
from composer.parcels import File, Parcel

ROOT = Path(__file__).resolve().parent.parent
NOBODY = 65534


def file(path: str, words: str) -> File:
    return File(path=path, content=words.encode())


def parcel(words: str = "first") -> Parcel:
    page = (file("index.html", f"page {words}"), file("photos/a-1.jpg", "photo"))
    mail = (file("email.html", f"mail {words}"), file("email.txt", words))
    pointers = (file("site/index.html", f"archive {words}"), file("site/feed.xml", f"feed {words}"))
    return Parcel(folders=(("site/editions/salt", page), ("mail/salt", mail)), pointers=pointers)


def everything(root: Path) -> dict[str, bytes]:
    return {place.relative_to(root).as_posix(): place.read_bytes() for place in root.rglob("*") if place.is_file()}


def contents(given: Parcel) -> dict[str, bytes]:
    below = {f"{folder}/{one.path}": one.content for folder, files in given.folders for one in files}
    return {**below, **{pointer.path: pointer.content for pointer in given.pointers}}


def states(root: Path) -> dict[str, tuple[int, int]]:
    return {
        name: (place.stat().st_ino, place.stat().st_mtime_ns) for name in everything(root) if (place := root / name)
    }


@contextmanager
def ordinary_user(folder: Path) -> Iterator[None]:
    """Be somebody whom permissions bind, for root is not."""
    if os.geteuid() != 0:
        yield
        return
    for place in (folder, *folder.rglob("*")):
        os.chown(place, NOBODY, NOBODY)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that every user can reach; pytest's own belong to who runs it."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_delivery_writes_every_file_and_nothing_else(tmp_path: Path) -> None:
    FolderOutlet(tmp_path / "outbox").deliver(parcel())

    assert everything(tmp_path / "outbox") == contents(parcel())
    assert sorted(place.name for place in (tmp_path / "outbox").iterdir()) == ["mail", "site"]


def test_a_receipt_names_what_was_written(tmp_path: Path) -> None:
    receipt = FolderOutlet(tmp_path).deliver(parcel())

    assert receipt.root == str(tmp_path)
    assert receipt.written == tuple(contents(parcel()))
    assert receipt.unchanged == ()


def test_a_manifest_is_the_sum_of_what_sha256sum_prints(tmp_path: Path) -> None:
    receipt = FolderOutlet(tmp_path).deliver(parcel())

    names = sorted(contents(parcel()))
    lines = [f"{hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    assert receipt.manifest_sha256 == hashlib.sha256("".join(lines).encode()).hexdigest()


def test_the_same_delivery_again_touches_nothing(tmp_path: Path) -> None:
    first = FolderOutlet(tmp_path).deliver(parcel())
    before = states(tmp_path)

    second = FolderOutlet(tmp_path).deliver(parcel())

    assert states(tmp_path) == before
    assert second.written == ()
    assert second.unchanged == first.written
    assert second.manifest_sha256 == first.manifest_sha256


def test_a_changed_edition_is_replaced_and_what_did_not_change_keeps_its_time(tmp_path: Path) -> None:
    FolderOutlet(tmp_path).deliver(parcel())
    os.utime(tmp_path / "site/editions/salt/photos/a-1.jpg", ns=(5, 5))

    receipt = FolderOutlet(tmp_path).deliver(parcel("second"))

    assert everything(tmp_path) == contents(parcel("second"))
    assert receipt.unchanged == ("site/editions/salt/photos/a-1.jpg",)
    assert (tmp_path / "site/editions/salt/photos/a-1.jpg").stat().st_mtime_ns == 5


def test_a_file_that_left_the_edition_leaves_the_outbox(tmp_path: Path) -> None:
    files = (file("index.html", "page"), file("old.jpg", "old"))
    FolderOutlet(tmp_path).deliver(Parcel(folders=(("site/salt", files),)))

    receipt = FolderOutlet(tmp_path).deliver(Parcel(folders=(("site/salt", files[:1]),)))

    assert list(everything(tmp_path)) == ["site/salt/index.html"]
    assert receipt.written == ("site/salt/",)


def test_editions_of_other_deliveries_stay(tmp_path: Path) -> None:
    FolderOutlet(tmp_path).deliver(parcel())
    (tmp_path / "site" / "CNAME").write_text("news.example.org")

    FolderOutlet(tmp_path).deliver(Parcel(folders=(("site/editions/bread", (file("index.html", "bread"),)),)))

    assert len(everything(tmp_path)) == len(contents(parcel())) + 2


@pytest.mark.parametrize(
    "path",
    [
        "../a", "a/../../b", "/a", "a//b", "a/", "", ".", "./a", "..", "a\\b", "a\0b", "a\nb", "C:/a", "C:a", "con", "aux.txt",
        "a/NUL.html", "com1", "a.", "a ", ".stage/a", ".STAGE", "\ud800", "x" * 256, "a?b", "a*b", "a|b", "<a>",
    ],
)  # fmt: skip
def test_a_path_that_could_lead_elsewhere_is_refused(tmp_path: Path, path: str) -> None:
    outbox = tmp_path / "outbox"
    below = Parcel(folders=(("site", (file(path, "x"),)),)) if path not in {".stage/a", ".STAGE"} else None

    for bad in (Parcel(pointers=(file(path, "x"),)), Parcel(folders=((path, (file("a", "x"),)),)), below):
        if bad:
            with pytest.raises(OutboxError, match="cannot be a path in the outbox"):
                FolderOutlet(outbox).deliver(bad)
    assert not outbox.exists()


ODD = st.lists(st.sampled_from(["/", ".", "..", "a", "\\", "\0", "C:", "~", "é", " ", "\u2025", "%2e"]), max_size=8)


@settings(deadline=None, max_examples=100)
@given(parts=ODD)
def test_no_path_escapes(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    above = tmp_path_factory.mktemp("above")

    with suppress(OutboxError):
        FolderOutlet(above / "outbox").deliver(Parcel(pointers=(file("".join(parts), "x"),)))

    assert {place.name for place in above.iterdir()} <= {"outbox"}


@pytest.mark.parametrize(
    "paths", [("site", "site"), ("site", "Site"), ("site", "site/editions"), ("caf\u00e9", "cafe\u0301")]
)
def test_two_paths_that_meet_are_refused(tmp_path: Path, paths: tuple[str, str]) -> None:
    with pytest.raises(OutboxError, match="in the same delivery"):
        FolderOutlet(tmp_path).deliver(Parcel(folders=tuple((path, ()) for path in paths)))


def test_a_pointer_inside_a_folder_of_the_same_delivery_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutboxError, match="in the same delivery"):
        FolderOutlet(tmp_path).deliver(Parcel(folders=(("site", ()),), pointers=(file("site/feed.xml", ""),)))


def test_a_link_out_of_the_outbox_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outbox").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "outbox" / "site").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OutboxError, match="a link leads out of"):
        FolderOutlet(tmp_path / "outbox").deliver(parcel())
    assert everything(tmp_path / "elsewhere") == {}


@pytest.mark.parametrize("place", ["", "site", "site/editions", "site/editions/salt", "mail"])
def test_a_file_where_a_folder_must_be_is_named(tmp_path: Path, place: str) -> None:
    outbox = tmp_path / "outbox"
    (outbox / place).parent.mkdir(parents=True, exist_ok=True)
    (outbox / place).write_text("mine")

    with pytest.raises(OutboxError) as caught:
        FolderOutlet(outbox).deliver(parcel())

    assert str(caught.value).startswith(str(outbox / place))
    assert "a file stands where a folder must be" in str(caught.value)
    assert (outbox / place).read_text() == "mine"


def test_a_folder_where_a_pointer_must_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "site" / "feed.xml").mkdir(parents=True)

    with pytest.raises(OutboxError, match=r"feed\.xml: a folder stands where a file must be"):
        FolderOutlet(tmp_path).deliver(parcel())
    assert everything(tmp_path) == {}


@pytest.mark.parametrize("locked", ["", "site", "site/editions", "site/editions/salt", "mail"])
def test_without_permission_nothing_changes(open_folder: Path, locked: str) -> None:
    outbox = open_folder / "outbox"
    FolderOutlet(outbox).deliver(parcel())

    with ordinary_user(open_folder):
        (outbox / locked).chmod(0o555)
        with pytest.raises(OutboxError, match="you may not write there") as caught:
            FolderOutlet(outbox).deliver(parcel("second"))
        (outbox / locked).chmod(0o755)

    assert "\n" not in str(caught.value)
    assert everything(outbox) == contents(parcel())


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"tmpfs", str(folder).encode(), b"tmpfs", 0, options.encode()) != 0:
        pytest.skip("NOT TESTED ON A REAL SMALL DISK: mounting is not allowed here; run as root")
    try:
        yield
    finally:
        libc.umount2(str(folder).encode(), 2)


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED ON A REAL SMALL DISK: needs Linux")
@pytest.mark.parametrize("fat", ["page", "pointer"])
def test_on_a_full_disk_the_old_stands_whole(tmp_path: Path, fat: str) -> None:
    big = "x" * 400_000
    second = parcel("second")
    page = Parcel(
        folders=(*second.folders, ("site/editions/fat", (file("index.html", big),))), pointers=second.pointers
    )
    pointer = Parcel(folders=second.folders, pointers=(*second.pointers, file("site/fat.xml", big)))

    with mounted(tmp_path, "size=300k"):
        FolderOutlet(tmp_path).deliver(parcel())
        with pytest.raises(OutboxError) as caught:
            FolderOutlet(tmp_path).deliver(page if fat == "page" else pointer)
        assert everything(tmp_path) == contents(parcel())
        assert not (tmp_path / ".stage").exists()
        FolderOutlet(tmp_path).deliver(second)
        assert everything(tmp_path) == contents(second)

    assert str(caught.value).startswith(f"{tmp_path}: the disk is full; free some space")


@pytest.mark.skipif(sys.platform != "linux", reason="NOT TESTED ON A READ-ONLY DISK: needs Linux")
def test_on_a_read_only_disk_nothing_is_written(tmp_path: Path) -> None:
    with mounted(tmp_path, "ro"), pytest.raises(OutboxError, match="the disk is read-only; make it writable"):
        FolderOutlet(tmp_path).deliver(parcel())


# What the programs below need of this file, without the weight of its imports.
OURS = "\n".join(
    [
        "from pathlib import Path",
        "from composer.errors import OutboxError",
        "from composer.parcels import File, Parcel",
        "from composer.outlets import FolderOutlet",
        "def never(*_): return False",
        *(inspect.getsource(function) for function in (file, parcel, everything, contents)),
    ]
)
SURROUNDINGS = {**os.environ, "PYTHONPATH": str(ROOT)}


def command(words: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", OURS + words, *arguments]


def program(words: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(words, *arguments), env=SURROUNDINGS, capture_output=True, text=True, check=False)


@pytest.fixture
def quick_folder(tmp_path: Path) -> Iterator[Path]:
    """Give a folder in memory where there is one: hundreds of deliveries need no real disk."""
    if not Path("/dev/shm").is_dir():  # noqa: S108 - a folder of our own is made in it
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        yield Path(name)


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    FolderOutlet(Path(sys.argv[1])).deliver(Parcel(pointers=(File(path="site/feed.xml", content=b"x" * 2000),)))
except OutboxError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limits")
def test_a_file_over_the_limit_leaves_the_old_one_whole(tmp_path: Path) -> None:
    FolderOutlet(tmp_path).deliver(Parcel(pointers=(file("site/feed.xml", "old"),)))

    ended = program(LIMITED, str(tmp_path))

    assert "a file is larger than this disk or your limits allow" in ended.stdout
    assert everything(tmp_path) == {"site/feed.xml": b"old"}


# A child is killed before its n-th touch of the file system, for every n: Python tells an audit hook of each.
KILLED = """
import os, signal, sys

TOUCHES = {"open", "os.rename", "os.mkdir", "os.rmdir", "os.remove"}
root, old, new = Path(sys.argv[1]), parcel("old"), parcel("new")
outlet = FolderOutlet(root, never) if sys.argv[2] == "renames" else FolderOutlet(root)

def die_at(number):
    seen = 0
    def hook(event, arguments):
        nonlocal seen
        seen += event in TOUCHES
        if seen == number and event in TOUCHES:  # the kill itself is told to the hook as well
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

def whole(name, found):
    sides = (contents(old), contents(new))
    return any(all(found.get(path) == side[path] for path in side if path.startswith(name)) for side in sides)

number = 0
while True:
    number += 1
    outlet.deliver(old)
    child = os.fork()
    if child == 0:
        die_at(number)
        outlet.deliver(new)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    found = everything(root)
    for pointer in old.pointers:
        assert whole(pointer.path, found), (number, pointer.path)
    for folder, _ in old.folders:
        gone = not (root / folder).exists()
        assert not gone or sys.argv[2] == "renames", number  # two folders that change places are always there
        kept = list((root / ".stage" / "former").rglob(Path(folder).name)) if gone else []
        assert kept or whole(folder + "/", found), (number, folder)
    if number % 2:
        outlet.deliver(new)
        assert everything(root) == contents(new), number
    else:
        outlet.deliver(type(new)())
        found = everything(root)
        assert all(whole(name, found) for name, _ in old.folders), number
        assert not (root / ".stage").exists(), number
    if status == 0:
        break
print(number)
"""


@pytest.fixture(params=["renames", "changing places"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name a way to put a folder into another's place: two renames, or one step where the system has it."""
    if request.param != "renames":
        (tmp_path / "one").mkdir()
        (tmp_path / "other").mkdir()
        if not exchange(tmp_path / "one", tmp_path / "other"):
            pytest.skip("two folders cannot change places here")
    return str(request.param)


def test_two_folders_change_places(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "words").write_text(name)
    able = exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "words").read_text() == ("other" if able else "one")
    assert (tmp_path / "other" / "words").read_text() == ("one" if able else "other")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such step")
def test_a_folder_that_is_away_cannot_change_places(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    with pytest.raises(FileNotFoundError):
        exchange(tmp_path / "one", tmp_path / "away")
    assert (tmp_path / "one").is_dir()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_step_a_delivery_run_again_ends_byte_right(quick_folder: Path, way: str) -> None:
    ended = program(KILLED, str(quick_folder / "outbox"), way)

    assert ended.stderr == ""
    assert int(ended.stdout) > 40


FAILING = """
import errno, sys

root, failing, seen = Path(sys.argv[1]), 0, 0
outlet = FolderOutlet(root, never) if sys.argv[2] == "renames" else FolderOutlet(root)

def hook(event, arguments):
    global seen
    if event == "os.rename":
        seen += 1
        if seen == failing:
            raise OSError(errno.EIO, "Input/output error", str(arguments[1]))

sys.addaudithook(hook)
for step in range(1, 99):
    failing = 0
    outlet.deliver(parcel("old"))
    failing, seen = step, 0
    try:
        outlet.deliver(parcel("new"))
    except OutboxError as error:
        assert "Input/output error" in str(error), error
        assert everything(root) == contents(parcel("old")), (step, str(error))
    else:
        break
print(step)
"""


def test_a_rename_that_fails_is_undone_with_all_before_it(tmp_path: Path, way: str) -> None:
    ended = program(FAILING, str(tmp_path / "outbox"), way)

    assert ended.stderr == ""
    # Two folders are two renames each, or one step; two pointers one each; one more is where none fails.
    assert int(ended.stdout) == (7 if way == "renames" else 5)


ALTERNATING = """
import itertools, sys
print("ready", flush=True)
for number in itertools.count():
    FolderOutlet(Path(sys.argv[1])).deliver(parcel("ab"[number % 2] * 50_000))
"""


def test_a_reader_never_sees_a_torn_file_while_publishers_are_killed(tmp_path: Path, way: str) -> None:
    tmp_path = tmp_path / "outbox"
    FolderOutlet(tmp_path).deliver(parcel("a" * 50_000))
    pattern = re.compile(rb"(?:archive|feed|page|mail) ?(?:a{50000}|b{50000})|a{50000}|b{50000}|photo")
    pointers, read = [pointer.path for pointer in parcel().pointers], 0
    # Where folders change places, their files are there at every moment too.
    folders = ["site/editions/salt/index.html", "mail/salt/email.txt"] if way == "changing places" else []
    for kill in range(6):
        with subprocess.Popen(
            command(ALTERNATING, str(tmp_path)), env=SURROUNDINGS, stdout=subprocess.PIPE
        ) as publisher:
            assert publisher.stdout is not None
            publisher.stdout.readline()
            for _ in range(40 + 37 * kill):
                for name in [*pointers, *folders]:
                    assert pattern.fullmatch((tmp_path / name).read_bytes())
                    read += 1
            publisher.kill()

    FolderOutlet(tmp_path).deliver(parcel("b" * 50_000))

    assert everything(tmp_path) == contents(parcel("b" * 50_000))
    assert read > 1000


def test_two_publishers_at_once_wait_for_each_other(tmp_path: Path) -> None:
    words = """
import sys
for _ in range(15):
    FolderOutlet(Path(sys.argv[1])).deliver(parcel(sys.argv[2]))
"""
    commands = [command(words, str(tmp_path), name) for name in ("one", "two")]
    running = [subprocess.Popen(one, env=SURROUNDINGS, stderr=subprocess.PIPE) for one in commands]

    assert [one.communicate()[1] for one in running] == [b"", b""]
    assert everything(tmp_path) in (contents(parcel("one")), contents(parcel("two")))
