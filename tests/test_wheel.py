"""A wheel, installed elsewhere, builds a site: nothing of the checkout is needed."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from tests.conftest import CHECKOUT

PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


def test_an_installed_wheel_builds_a_site(root, tmp_path):
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    wheel = [*PIP, "wheel", *offline, "--wheel-dir", tmp_path, CHECKOUT]
    subprocess.run(wheel, check=True)
    (made,) = tmp_path.glob("*.whl")
    elsewhere = tmp_path / "elsewhere"
    venv.create(elsewhere)
    python = elsewhere / "bin" / "python"
    target = next(elsewhere.glob("lib/*/site-packages"))
    subprocess.run([*PIP, "install", *offline, "--target", target, made], check=True)
    # The libraries of this environment, without its link to the checkout.
    Path(target / "libraries.pth").write_text(sysconfig.get_path("purelib"))

    command = [python, "-m", "generator", "build", "--root", root]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, check=False
    )

    assert done.stderr == ""
    assert (root / "public" / "en" / "rights" / "index.html").is_file()
    assert "Suomi" in (root / "public" / "index.html").read_text()
