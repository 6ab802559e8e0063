"""The grammar of a policy file: every key there is, and its shape. What is not here is an error, never skipped."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from pos_client.benefit.account import AccountUse
from pos_client.benefit.known_facts import BILL_FACTS, LINE_FACTS, OTHER_FACTS
from pos_client.benefit.shapes import (
    MISSING_KEY,
    Fault,
    Path,
    Shape,
    by_kind,
    condition,
    day,
    exactly,
    flag,
    list_of,
    money,
    money_change,
    month_day,
    names_to,
    number,
    one_of,
    percentage,
    table,
    text,
    texts,
    value_of,
    whole_number,
)

ROUNDING_POINTS: Final = (
    "line_amount",
    "price_overrun",
    "pre_self_pay",
    "slice",
    "cap_crossing",
    "repeat_factor",
    "item_share",
    "supplement",
    "deposit",
)
_DAY_NAMES: Final = ("admission", "discharge", "service")

_of_bill = condition(BILL_FACTS)
_of_line = condition({**BILL_FACTS, **LINE_FACTS})
_of_settled = condition({**BILL_FACTS, **OTHER_FACTS})
_percent_value = value_of(percentage, BILL_FACTS)
_money_value = value_of(money, BILL_FACTS)

_policy = table(
    {
        "id": text,
        "title": text,
        "valid_from": day,
        "status": one_of("draft", "in_force", "simulated"),
        "source": text,
    },
    {"revision": whole_number, "includes": texts, "aliases": texts},
)
_dates = table(
    {
        "version_by": one_of(*_DAY_NAMES),
        "year_by": one_of(*_DAY_NAMES),
        "entitled_by": one_of(*_DAY_NAMES),
        "year_starts": month_day,
    }
)
_rounding = table(
    {"unit": exactly(Decimal("0.01")), "mode": one_of("half_up"), "at": list_of(one_of(*ROUNDING_POINTS))}
)

_wait = table(
    {
        "kind": text,
        "from": one_of("first_contribution"),
        "months": whole_number,
        "first_day": one_of("same_day", "next_day"),
        "state": text,
    },
    {"when": _of_bill, "part": text},
)
_lapse = table(
    {
        "kind": text,
        "month": one_of("first_unpaid_month"),
        "stop": one_of("first_of_next_month", "first_of_month"),
        "until": one_of("renewed_on"),
        "arrears_due": flag,
        "wait_months": whole_number,
        "state": text,
        "wait_state": text,
    },
    {"when": _of_bill, "part": text},
)
_begin = table(
    {
        "kind": text,
        "from": one_of("first_contribution"),
        "begin": one_of("next_month", "next_year"),
        "state": text,
    },
    {"when": _of_bill, "part": text},
)
_contract = table({"kind": text, "months": whole_number, "state": text}, {"when": _of_bill, "part": text})
_entitlement = by_kind({"wait": _wait, "lapse": _lapse, "begin": _begin, "contract": _contract})

_items = table(
    {"over_limit_price": one_of("own_expense"), "class_c": one_of("own_expense")},
    {
        "scope": list_of(_of_line),
        "listed": texts,
        "class_b": list_of(
            table({"pre_self_pay": value_of(percentage, BILL_FACTS, "per_item")}, {"when": _of_line, "part": text})
        ),
        "part": text,
    },
)
_exclusion = table({"cause": text}, {"unless": _of_bill, "then_reason": text, "part": text})
_approval = table(
    {
        "id": text,
        "field": text,
        "start": one_of(*_DAY_NAMES, "performed"),
        "missing": one_of("hold", "own_expense", "no_share"),
        "reason": text,
    },
    {
        "of": one_of("bill", "item"),
        "when": _of_line,
        "signers": texts,
        "channel": value_of(text, BILL_FACTS),
        "papers": texts,
        "emergency_days": whole_number,
        "emergency_signers": texts,
        "emergency_first": text,
        "township_extra": text,
        "part": text,
    },
)

_deductible = table(
    {"per": one_of("admission", "visit", "year", "none")},
    {
        "amount": _money_value,
        "exempt": list_of(_of_bill),
        "only_inside_layers": flag,
        "repeat": table(
            {"count": text},
            {
                "when": _of_bill,
                "step": value_of(money_change, BILL_FACTS),
                "floor": _money_value,
                "factors": list_of(percentage),
            },
        ),
        "part": text,
    },
)
_layer = table(
    {
        "fund": text,
        "paid_counter": text,
        "segment": list_of(table({}, {"to": money, "pay": _percent_value, "self_pay": _percent_value})),
    },
    {
        "cap": table({"on": one_of("eligible_expense", "fund_paid", "layer_expense"), "amount": _money_value}),
        "reached_counter": text,
        "deductible": _money_value,
        "self_pay_factor": _percent_value,
        "part": text,
    },
)
_supplement = table(
    {
        "fund": text,
        "base": one_of("copay", "deductible_and_copay"),
        "pay": _percent_value,
        "paid_counter": text,
    },
    {
        "when": _of_bill,
        "cap": table({"on": one_of("fund_paid"), "amount": _money_value}),
        "part": text,
    },
)
_share = table(
    {
        "fund": text,
        "base": one_of("eligible", "in_limit"),
        "pay": _percent_value,
        "paid_counter": text,
    },
    {"when": _of_line, "approval": text, "part": text},
)

_in_every_benefit: Mapping[str, Shape] = {"id": text, "events": texts, "kind": text}
_in_any_benefit: Mapping[str, Shape] = {
    "account_pays": list_of(one_of(*AccountUse._fields)),
    "settle_at": value_of(one_of("pos", "bureau"), BILL_FACTS),
    "requires": _of_bill,
    "otherwise": text,
    "otherwise_reason": text,
    "like": text,
    "part": text,
}
_layered = table(
    _in_every_benefit,
    {
        **_in_any_benefit,
        "axis": text,
        "axis_period": one_of("year", "event"),
        "deductible": _deductible,
        "count": list_of(table({"counter": text}, {"when": _of_bill})),
        "layer": list_of(_layer),
        "supplement": list_of(_supplement),
    },
)
_item_share = table(_in_every_benefit, {**_in_any_benefit, "share": list_of(_share)})
_account_only = table(_in_every_benefit, _in_any_benefit)
_flat = table(
    _in_every_benefit,
    {
        **_in_any_benefit,
        "fund": text,
        "pay_to": one_of("person"),
        "amount": _money_value,
        "refuse": list_of(table({"reason": text}, {"when": _of_bill, "unless": _of_bill})),
        "papers": texts,
    },
)
_benefit = by_kind({"layered": _layered, "item_share": _item_share, "flat": _flat, "account_only": _account_only})
#: What a benefit must have once it is filled in from the one that it is ``like``.
NEEDED_BY_KIND: Final[Mapping[str, tuple[str, ...]]] = {
    "layered": ("account_pays", "settle_at", "axis", "axis_period", "deductible", "layer"),
    "item_share": ("account_pays", "settle_at", "share"),
    "account_only": ("account_pays", "settle_at"),
    "flat": ("account_pays", "settle_at", "fund", "pay_to", "amount"),
}

_site_param = table({"id": text, "label": text, "type": one_of("percent", "amount")}, {"min": number, "max": number})
_deposit = table(
    {
        "base": one_of("estimated_cost"),
        "bracket": list_of(table({"percent": percentage}, {"to": money})),
        "at_discharge": one_of("refund_or_collect"),
    },
    {"part": text},
)

_at_the_bureau: Mapping[str, Shape] = {
    "account_credit": list_of(table({"base": text, "percent": percentage}, {"when": _of_settled})),
    "contribution": names_to(
        table({"base": text, "percent": percentage}, {"parts": names_to(number), "relief_per_month": money})
    ),
    "retirement": table(
        {
            "years": names_to(whole_number),
            "deemed_until": day,
            "lump_sum": table({"years": whole_number, "base": text, "base_percent": percentage, "rate": text}),
            "flexible": table(
                {
                    "missing_years_rate_percent_of_employer": percentage,
                    "min_actual_years": whole_number,
                    "relief_years_prepaid": whole_number,
                }
            ),
        }
    ),
    "funding": table({"per_head": names_to(money), "from": text}),
}
_at_the_window: Mapping[str, Shape] = {
    "ask_proof": list_of(table({"diagnosis": texts, "to_rule_out": texts})),
    "chronic": table(
        {
            "diseases": texts,
            "apply_windows": texts,
            "results_after": texts,
            "form_copies": whole_number,
            "papers": texts,
        }
    ),
    "window": table(
        {},
        {
            "must_show": texts,
            "must_show_one_of": texts,
            "contract_hospitals_out": texts,
            "local_providers": texts,
            "held_during_stay": texts,
            "returned_at_discharge": texts,
            "slips": texts,
        },
    ),
    "prescription": table(
        {"must_have": texts},
        {
            "no_signature": text,
            "controlled_drug": text,
            "emergency_visit": text,
            "rescue_drug": text,
            "outside_dispensing": text,
        },
    ),
    "consent": table({"before": texts, "signed_form": flag}),
    "identity": table({"check_every_visit": flag, "must_match": texts}),
    "prescriber": table(
        {"right_required": flag, "register_violations": flag, "strikes": whole_number, "at_strikes_exceeded": text}
    ),
    "bill": table({"itemised_list": flag, "price_on_display": flag}),
    "card_network": table({"scope": text}),
    "chronic_stay": table({"diseases_count": whole_number}),
}
_reports: Mapping[str, Shape] = {
    "monthly_report": table({"due_day": value_of(whole_number, BILL_FACTS), "kinds": texts}),
    "indicator": list_of(
        table(
            {"id": text, "numerator": text, "group_by": texts, "warn_above": value_of(number, BILL_FACTS)},
            {
                "denominator": text,
                "where": _of_settled,
                "leave_out": list_of(_of_settled),
                "groups": value_of(text, BILL_FACTS),
                "unit": text,
            },
        )
    ),
    "audit_rule": list_of(
        table(
            {"id": text},
            {"signs": texts, "threshold": value_of(number, BILL_FACTS), "diagnosis": texts, "ask": text},
        )
    ),
}

_document = table(
    {"schema": exactly(Decimal(1)), "policy": _policy},
    {
        "dates": _dates,
        "rounding": _rounding,
        "categories": names_to(text),
        "entitlement": list_of(_entitlement),
        "state": names_to(table({"fund": flag, "account": flag})),
        "items": _items,
        "exclusion": list_of(_exclusion),
        "approval": list_of(_approval),
        "benefit": list_of(_benefit),
        "site_param": list_of(_site_param),
        "deposit": _deposit,
        "assumption": list_of(table({"key": text, "text": text})),
        "unset": list_of(table({"key": text, "effect": text})),
        "invariant": list_of(table({"text": text, "yearly_fund_paid_max": names_to(money)}, {"benefit": text})),
        **_at_the_bureau,
        **_at_the_window,
        **_reports,
    },
)

#: A file that pays something must say all of this; one that is only included (a nation-wide floor) need not.
_NEEDED_TO_PAY: Final = ("dates", "rounding", "categories", "items")


def check_schema(document: object) -> None:
    """Checks that a document has every key it needs, none that is unknown, and the right shape everywhere.

    Raises:
        Fault: the first place where it is not so.
    """
    at_top: Path = ()
    _document(document, at_top)
    assert isinstance(document, dict)
    if "benefit" in document:
        for section in _NEEDED_TO_PAY:
            if section not in document:
                raise Fault(MISSING_KEY, (section,))
