"""The figure that a house rule warns by: a number, ``"unset"``, or one entered by hand (``{ site = "…" }``)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from pos_client.benefit.answers import Answers
from pos_client.benefit.reasons import Held
from pos_client.benefit.shapes import WRONG_VALUE, Fault, Path

#: The source names no figure; beside it ``missing`` can be SITE_PARAM_MISSING or SITE_PARAM_OUT_OF_BOUNDS.
NOT_SET: Final = "UNSET"


class Threshold(NamedTuple):
    """A figure to warn by, or the reason code why there is none; without one nothing ever raises an alarm."""

    number: Decimal | None
    missing: str = ""


def compile_threshold(written: object, path: Path, entered: Answers) -> Threshold:
    """The threshold as written in a policy file that has passed its checks.

    Raises:
        Fault: it is below zero, or a list of rows: a house rule looks at many bills, so no bill's facts can pick a row.
    """
    if written == "unset":
        return Threshold(None, NOT_SET)
    if isinstance(written, Mapping):
        try:
            return Threshold(entered.entered(written["site"]))
        except Held as held:
            return Threshold(None, held.reason)
    if isinstance(written, list) or Decimal(str(written)) < 0:
        zh, en = '不小于零的数、"unset" 或 { site = "…" }', 'a number not below zero, "unset" or { site = "…" }'
        raise Fault(WRONG_VALUE, path, expected_zh=zh, expected_en=en)
    return Threshold(Decimal(str(written)))
