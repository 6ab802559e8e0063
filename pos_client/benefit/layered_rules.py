"""A layered benefit as written in a policy, compiled to its table for each combination of facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from pos_client.benefit.answers import Answers
from pos_client.benefit.conditions import Condition, Unknown, compile_condition, facts_of
from pos_client.benefit.layered import OPEN, CapOn, Layer, LayeredTable, Repeat, Segment, Supplement, places_of
from pos_client.benefit.reasons import (
    FACT_UNKNOWN,
    NO_RULE_CAP,
    NO_RULE_DEDUCTIBLE,
    NO_RULE_SEGMENTS,
    NO_RULE_SUPPLEMENT,
    Held,
)
from pos_client.benefit.rounding import Percent, percent, plain_decimal
from pos_client.benefit.values import Value, compile_value

_WHOLE = Decimal(100)


class _RepeatRule(NamedTuple):
    when: Condition
    counter: str
    step: Value | None
    floor: Value | None
    factors: tuple[Percent, ...]


class _DeductibleRule(NamedTuple):
    per: str
    amount: Value | None
    exempt: tuple[Condition, ...]
    repeat: _RepeatRule | None
    only_inside_layers: bool


class _SegmentRule(NamedTuple):
    to_fen: int
    pay: Value | None
    self_pay: Value | None


class _LayerRule(NamedTuple):
    fund: str
    paid_counter: str
    cap_on: CapOn | None
    cap: Value | None
    reached_counter: str
    deductible: Value | None
    self_pay_factor: Value | None
    segments: tuple[_SegmentRule, ...]


class _SupplementRule(NamedTuple):
    fund: str
    when: Condition
    paid_counter: str
    of_deductible: bool
    pay: Value
    cap: Value | None


@dataclass(frozen=True, slots=True, eq=False)
class LayeredRules:
    """All that a policy says of one layered benefit."""

    axis: str | None
    deductible: _DeductibleRule
    counts: tuple[tuple[str, Condition], ...]
    layers: tuple[_LayerRule, ...]
    supplements: tuple[_SupplementRule, ...]

    def facts(self) -> frozenset[str]:
        """The facts of a bill that the figures hang on."""
        return facts_of(self._conditions()).union(*(value.facts() for value in self._values()))

    def params(self) -> frozenset[str]:
        """The values entered by hand that the figures hang on."""
        return frozenset[str]().union(*(value.params() for value in self._values()))

    def table(self, answers: Answers) -> LayeredTable:
        """The figures for one combination of facts; the deductible is asked before the percentages.

        Raises:
            Held: a figure is missing or a fact that it hangs on is unknown.
        """
        first_fen = _first_deductible_fen(self.deductible, answers)
        repeat = _repeat(self.deductible.repeat, answers) if first_fen else None
        layers = tuple(_layer(rule, answers) for rule in self.layers)
        return LayeredTable(
            axis=self.axis,
            deductible_per=self.deductible.per,
            deductible_fen=first_fen,
            repeat=repeat,
            only_inside_layers=self.deductible.only_inside_layers,
            raised=tuple(counter for counter, when in self.counts if _holds(when, answers)),
            layers=layers,
            supplements=tuple(_supplement(rule, answers) for rule in self.supplements if _holds(rule.when, answers)),
            places=places_of(layers),
        )

    def _conditions(self) -> list[Condition]:
        repeat = self.deductible.repeat
        return [
            *self.deductible.exempt,
            *([repeat.when] if repeat else ()),
            *(when for _, when in self.counts),
            *(rule.when for rule in self.supplements),
        ]

    def _values(self) -> list[Value]:
        repeat = self.deductible.repeat
        candidates: list[Value | None] = [self.deductible.amount]
        candidates += [repeat.step, repeat.floor] if repeat else []
        for layer in self.layers:
            candidates += [layer.cap, layer.deductible, layer.self_pay_factor]
            for segment in layer.segments:
                candidates += [segment.pay, segment.self_pay]
        for supplement in self.supplements:
            candidates += [supplement.pay, supplement.cap]
        return [value for value in candidates if value is not None]


def _holds(condition: Condition, answers: Answers) -> bool:
    verdict = condition.verdict(answers.look)
    if isinstance(verdict, Unknown):
        raise Held(FACT_UNKNOWN, verdict.fact)
    return verdict


def _first_deductible_fen(rule: _DeductibleRule, answers: Answers) -> int:
    """What the deductible would be for a first stay; an exemption comes before any step or floor (rules A-08)."""
    if rule.amount is None or any(_holds(condition, answers) for condition in rule.exempt):
        return 0
    return rule.amount.fen(answers)


def _repeat(rule: _RepeatRule | None, answers: Answers) -> Repeat | None:
    if rule is None or not _holds(rule.when, answers):
        return None
    return Repeat(
        counter=rule.counter,
        step_fen=rule.step.fen(answers) if rule.step else 0,
        floor_fen=rule.floor.fen(answers) if rule.floor else 0,
        factors=rule.factors,
    )


def _layer(rule: _LayerRule, answers: Answers) -> Layer:
    cap_fen = rule.cap.fen(answers) if rule.cap else OPEN
    factor = rule.self_pay_factor.percent(answers).value if rule.self_pay_factor else _WHOLE
    return Layer(
        fund=rule.fund,
        paid_counter=rule.paid_counter,
        cap_on=rule.cap_on,
        cap_fen=cap_fen,
        reached_counter=rule.reached_counter,
        deductible_fen=rule.deductible.fen(answers) if rule.deductible else 0,
        segments=tuple(Segment(segment.to_fen, _pay(segment, factor, answers)) for segment in rule.segments),
    )


def _pay(segment: _SegmentRule, self_pay_factor: Decimal, answers: Answers) -> Percent:
    if segment.pay is not None:
        return segment.pay.percent(answers)
    assert segment.self_pay is not None
    own = segment.self_pay.percent(answers).value
    return percent(plain_decimal(_WHOLE - own * self_pay_factor / _WHOLE))


def _supplement(rule: _SupplementRule, answers: Answers) -> Supplement:
    return Supplement(
        fund=rule.fund,
        paid_counter=rule.paid_counter,
        of_deductible=rule.of_deductible,
        pay=rule.pay.percent(answers),
        cap_fen=rule.cap.fen(answers) if rule.cap else None,
    )


def _optional(written: object, missing: str) -> Value | None:
    return None if written is None else compile_value(written, missing)


def _fen(written: Decimal | int | None) -> int:
    return OPEN if written is None else int(written * 100)


def _compile_deductible(table: Mapping[str, Any]) -> _DeductibleRule:
    repeat = table.get("repeat")
    return _DeductibleRule(
        per=table["per"],
        amount=None if table["per"] == "none" else compile_value(table["amount"], NO_RULE_DEDUCTIBLE),
        exempt=tuple(compile_condition(condition) for condition in table.get("exempt", ())),
        repeat=None if repeat is None else _compile_repeat(repeat),
        only_inside_layers=table.get("only_inside_layers", False),
    )


def _compile_repeat(table: Mapping[str, Any]) -> _RepeatRule:
    return _RepeatRule(
        when=compile_condition(table.get("when")),
        counter=table["count"],
        step=_optional(table.get("step"), NO_RULE_DEDUCTIBLE),
        floor=_optional(table.get("floor"), NO_RULE_DEDUCTIBLE),
        factors=tuple(percent(Decimal(factor)) for factor in table.get("factors", ())),
    )


def _compile_layer(table: Mapping[str, Any]) -> _LayerRule:
    cap = table.get("cap")
    return _LayerRule(
        fund=table["fund"],
        paid_counter=table["paid_counter"],
        cap_on=None if cap is None else cap["on"],
        cap=None if cap is None else compile_value(cap["amount"], NO_RULE_CAP),
        reached_counter=table.get("reached_counter", ""),
        deductible=_optional(table.get("deductible"), NO_RULE_DEDUCTIBLE),
        self_pay_factor=_optional(table.get("self_pay_factor"), NO_RULE_SEGMENTS),
        segments=tuple(
            _SegmentRule(
                to_fen=_fen(segment.get("to")),
                pay=_optional(segment.get("pay"), NO_RULE_SEGMENTS),
                self_pay=_optional(segment.get("self_pay"), NO_RULE_SEGMENTS),
            )
            for segment in table["segment"]
        ),
    )


def _compile_supplements(tables: Iterable[Mapping[str, Any]]) -> tuple[_SupplementRule, ...]:
    return tuple(
        _SupplementRule(
            fund=table["fund"],
            when=compile_condition(table.get("when")),
            paid_counter=table["paid_counter"],
            of_deductible=table["base"] == "deductible_and_copay",
            pay=compile_value(table["pay"], NO_RULE_SUPPLEMENT),
            cap=compile_value(table["cap"]["amount"], NO_RULE_CAP) if "cap" in table else None,
        )
        for table in tables
    )


def compile_layered(table: Mapping[str, Any]) -> LayeredRules:
    """The layered benefit written in a policy file that has passed its checks, ``like`` already filled in."""
    return LayeredRules(
        axis=table["axis"] if table["axis_period"] == "year" else None,
        deductible=_compile_deductible(table["deductible"]),
        counts=tuple((count["counter"], compile_condition(count.get("when"))) for count in table.get("count", ())),
        layers=tuple(_compile_layer(layer) for layer in table["layer"]),
        supplements=_compile_supplements(table.get("supplement", ())),
    )
