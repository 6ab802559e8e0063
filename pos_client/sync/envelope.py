"""The envelope of the national interface: what goes round a request, and what is read out of an answer.

Reading is lenient where real gateways differ (protocol, 1.2): ``output`` may be a JSON text instead of an object,
numbers may be texts, a list of one may come as the one, ``null``, ``""`` and missing are the same. Nothing else is
guessed. Numbers are read as exact decimals.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import simplejson

from pos_client.runtime import SHANGHAI, shanghai
from pos_client.sync.region import Region

WIRE_TIME = "%Y-%m-%d %H:%M:%S"
_STAMP = "%Y%m%d%H%M%S"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: institution and operator."""

    institution_code: str
    institution_name: str
    operator: str
    operator_name: str


@dataclass(frozen=True, slots=True)
class Request:
    """One transaction to be sent."""

    transaction: str
    input: Mapping[str, object]
    place_of_insurance: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """A readable answer, accepted or refused by the bureau.

    ``reference`` is the bureau's own number of it (inf_refmsgid); ``received_at`` is when the bureau says to have got
    the message, ``responded_at`` when it answered.
    """

    accepted: bool
    error_message: str
    output: Mapping[str, Any]
    reference: str
    received_at: datetime | None
    responded_at: datetime | None
    raw: str


class UnreadableError(Exception):
    """An answer that is none of the interface."""


def wire_time(instant: datetime) -> str:
    """An instant as the interface writes it, Asia/Shanghai."""
    return shanghai(instant).strftime(WIRE_TIME)


def request_body(
    region: Region, sender: Sender, request: Request, *, message_id: str, sign_no: str, now: datetime
) -> str:
    """The whole JSON of one request (protocol, 1.1)."""
    envelope: dict[str, object] = {
        "infno": request.transaction,
        "msgid": message_id,
        "mdtrtarea_admvs": "",
        "insuplc_admdvs": request.place_of_insurance,
        "recer_sys_code": "",
        "dev_no": "",
        "dev_safe_info": "",
        "cainfo": "",
        "signtype": "",
        "infver": "",
        "opter_type": "",
        "opter": sender.operator,
        "opter_name": sender.operator_name,
        "inf_time": wire_time(now),
        "fixmedins_code": sender.institution_code,
        "fixmedins_name": sender.institution_name,
        "sign_no": sign_no,
    }
    body = envelope | dict(region.envelope) | {"input": request.input}
    numbers_as_text = region.transport.numbers == "string"
    return simplejson.dumps(_numbers_as_text(body) if numbers_as_text else body, ensure_ascii=False, use_decimal=True)


def place_of_insurance(body: str) -> str:
    """The insuplc_admdvs of a request that was sent: whatever undoes it must go to the same place."""
    return str(simplejson.loads(body)["insuplc_admdvs"])


def signed(body: str, sign_no: str) -> str:
    """The body with the present sign-in number; it may have been written before today's sign-in."""
    document = simplejson.loads(body, use_decimal=True)
    if document["sign_no"] == sign_no:
        return body
    return simplejson.dumps(document | {"sign_no": sign_no}, ensure_ascii=False, use_decimal=True)


def same_request(body: str) -> Request:
    """The transaction of a request that was sent, to be sent again under a number of its own."""
    document = simplejson.loads(body, use_decimal=True)
    return Request(str(document["infno"]), document["input"], str(document["insuplc_admdvs"]))


def _numbers_as_text(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _numbers_as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_numbers_as_text(one) for one in value]
    return value if isinstance(value, str) else str(value)


def read_answer(body: bytes) -> Answer:
    """Reads an answer.

    Raises:
        UnreadableError: not UTF-8, not JSON, no object, an ``infcode`` that is neither 0 nor −1, or an ``output``
            that is no object where one belongs.
    """
    try:
        raw = body.decode("utf-8")
        envelope = simplejson.loads(raw, use_decimal=True)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise UnreadableError(f"not JSON: {type(error).__name__}") from error
    if not isinstance(envelope, dict) or "infcode" not in envelope:
        raise UnreadableError("no envelope of the interface")
    code = str(envelope["infcode"]).strip()
    if code not in ("0", "-1"):
        raise UnreadableError(f"infcode {code[:20]!r}")
    return Answer(
        accepted=code == "0",
        error_message=str(envelope.get("err_msg") or "").strip(),
        output=_output(envelope.get("output")) if code == "0" else {},
        reference=str(envelope.get("inf_refmsgid") or "").strip(),
        received_at=_stamp(envelope, "refmsg_time", "respond_time"),
        responded_at=_stamp(envelope, "respond_time", "refmsg_time"),
        raw=raw,
    )


def _output(output: object) -> Mapping[str, Any]:
    if output in (None, "", []):
        return {}
    if isinstance(output, str):
        try:
            output = simplejson.loads(output, use_decimal=True)
        except (ValueError, RecursionError) as error:
            raise UnreadableError("output is a text that is no JSON") from error
    if isinstance(output, list):  # 5204 has no node around its rows
        return {"": output}
    if not isinstance(output, dict):
        raise UnreadableError("output is no object")
    return output


def _stamp(envelope: Mapping[str, object], *names: str) -> datetime | None:
    """The bureau's clock in the first of these fields (17 digits) that is readable, or None."""
    for name in names:
        digits = str(envelope.get(name) or "")
        try:
            second = datetime.strptime(digits[:14], _STAMP).replace(tzinfo=SHANGHAI)
        except ValueError:
            continue
        return second + timedelta(milliseconds=int(digits[14:17]) if digits[14:17].isdecimal() else 0)
    return None


def node(output: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """A node that is one object; a list of one is the same.

    Raises:
        UnreadableError: it is missing or is no object.
    """
    rows = rows_of(output, name)
    if len(rows) != 1:
        raise UnreadableError(f"{name} holds {len(rows)} objects instead of one")
    return rows[0]


def rows_of(output: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """A node that is a list of objects; one object alone is a list of one, a missing node is empty.

    Raises:
        UnreadableError: something in it is no object.
    """
    found = output.get(name)
    if found in (None, ""):
        return []
    rows = found if isinstance(found, list) else [found]
    if not all(isinstance(row, Mapping) for row in rows):
        raise UnreadableError(f"{name} is no object")
    return rows
