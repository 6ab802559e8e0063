"""How a maker's library is named."""

import pytest

from pos_client.card.makers.target import LibraryTarget, parse


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/opt/maker/libreader.so", LibraryTarget("/opt/maker/libreader.so", 3, "")),
        (r"C:\reader\SSCard.dll?type=1", LibraryTarget(r"C:\reader\SSCard.dll", 1, "")),
        ("C:/读卡器 1/a+b%20&c.dll?type=4", LibraryTarget("C:/读卡器 1/a+b%20&c.dll", 4, "")),
        (r"\\server\share\SSCard.dll", LibraryTarget(r"\\server\share\SSCard.dll", 3, "")),
        ("/l.so?python=/usr/bin/python3", LibraryTarget("/l.so", 3, "/usr/bin/python3")),
        (r"C:\l.dll?type=2&python=C:\Python 32\python.exe", LibraryTarget(r"C:\l.dll", 2, r"C:\Python 32\python.exe")),
        (r"C:\l.dll?python=C:\p=32\python.exe&type=2", LibraryTarget(r"C:\l.dll", 2, r"C:\p=32\python.exe")),
    ],
)
def test_right_targets(text: str, meant: LibraryTarget) -> None:
    assert parse(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "libreader.so",
        "./libreader.so",
        "C:libreader.dll",
        "?type=1",
        "/l.so?",
        "/l.so?type=0",
        "/l.so?type=5",
        "/l.so?type=",
        "/l.so?type=1&type=1",
        "/l.so?type=1&",
        "/l.so?&type=1",
        "/l.so?python=",
        "/l.so?python=python3",
        "/l.so?port=1",
        "/l.so?type=1?python=/usr/bin/python3",
    ],
)
def test_wrong_targets(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("path", ["/opt/maker/libreader.so", r"C:\maker\libreader.so", r"\\server\maker\libreader.so"])
def test_the_clerk_hears_the_file_name_only(path: str) -> None:
    assert LibraryTarget(path).file_name == "libreader.so"
