"""Records in, records out, line by line and in the same order: what ``pos-client split`` does."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NoReturn

from pos_client.benefit.facts import Bill
from pos_client.benefit.library import NoVersionInForce, PolicyLibrary, UnknownPolicy
from pos_client.benefit.policy import Policy
from pos_client.benefit.reasons import NO_POLICY_VERSION
from pos_client.benefit.record_reading import MISSING, NOT_A_RECORD, BadRecord, Fields, wrong
from pos_client.benefit.records import bill_of_record, record_of_counters, record_of_split
from pos_client.benefit.split import split


def split_records(lines: Iterable[str], library: PolicyLibrary) -> Iterator[tuple[dict[str, Any], bool]]:
    """Splits each line's bill and yields its record and True; a line that cannot be read yields a refusal and False.

    Simulated policies are allowed, because nothing is paid by what comes out. A place or a day without a policy is
    a hold, not a refusal.

    Raises:
        PolicyFileProblem: a policy file that a record needs cannot be used.
    """
    for line in lines:
        record_id: object = None
        try:
            record = _parsed(line)
            record_id = _id_of(record)
            yield _split_record(record, record_id, library), True
        except BadRecord as problem:
            error = {"code": problem.code, "message": problem.sentence("en"), "at": problem.at}
            yield {"id": record_id, "status": "refused", "error": error}, False


def _split_record(record: Mapping[str, Any], record_id: object, library: PolicyLibrary) -> dict[str, Any]:
    bill = bill_of_record(record)
    locality = Fields(record, "").text("locality")
    if locality is None:
        raise BadRecord(MISSING, "locality")
    try:
        policy = library.pick_for(locality, bill.event, paying=False)
    except (UnknownPolicy, NoVersionInForce):
        return {
            "id": record_id,
            "status": "hold",
            "reasons": [NO_POLICY_VERSION],
            "details": [locality],
            "acc_after": record_of_counters(bill.counters),
        }
    _check_site(policy, bill)
    return record_of_split(record_id, split(policy, bill))


def _check_site(policy: Policy, bill: Bill) -> None:
    for name, value in bill.site.items():
        param = policy.site_params.get(name)
        if param is not None and not param.allows(value):
            bounds = f"{param.least} … {param.most}"
            wrong(f"site.{name}", f" {bounds} 之间的数", f"a number within {bounds}")


def _id_of(record: Mapping[str, Any]) -> object:
    record_id = record.get("id")
    return record_id if isinstance(record_id, str | int) and str(record_id).isprintable() else None


def _parsed(line: str) -> Mapping[str, Any]:
    try:
        record = json.loads(line, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_without_twins)
    except json.JSONDecodeError as error:
        raise BadRecord(NOT_A_RECORD, f"column {error.colno}", reason=error.msg) from None
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise BadRecord(NOT_A_RECORD, "", reason=error) from None
    if not isinstance(record, dict):
        raise BadRecord(NOT_A_RECORD, "", reason="not an object")
    return record


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"{word} is not a number")


def _without_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twin = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twin} stands there twice")
    return fields
