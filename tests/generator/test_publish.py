import fcntl
import os
import re
import shutil
import subprocess
import sys
from threading import Thread
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.languages import tool_messages
from generator.publish import MESSAGES, PublishError, publish
from tests.conftest import edit, need
from tests.support.publishing_program import PAGES, pages, version_at

PUBLISHER = (sys.executable, "-m", "tests.support.publishing_program")


@pytest.fixture
def site(tmp_path):
    return tmp_path / "public"


def files_of(site):
    return {
        file.relative_to(site).as_posix(): file.read_bytes()
        for file in site.rglob("*")
        if file.is_file()
    }


def builds_of(site):
    return sorted(build.name for build in (site.parent / ".builds").glob("public-*"))


def test_what_is_published_is_what_was_given(site):
    published = publish([("index.html", b"one"), ("a/b.css", b"two")], site)

    assert files_of(site) == {"index.html": b"one", "a/b.css": b"two"}
    assert published == (2, True)


def test_a_page_that_is_gone_is_gone_from_the_site(site):
    publish([("index.html", b"one"), ("old/index.html", b"two")], site)
    publish([("index.html", b"one")], site)

    assert files_of(site) == {"index.html": b"one"}


def test_the_same_content_again_changes_nothing(site):
    publish(pages(1), site)
    before = site.readlink()

    assert publish(pages(1), site) == (PAGES, False)
    assert site.readlink() == before


def test_files_that_did_not_change_are_shared(site):
    publish(pages(1), site)
    before = (site / "static/base.css").stat()
    publish(pages(2), site)

    assert (site / "static/base.css").stat().st_ino == before.st_ino
    assert version_at(site) == {"2"}


def test_the_site_before_is_kept_for_its_readers_and_no_older_one(site):
    publish(pages(1), site)
    first = site.resolve()
    publish(pages(2), site)
    second = site.resolve()
    publish(pages(3), site)

    assert builds_of(site) == sorted({second.name, site.resolve().name})
    assert not first.exists()


def test_two_sites_in_one_folder_leave_each_other_alone(site, tmp_path):
    other = tmp_path / "public-form"
    publish(pages(1), other)
    for version in (2, 3, 4):
        publish(pages(version), site)

    assert version_at(other) == {"1"}


def test_others_may_read_the_site_whatever_the_umask(site):
    before = os.umask(0o077)
    try:
        publish([("a/index.html", b"one")], site)
    finally:
        os.umask(before)

    modes = {oct(path.stat().st_mode & 0o777) for path in (site, site / "a")}
    assert modes == {"0o755"}
    assert (site / "a/index.html").stat().st_mode & 0o777 == 0o644


def test_the_whole_folder_can_be_moved(site, tmp_path):
    publish(pages(1), site)
    moved = tmp_path.rename(tmp_path.with_name("moved"))

    assert version_at(moved / "public") == {"1"}
    assert publish(pages(2), moved / "public").changed


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("content/notice.yaml", id="YAML"),
        pytest.param("build.py", id="source"),
        pytest.param("index.html~", id="a copy that an editor left"),
        pytest.param(".htaccess", id="a dotfile"),
        pytest.param(".git/config.txt", id="in a dotfolder"),
        pytest.param("../index.html", id="out of the tree"),
        pytest.param("a/../../index.html", id="out of the tree, in the middle"),
        pytest.param("/index.html", id="absolute"),
        pytest.param("a//index.html", id="without a name"),
        pytest.param("a\\index.html", id="backslash"),
        pytest.param("index.html\n", id="line break"),
        pytest.param("työ.svg", id="a letter that servers disagree on"),
        pytest.param("html", id="no ending"),
        pytest.param("", id="nothing"),
    ],
)
def test_only_kinds_of_file_that_belong_on_a_site_are_published(site, path):
    publish(pages(1), site)

    with pytest.raises(PublishError) as error:
        publish([("index.html", b"new"), (path, b"secret")], site)

    assert error.value.kind == "not_public"
    assert version_at(site) == {"1"}
    assert len(builds_of(site)) == 1


def test_one_address_is_not_published_twice(site):
    with pytest.raises(PublishError, match=r"“a\.html” would be published twice"):
        publish([("a.html", b"1"), ("a.html", b"2")], site)


def make_folder(site):
    site.mkdir()
    (site / "precious.txt").write_text("precious")


def make_file(site):
    site.write_text("precious")


def make_link_to_elsewhere(site):
    (site.parent / "elsewhere").mkdir()
    site.symlink_to("elsewhere")


@pytest.mark.parametrize("stand", [make_folder, make_file, make_link_to_elsewhere])
def test_what_stands_in_the_way_is_left_alone(site, stand):
    stand(site)
    before = site.lstat()

    with pytest.raises(PublishError, match="is not a site that this program made"):
        publish(pages(1), site)

    assert site.lstat() == before


def test_an_error_while_pages_are_made_leaves_the_site(site):
    def broken():
        yield "index.html", b"new"
        raise ZeroDivisionError

    publish(pages(1), site)
    with pytest.raises(ZeroDivisionError):
        publish(broken(), site)

    assert version_at(site) == {"1"}
    assert len(builds_of(site)) == 1


def test_a_file_in_place_of_the_builds_is_told(site):
    (site.parent / ".builds").write_text("")

    with pytest.raises(PublishError, match=r"“.*/\.builds” cannot be written \("):
        publish(pages(1), site)


