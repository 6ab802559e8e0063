"""Policies to test with: the shipped ones, and copies of them with a few lines changed."""

from datetime import date
from pathlib import Path

from pos_client.benefit import Policy, PolicyLibrary

SHIPPED = PolicyLibrary.shipped()
FOLDER = Path(__file__).parents[2] / "pos_client" / "benefit" / "policies"


def yizheng(on: date = date(2010, 5, 4)) -> Policy:
    return SHIPPED.pick("yizheng", on)


def changed(folder: Path, name: str, *changes: tuple[str, str]) -> PolicyLibrary:
    """The shipped policies, one file of them (``yizheng/2010-01-01``) with texts replaced."""
    source = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in source, old
        source = source.replace(old, new)
    for other in FOLDER.glob("cn/*.toml"):
        write(folder, f"cn/{other.stem}", other.read_text(encoding="utf-8"))
    write(folder, name, source)
    return PolicyLibrary.open(folder)


def write(folder: Path, name: str, source: str) -> Path:
    """Writes a policy file such as ``yizheng/2010-01-01`` into a folder of policies."""
    path = folder / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return path
