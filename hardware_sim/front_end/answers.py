"""Good answers made bad: what the faults of the wire do to an answer before it goes back."""

from decimal import Decimal
from typing import Final

import simplejson

from .bureau import Answer

#: Who and what a made-up answer speaks of; nothing in the simulated region has these numbers.
_ANOTHER: Final = {
    "psn_no": "43990000000000000000009999",
    "psn_name": "另一人",
    "certno": "439999190001010000",
    "mdtrt_id": "439900S9999999999999",
    "setl_id": "439900S9999999999999",
    "medins_setl_id": "P43999999999202601010000009999",
}


def foreign(answer: Answer, of_another: Answer | None) -> Answer:
    """The answer of another message; with none yet, this one in another person's name under another message id."""
    if of_another is not None:
        return of_another
    return {**answer, "output": _in_another_name(answer["output"])}


def _in_another_name(value: object, name: str = "") -> object:
    if isinstance(value, dict):
        return {key: _in_another_name(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_in_another_name(item) for item in value]
    return _ANOTHER.get(name, value) if isinstance(value, str) else value


def has_setlinfo(answer: Answer) -> bool:
    """Whether the answer tells the figures of a settlement or a trial."""
    return isinstance(answer["output"], dict) and "setlinfo" in answer["output"]


def string_for_object(answer: Answer) -> Answer:
    """A plain text where the figures should be."""
    return {**answer, "output": {**answer["output"], "setlinfo": "结算成功"}}


def string_typed(answer: Answer) -> Answer:
    """The dialect of some gateways: every number a text and ``output`` a JSON text (protocol 1.2)."""
    output = answer["output"]
    if not isinstance(output, str):
        output = simplejson.dumps(_numbers_as_text(output), use_decimal=True, ensure_ascii=False)
    return {**answer, "infcode": str(answer["infcode"]), "output": output}


def _numbers_as_text(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dict):
        return {key: _numbers_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_numbers_as_text(item) for item in value]
    return value