@pytest.mark.parametrize("kind", MESSAGES)
def test_each_sentence_is_there_in_finnish(kind):
    english = MESSAGES[kind]
    finnish = tool_messages("fi").gettext(english)

    assert finnish != english
    assert re.findall(r"%\(\w+\)s", finnish) == re.findall(r"%\(\w+\)s", english)


# ---------------------------------------------------------------- killed, starved


def test_killed_at_any_moment_a_build_leaves_the_old_site_whole(site):
    publish(pages(0), site)
    seen = []
    with subprocess.Popen([*PUBLISHER, site, "--killed", "60"]) as publisher:
        while publisher.poll() is None:
            seen.append(as_read(site))
    publish(pages(9), site)

    assert publisher.returncode == 0
    assert len(seen) > 60
    assert [versions for versions in seen if len(versions) != 1] == []
    assert len(list((site.parent / ".builds").iterdir())) == 3  # two builds, the lock


def as_read(site):
    """Read the site; who is so slow that two others are published begins again."""
    while True:
        begun = site.readlink()
        try:
            return version_at(site)
        except FileNotFoundError:
            assert site.readlink() != begun


def test_two_builds_wait_for_each_other(site):
    told = []

    def first():
        told.append("first begins")
        second.start()
        yield from pages(1)
        told.append("first is through")

    def later():
        told.append("second begins")
        yield from pages(2)

    second = Thread(target=lambda: publish(later(), site))
    publish(first(), site)
    second.join()

    assert told == ["first begins", "first is through", "second begins"]
    assert version_at(site) == {"2"}


def test_builds_in_several_programs_never_mix(site):
    publish(pages(0), site)
    versions = [[str(n) for n in range(start, 20, 2)] for start in (1, 2)]
    programs = [subprocess.Popen([*PUBLISHER, site, *each]) for each in versions]
    seen = []
    while any(program.poll() is None for program in programs):
        seen.append(as_read(site))

    assert [program.wait() for program in programs] == [0, 0]
    assert [versions for versions in seen if len(versions) != 1] == []
    assert version_at(site) <= {"18", "19"}


def test_the_lock_goes_with_a_program_that_dies(site):
    subprocess.run([*PUBLISHER, site, "--killed", "1"], check=True)
    with (site.parent / ".builds/lock").open() as lock:
        assert fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB) is None


def test_a_quota_that_is_used_up_leaves_the_old_site(site):
    publish(pages(1), site)
    starved = [*PUBLISHER, site, "--largest-file", "1000"]
    run = subprocess.run(starved, check=False, capture_output=True, text=True)

    assert run.stderr == MESSAGES["disk_full"] + "\n"
    assert version_at(site) == {"1"}
    assert len(builds_of(site)) == 1


@pytest.fixture
def small_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "none", disk]
    if (
        os.geteuid()
        or subprocess.run(mount, check=False, capture_output=True).returncode
    ):
        pytest.skip("only root may mount a small disk; the quota is tested above")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_leaves_the_old_site(small_disk):
    site = small_disk / "public"
    publish(pages(1), site)

    with pytest.raises(PublishError, match="There is no room left on the disk"):
        publish(pages(2), site)

    assert version_at(site) == {"1"}
    assert len(builds_of(site)) == 1


# ---------------------------------------------------------------- the power goes


def traced(command, log):
    """Run a program and give the paths it synced and the places it renamed to."""
    watch = ["strace", "-f", "-y", "-qq", "-e", "trace=fsync,rename,renameat,renameat2"]
    need(shutil.which("strace"), "strace")
    allowed = subprocess.run([*watch, "-o", log, "true"], check=False).returncode == 0
    need(allowed, "the right to watch programs with strace")
    subprocess.run([*watch, "-o", log, *command], check=True)
    lines = log.read_text().splitlines()
    synced = [re.search(r"fsync\(\d+<(.+)>\) += 0", line) for line in lines]
    renamed = [re.search(r'rename.*"(.+?)"[^"]*\) += 0', line) for line in lines]
    return [(one or other)[1] for one, other in zip(synced, renamed, strict=True)]


def test_every_file_is_on_disk_before_the_site_points_at_it(site, tmp_path):
    """What is renamed first and synced later can be empty after a power cut."""
    publish(pages(1), site)
    places = traced([*PUBLISHER, site, "2"], tmp_path / "trace")
    swap = places.index(str(site))

    build = site.resolve()
    synced = {place.replace(".part", "") for place in places[:swap]}
    assert {str(path) for path in (build, *build.rglob("*"))} <= synced
    assert places[swap - 1] == str(build.parent)
    assert places[swap + 1 :] == [str(site.parent)]


# ---------------------------------------------------------------- as a command


def build(root):
    return CliRunner().invoke(main, ["build", "--root", str(root)])


def front(root):
    return (root / "public" / "index.html").read_text()


def test_a_build_that_waited_publishes_what_was_written_meanwhile(root, monkeypatch):
    def overtaken(lock, how):
        """Somebody edits and publishes while this build waits."""
        monkeypatch.undo()
        edit(root / "content" / "controller.yaml", "ry\n", "ry (uusi)\n")
        assert build(root).exit_code == 0
        fcntl.flock(lock, how)

    slow = SimpleNamespace(flock=overtaken, LOCK_EX=fcntl.LOCK_EX)
    monkeypatch.setattr("generator.publish.fcntl", slow)

    assert build(root).exit_code == 0
    assert "ry (uusi)" in front(root)


def test_a_build_elsewhere_makes_no_folder(tmp_path):
    assert build(tmp_path).exit_code == 2
    assert list(tmp_path.iterdir()) == []
