"""The folders of templates and translations, in the checkout or the installed wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_INSTALLED = _PACKAGE / "resources"

_HOME = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent

TEMPLATES = _HOME / "templates"
TRANSLATIONS = _HOME / "translations"
