"""How long the check of many registers takes, and in how much memory.

python benchmarks/check_many.py [REGISTERS …]
"""

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from generator.checks.runner import check
from generator.content.reader import read_content

SAMPLE = Path(__file__).parents[1] / "tests" / "content"
LIMIT = 300  # MB


def many(root: Path, count: int) -> None:
    """Write an organisation with many registers that share the catalogues."""
    shutil.copytree(SAMPLE, root)
    folder = root / "content" / "registers"
    texts = [file.read_text() for file in sorted(folder.glob("[mn]*.yaml"))]
    for number in range(count):
        text = texts[number % len(texts)]
        first, _, rest = text.partition("\n")
        (folder / f"more-{number}.yaml").write_text(f"{first}-{number}\n{rest}")
    notice = root / "content" / "notice.yaml"
    lines = notice.read_text().splitlines(keepends=True)
    notice.write_text("".join(x for x in lines if not x.startswith("registers:")))


def measure(count: int) -> None:
    """Tell seconds and megabytes of one check, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "organisation"
        many(root, count)
        start = time.perf_counter()
        content = read_content(root)
        read = time.perf_counter()
        found = check(content, today=date(2026, 11, 22))
        end = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:5} registers: read {read - start:5.2f} s, "
        f"checked {end - read:5.2f} s, {memory:4.0f} MB, "
        f"{len(found.findings)} findings"
    )
    sys.exit(memory > LIMIT)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    for each in sys.argv[1:] or ["10", "100", "1000"]:
        subprocess.run([sys.executable, __file__, "--one", each], check=True)
