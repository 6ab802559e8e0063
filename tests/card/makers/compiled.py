"""Makers' libraries for these tests: compiled from C, as good or as bad as a test wants them."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pos_client.card.makers import library

TEXT = (
    "519900|999999199001010016|A00000011|519900D1560000050000000A1A2B3C4D|张三|00814A44468660519900000001|3.00|"
    "20240601|20340601|000000000000||"
)
_PROGRAM = """
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#define TEXT "{text}"
{result} {name}(int type, char *out) {{
  {body}
}}
"""
GOOD = "strcpy(out, TEXT); return 0;"

#: Compiles the body of a library's function into a library.
Compile = Callable[..., Path]


def compiled(
    folder: Path, body: str, *, name: str = "iReadCardBas", result: str = "long", text: str = TEXT, link: str = ""
) -> Path:
    """A shared library whose one function does ``body``."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.fail("these tests compile libraries from C: install gcc")
    octal = "".join(f"\\{byte:03o}" for byte in text.encode("gb18030"))
    source = folder / "reader.c"
    source.write_text(_PROGRAM.format(text=octal, name=name, result=result, body=body))
    built = folder / "libreader.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-w", "-o", built, source, *link.split()], check=True)
    return built


def library_processes(parent: int) -> list[int]:
    """The processes that run a library for ``parent``."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            its_parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:  # it ended just now
            continue
        if its_parent == parent and str(library._HOST).encode() in command:
            found.append(int(process.name))
    return found


def is_running(process: int) -> bool:
    """Whether a process does anything yet; one that ended and was not buried does not count."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def own_library_processes() -> list[int]:
    """The processes that run a library for this test."""
    return library_processes(os.getpid())
