"""Two builds at a time: what is published last is what was written last."""

import fcntl
from types import SimpleNamespace

from click.testing import CliRunner

from generator.cli import main
from tests.conftest import edit


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
    monkeypatch.setattr("generator.build.fcntl", slow)

    assert build(root).exit_code == 0
    assert "ry (uusi)" in front(root)


def test_a_build_elsewhere_makes_no_folder(tmp_path):
    assert build(tmp_path).exit_code == 2
    assert list(tmp_path.iterdir()) == []
