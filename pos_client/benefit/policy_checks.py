"""What must hold inside a policy file beyond its grammar; each broken promise is named with its line.

The engine trusts a document that has passed: nothing here is checked again when a bill is split.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from pos_client.benefit.benefits import filled_in
from pos_client.benefit.policy_schema import NEEDED_BY_KIND
from pos_client.benefit.shapes import MISSING_KEY, Fault, Path
from pos_client.benefit.value_gaps import missing_combination
from pos_client.errors import Words

_OUT_OF_USE_ZH: Final = "整份文件没有启用。"
_OUT_OF_USE_EN: Final = " The whole file stays out of use."


def stays_out_of_use(code: str, zh: str, en: str) -> Words:
    """The sentence of a broken promise: where it stands, what is wrong, and that the file is not used."""
    return Words(
        code,
        f"政策文件 {{file}} 第 {{line}} 行（{{key}}）：{zh}{_OUT_OF_USE_ZH}请改正后重新检查。",
        f"Policy file {{file}}, line {{line}} ({{key}}): {en}{_OUT_OF_USE_EN} Correct it and check again.",
    )


NOT_RISING = stays_out_of_use(
    "POL-10", "各段的上限必须一段比一段高。", "the upper ends must rise from one row to the next."
)
PAY_AND_SELF_PAY = stays_out_of_use(
    "POL-11",
    "一段只能写 pay 或 self_pay 中的一个，而且必须写一个。",
    "a segment has either pay or self_pay, and always one of them.",
)
MUST_BE_OPEN = stays_out_of_use(
    "POL-12",
    "最后一段不能有上限 to，否则超出的费用没有比例可用。",
    "the last row must have no upper end, otherwise expense without a percentage appears.",
)
END_IS_NOT_CAP = stays_out_of_use(
    "POL-13",
    "最后一段的上限与该层的封顶 {cap} 不一致。",
    "the upper end of the last segment is not the layer's cap {cap}.",
)
GAP = stays_out_of_use(
    "POL-14",
    "没有哪一行适用于 {missing}，[[unset]] 里也没有写明 {name} 有缺口。",
    "no row fits {missing}, and [[unset]] does not name the gap in {name}.",
)
COUNTED_TWICE = stays_out_of_use(
    "POL-15",
    "累计数 {counter} 已由待遇 {other} 记录，不能再由另一项待遇记录。",
    "the counter {counter} is already written by the benefit {other}; only one may write it.",
)
NOT_RAISED = stays_out_of_use(
    "POL-16",
    "住院次数 {counter} 没有任何一处会增加，起付线永远不会变化。",
    "nothing raises the counter {counter}, so the deductible would never change.",
)
NOT_DEFINED = stays_out_of_use("POL-17", "{name} 在这份文件里没有定义。", "{name} is not defined in this file.")
CIRCLE = stays_out_of_use("POL-18", "{name} 绕了一圈又指回自己。", "{name} leads back to itself.")
EVENT_TWICE = stays_out_of_use(
    "POL-19", "就诊类型 {name} 已有另一项待遇。", "the event {name} already has another benefit."
)
STEP_OR_FACTORS = stays_out_of_use(
    "POL-20",
    "repeat 只能写 step（可加 floor）或 factors 中的一种。",
    "repeat has either step, with or without floor, or factors.",
)
NEEDS_COUNTER = stays_out_of_use(
    "POL-21",
    "这一层要按进入本层的费用计算，必须写 reached_counter。",
    "this layer counts the expense that reaches it, so it needs reached_counter.",
)
NO_YEAR_ON_EVENT_AXIS = stays_out_of_use(
    "POL-22",
    'axis_period = "event" 时不能有按年的起付线。',
    'with axis_period = "event" there can be no yearly deductible.',
)
WHEN_XOR_UNLESS = stays_out_of_use(
    "POL-23", "必须写 when 或 unless 中的一个。", "exactly one of when and unless must be there."
)
PERFORMED_IS_OF_ITEMS = stays_out_of_use(
    "POL-24",
    "整张费用的审批不能从 performed 起算。",
    "the approval of a whole bill cannot start from the day an item was performed.",
)
FLAT_OTHERWISE = stays_out_of_use(
    "POL-25",
    "otherwise 不能指向定额补助。",
    "otherwise cannot lead to a flat benefit.",
)

Document = Mapping[str, Any]


def check_rules(document: Document) -> None:
    """Checks a document of the right shape.

    Raises:
        Fault: the first promise that is broken.
    """
    for check in _CHECKS:
        check(document)


def _benefits(document: Document) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for index, benefit in enumerate(document.get("benefit", ())):
        yield ("benefit", index), benefit


def _layers(document: Document) -> Iterator[tuple[Path, Mapping[str, Any], Mapping[str, Any]]]:
    for path, benefit in _benefits(document):
        for index, layer in enumerate(benefit.get("layer", ())):
            yield (*path, "layer", index), layer, benefit


def _check_references(document: Document) -> None:
    by_id = {benefit["id"]: benefit for benefit in document.get("benefit", ())}
    approvals = {approval["id"] for approval in document.get("approval", ())}
    for path, benefit in _benefits(document):
        for key in ("like", "otherwise"):
            if key in benefit:
                _must_be_known(benefit[key], by_id, (*path, key))
                _must_not_circle(benefit, key, by_id, (*path, key))
        if "otherwise" in benefit and by_id[benefit["otherwise"]]["kind"] == "flat":
            raise Fault(FLAT_OTHERWISE, (*path, "otherwise"))
        for index, share in enumerate(benefit.get("share", ())):
            if "approval" in share:
                _must_be_known(share["approval"], approvals, (*path, "share", index, "approval"))
    states = document.get("state", {})
    for index, rule in enumerate(document.get("entitlement", ())):
        for key in ("state", "wait_state"):
            if key in rule:
                _must_be_known(rule[key], states, ("entitlement", index, key))


def _must_be_known(name: str, known: Any, path: Path) -> None:
    if name not in known:
        raise Fault(NOT_DEFINED, path, name=name)


def _must_not_circle(benefit: Mapping[str, Any], key: str, by_id: Mapping[str, Mapping[str, Any]], path: Path) -> None:
    seen = {benefit["id"]}
    while key in benefit:
        name = benefit[key]
        if name in seen:
            raise Fault(CIRCLE, path, name=name)
        if name not in by_id:
            return
        seen.add(name)
        benefit = by_id[name]


def _check_words(document: Document) -> None:
    """Words that must be known in this file: categories in conditions, values entered by hand."""
    categories = set(document.get("categories", {}).values())
    params = {param["id"] for param in document.get("site_param", ())}

    def look(value: object, path: Path) -> None:
        if isinstance(value, Mapping):
            for key, member in value.items():
                if key == "category":
                    for name in member if isinstance(member, list) else [member]:
                        _must_be_known(name, categories, (*path, key))
                elif key == "site":
                    _must_be_known(member, params, (*path, key))
                else:
                    look(member, (*path, key))
        elif isinstance(value, list):
            for index, member in enumerate(value):
                look(member, (*path, index))

    look(document, ())


def _check_complete(document: Document) -> None:
    by_id = {benefit["id"]: benefit for benefit in document.get("benefit", ())}
    events: set[str] = set()
    for path, benefit in _benefits(document):
        whole = filled_in(benefit, by_id)
        for key in NEEDED_BY_KIND[benefit["kind"]]:
            if key not in whole:
                raise Fault(MISSING_KEY, (*path, key))
        for event in benefit["events"]:
            if event in events:
                raise Fault(EVENT_TWICE, (*path, "events"), name=event)
            events.add(event)
        if "requires" in benefit:
            for key in ("otherwise", "otherwise_reason"):
                if key not in benefit:
                    raise Fault(MISSING_KEY, (*path, key))


def _check_alternatives(document: Document) -> None:
    for path, benefit in _benefits(document):
        for index, refusal in enumerate(benefit.get("refuse", ())):
            if ("when" in refusal) == ("unless" in refusal):
                raise Fault(WHEN_XOR_UNLESS, (*path, "refuse", index))
    for index, exclusion in enumerate(document.get("exclusion", ())):
        if "unless" in exclusion and "then_reason" not in exclusion:
            raise Fault(MISSING_KEY, ("exclusion", index, "then_reason"))
    for index, approval in enumerate(document.get("approval", ())):
        if approval["start"] == "performed" and approval.get("of", "bill") == "bill":
            raise Fault(PERFORMED_IS_OF_ITEMS, ("approval", index, "start"))


def _check_deductibles(document: Document) -> None:
    raised = {count["counter"] for _, benefit in _benefits(document) for count in benefit.get("count", ())}
    by_id = {benefit["id"]: benefit for benefit in document.get("benefit", ())}
    for path, benefit in _benefits(document):
        deductible = benefit.get("deductible")
        if deductible is None:
            continue
        here = (*path, "deductible")
        if deductible["per"] != "none" and "amount" not in deductible:
            raise Fault(MISSING_KEY, (*here, "amount"))
        if deductible["per"] == "year" and filled_in(benefit, by_id).get("axis_period") == "event":
            raise Fault(NO_YEAR_ON_EVENT_AXIS, here)
        repeat = deductible.get("repeat")
        if repeat is None:
            continue
        if ("step" in repeat) == ("factors" in repeat) or ("floor" in repeat and "step" not in repeat):
            raise Fault(STEP_OR_FACTORS, (*here, "repeat"))
        if repeat["count"] not in raised:
            raise Fault(NOT_RAISED, (*here, "repeat", "count"), counter=repeat["count"])


def _check_segments(document: Document) -> None:
    for path, layer, _ in _layers(document):
        segments = layer["segment"]
        if not segments:
            raise Fault(MISSING_KEY, (*path, "segment"))
        _must_rise([segment.get("to") for segment in segments], (*path, "segment"))
        for index, segment in enumerate(segments):
            if ("pay" in segment) == ("self_pay" in segment):
                raise Fault(PAY_AND_SELF_PAY, (*path, "segment", index))


def _must_rise(ends: list[Decimal | int | None], path: Path) -> None:
    """Every row but the last has an upper end, each higher than the one before."""
    before: Decimal | int = 0
    for index, end in enumerate(ends):
        if end is None:
            if index < len(ends) - 1:
                raise Fault(NOT_RISING, (*path, index))
        elif end <= before:
            raise Fault(NOT_RISING, (*path, index, "to"))
        else:
            before = end


def _check_caps(document: Document) -> None:
    for path, layer, benefit in _layers(document):
        cap = layer.get("cap")
        last = layer["segment"][-1].get("to")
        here = (*path, "segment", len(layer["segment"]) - 1)
        if cap is not None and cap["on"] == "eligible_expense":
            amounts = _figures(cap["amount"])
            if last is not None and any(last != amount for amount in amounts):
                raise Fault(END_IS_NOT_CAP, (*here, "to"), cap=", ".join(str(amount) for amount in amounts))
            _check_next_layer(path, benefit, amounts)
        elif last is not None:
            raise Fault(MUST_BE_OPEN, (*here, "to"))
        counts_reached = cap is not None and cap["on"] == "layer_expense"
        own = _figures(layer["deductible"]) if "deductible" in layer else []
        if (counts_reached or own != [0] * len(own)) and "reached_counter" not in layer:
            raise Fault(NEEDS_COUNTER, path)


def _check_next_layer(path: Path, benefit: Mapping[str, Any], caps: list[Any]) -> None:
    """The next layer starts where this one ends, so its first row must end later."""
    index = path[-1]
    assert isinstance(index, int)
    if index + 1 < len(benefit["layer"]):
        first = benefit["layer"][index + 1]["segment"][0].get("to")
        if first is not None and any(first <= cap for cap in caps if not isinstance(cap, str)):
            raise Fault(NOT_RISING, (*path[:-1], index + 1, "segment", 0, "to"))


def _figures(value: Any) -> list[Any]:
    """All figures that a value can take; one entered by hand or unset stands for itself."""
    if isinstance(value, list):
        return [figure for row in value for figure in _figures(row["value"])]
    return [f"site.{value['site']}" if isinstance(value, Mapping) else value]


def _check_deposit(document: Document) -> None:
    brackets = document.get("deposit", {}).get("bracket", ())
    if "deposit" in document:
        path: Path = ("deposit", "bracket")
        _must_rise([bracket.get("to") for bracket in brackets], path)
        if not brackets or "to" in brackets[-1]:
            raise Fault(MUST_BE_OPEN, path)


def _check_counters(document: Document) -> None:
    by_id = {benefit["id"]: benefit for benefit in document.get("benefit", ())}
    owners: dict[str, str] = {}
    for path, benefit in _benefits(document):
        root = benefit["id"]
        while "like" in by_id[root]:
            root = by_id[root]["like"]
        for counter in _written(benefit):
            other = owners.setdefault(counter, root)
            if other != root:
                raise Fault(COUNTED_TWICE, path, counter=counter, other=other)


def _written(benefit: Mapping[str, Any]) -> Iterator[str]:
    if benefit.get("axis_period") == "year":
        yield benefit["axis"]
    for count in benefit.get("count", ()):
        yield count["counter"]
    for part in (*benefit.get("layer", ()), *benefit.get("share", ()), *benefit.get("supplement", ())):
        yield part["paid_counter"]
        if "reached_counter" in part:
            yield part["reached_counter"]


def _check_gaps(document: Document) -> None:
    named = {unset["key"].split("[")[0] for unset in document.get("unset", ())}
    categories = document.get("categories", {}).values()
    for path, name, rows, fixed in _lists_of_rows(document):
        missing = missing_combination(rows, categories, fixed)
        if missing is not None and name not in named:
            raise Fault(GAP, path, missing=missing, name=name)


_Rows = tuple[Path, str, list[Mapping[str, Any]], Mapping[str, str]]


def _lists_of_rows(document: Document) -> Iterator[_Rows]:
    class_b = document.get("items", {}).get("class_b")
    if class_b is not None:
        yield ("items", "class_b", len(class_b) - 1), "items.class_b", class_b, {"cls": "B"}
        for index, row in enumerate(class_b):
            here = ("items", "class_b", index, "pre_self_pay")
            yield from _rows_of(row["pre_self_pay"], here, "items.class_b.pre_self_pay")
    for path, benefit in _benefits(document):
        yield from _rows_in(benefit, path, f"benefit.{benefit['id']}")
    for index, approval in enumerate(document.get("approval", ())):
        yield from _rows_in(approval, ("approval", index), f"approval.{approval['id']}")


def _rows_in(table: Mapping[str, Any], path: Path, name: str) -> Iterator[_Rows]:
    """Every list of rows inside a table, named as ``[[unset]]`` names it: benefit.inpatient.layer.pool.cap."""
    for key, member in table.items():
        here = (*path, key)
        if isinstance(member, Mapping):
            yield from _rows_in(member, here, f"{name}.{key}")
        elif isinstance(member, list):
            if _are_rows(member):
                yield from _rows_of(member, here, name if path[-1] == "cap" else f"{name}.{key}")
            else:
                for index, part in enumerate(member):
                    if isinstance(part, Mapping):
                        fund = f".{part['fund']}" if "fund" in part else ""
                        yield from _rows_in(part, (*here, index), f"{name}.{key}{fund}")


def _are_rows(member: list[Any]) -> bool:
    return bool(member) and all(isinstance(row, Mapping) and "value" in row for row in member)


def _rows_of(value: Any, path: Path, name: str) -> Iterator[_Rows]:
    if isinstance(value, list):
        yield path, name, value, {}
        for index, row in enumerate(value):
            yield from _rows_of(row["value"], (*path, index, "value"), name)


_CHECKS: Final[tuple[Callable[[Document], None], ...]] = (
    _check_references,
    _check_words,
    _check_complete,
    _check_alternatives,
    _check_deductibles,
    _check_segments,
    _check_caps,
    _check_deposit,
    _check_counters,
    _check_gaps,
)
