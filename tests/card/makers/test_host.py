"""The process that runs a library: what an old interpreter without packages can run."""

import ast
import ctypes
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from pos_client.card.makers import host

SOURCE = Path(host.__file__).read_text(encoding="utf-8")


def test_it_is_written_for_python_3_7() -> None:
    ast.parse(SOURCE, feature_version=(3, 7))


def test_it_needs_nothing_but_old_parts_of_the_standard_library() -> None:
    imported = set()
    for node in ast.parse(SOURCE).body:
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported |= {f"{node.module}.{alias.name}" for alias in node.names}
    assert imported == {
        "__future__.annotations", "ctypes", "json", "os", "queue", "signal", "sys", "threading", "typing.TYPE_CHECKING",
    }  # fmt: skip


def test_the_name_that_a_32_bit_linker_gives_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    function = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int, ctypes.c_char_p)(lambda kind, _: -kind)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(host, "_loaded", lambda _: SimpleNamespace(**{"_iReadCardBas@8": function}))
    library = tmp_path / "SSCard.dll"
    library.touch()
    assert host.read_card(host.load(str(library)), 3) == {"number": -3, "said": ""}


def test_a_machine_is_told_from_its_programs() -> None:
    assert host.machine(sys.executable)
    assert host.machine(__file__) == b""
