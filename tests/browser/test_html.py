"""The HTML validator finds nothing on any page."""

import shutil
import subprocess

import pytest

from tests.browser.conftest import NODE_MODULES
from tests.conftest import need


@pytest.mark.parametrize("organisation", ["small_site", "first_site"])
def test_vnu_finds_nothing(request, tmp_path, organisation):
    jar = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    need(jar.is_file(), "vnu-jar (npm ci --prefix .ci)")
    need(shutil.which("java"), "Java")
    for path, content in request.getfixturevalue(organisation).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)

    command = ["java", "-jar", jar, "--skip-non-html", "--also-check-css", tmp_path]
    found = subprocess.run(command, capture_output=True, text=True, check=False)

    assert found.stderr == ""
