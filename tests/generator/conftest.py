import shutil
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT


@pytest.fixture(scope="module")
def copy_of_first(tmp_path_factory) -> Path:
    """The content of this repository, to be changed at random."""
    root = tmp_path_factory.mktemp("organisation")
    shutil.copy(CHECKOUT / "site.yaml", root)
    shutil.copytree(CHECKOUT / "content", root / "content")
    return root
