"""Why a maker's library cannot be used, in the clerk's words."""

from typing import Final

from pos_client.card import words
from pos_client.errors import EnvironmentProblem
from pos_client.phrase import Phrase

#: By what the library's process calls it.
_WHY: Final = {
    "missing": Phrase("找不到这个文件", "there is no such file"),
    "no-library": Phrase("它不是程序库文件", "it is no library"),
    "other-machine": Phrase(
        "它的系统或位数和本机的不同，32 位的要在地址里写 python=",
        "it is for another system or word size; a 32-bit one needs python= in its address",
    ),
    "not-loadable": Phrase("它缺少别的文件或已损坏", "it lacks other files or is damaged"),
    "no-function": Phrase("它没有 iReadCardBas 功能", "it has no function iReadCardBas"),
    "overrun": Phrase("它写坏了内存", "it damages memory"),
    "no-python": Phrase("设置的 Python 运行不了它", "the Python of the settings cannot run it"),
}


def is_reason(why: str) -> bool:
    """Whether there is a sentence for what a library's process calls it."""
    return why in _WHY


def unusable(library: str, why: str, detail: str = "") -> EnvironmentProblem:
    """The problem with a library.

    Args:
        library: its file name.
        why: what its process calls it.
        detail: what the system said, for IT.
    """
    evidence = {"why": why, "detail": detail}
    return EnvironmentProblem(
        words.LIBRARY_UNUSABLE, evidence, library=library, why_zh=_WHY[why].zh, why_en=_WHY[why].en
    )
