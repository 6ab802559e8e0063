"""Layers of funds over one axis of eligible expense: the arithmetic of an inpatient bill, on plain integers.

Everything conditional is already decided (:mod:`layered_rules`): what stands here are amounts in fen, places on the
axis, and percentages as fractions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from pos_client.benefit.counter_view import CounterView
from pos_client.benefit.facts import Event
from pos_client.benefit.result import BillLines, Grant, Payment, PlainSlice
from pos_client.benefit.rounding import Percent, expense_for_fen, share_fen

#: The end of a segment that has none; beyond any amount the interface can carry.
OPEN: Final = 10**18

_NO_DEDUCTIBLE: Final[Mapping[str, int]] = MappingProxyType({})

CapOn = Literal["eligible_expense", "fund_paid", "layer_expense"]


class Segment(NamedTuple):
    """Up to this place on the axis the fund pays this percentage."""

    to_fen: int
    pay: Percent


class Layer(NamedTuple):
    """One fund: where it stops, its own yearly deductible, its percentages."""

    fund: str
    paid_counter: str
    cap_on: CapOn | None
    cap_fen: int
    reached_counter: str
    deductible_fen: int
    segments: tuple[Segment, ...]


class Supplement(NamedTuple):
    """A fund that pays part of what the layers left."""

    fund: str
    paid_counter: str
    of_deductible: bool
    pay: Percent
    cap_fen: int | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """How the deductible changes with every further stay: by a step down to a floor, or by factors."""

    counter: str
    step_fen: int
    floor_fen: int
    factors: tuple[Percent, ...]

    def amount_fen(self, first_fen: int, stays_before: int) -> int:
        """The deductible after so many stays; the floor never lifts it above that of the first stay."""
        if self.factors:
            return share_fen(first_fen, self.factor(stays_before))
        return max(first_fen + self.step_fen * stays_before, min(self.floor_fen, first_fen), 0)

    def factor(self, stays_before: int) -> Percent:
        """The share of the first deductible that is due; the last factor repeats."""
        return self.factors[min(stays_before, len(self.factors) - 1)]


class Place(NamedTuple):
    """One segment of any layer, where all layers end at places on the axis: nothing but integers is left to compare.

    The share of an expense is ``(expense × twice_numerator + denominator) // twice_denominator``.
    """

    to_fen: int
    fund: str
    paid_counter: str
    percent: Decimal
    twice_numerator: int
    denominator: int
    twice_denominator: int


def places_of(layers: tuple[Layer, ...]) -> tuple[Place, ...] | None:
    """The segments of all layers in one row; None if a layer ends by money or expense, or has its own deductible."""
    for layer in layers:
        if layer.cap_on not in (None, "eligible_expense") or layer.deductible_fen or layer.reached_counter:
            return None
    return tuple(
        Place(
            to_fen if layer.cap_on is None else min(to_fen, layer.cap_fen),
            layer.fund,
            layer.paid_counter,
            part.value,
            2 * part.numerator,
            part.denominator,
            2 * part.denominator,
        )
        for layer in layers
        for to_fen, part in layer.segments
    )


#: What the layers did with a stretch of the axis: slices, paid by fund, gains of counters, copay, deductibles of their
#: own by fund, and last what no layer took. A plain tuple, made for every bill.
_Taken = tuple[list[PlainSlice], dict[str, int], dict[str, int], int, Mapping[str, int], int]


@dataclass(frozen=True, slots=True)
class LayeredTable:
    """A layered benefit for one combination of facts."""

    axis: str | None
    deductible_per: str
    deductible_fen: int
    repeat: Repeat | None
    only_inside_layers: bool
    raised: tuple[str, ...]
    layers: tuple[Layer, ...]
    supplements: tuple[Supplement, ...]
    places: tuple[Place, ...] | None

    def pay(self, event: Event, lines: BillLines, counters: CounterView) -> Payment:
        """The layers' part of a bill. An item without the approval that gives it a share stays with the patient.

        Raises:
            Held: a counter that a rule looks at is unknown.
        """
        if not lines.unapproved:
            return pay_layered(self, lines.eligible_fen, counters)
        without_share = sum(missing.eligible_fen for missing in lines.unapproved)
        payment = pay_layered(self, lines.eligible_fen - without_share, counters)
        return payment._replace(copay_fen=payment.copay_fen + without_share)

    def due_fen(self, start_fen: int, counters: CounterView) -> int:
        """The deductible of a bill that starts at this place on the axis, however small the bill is.

        Raises:
            Held: a counter that it hangs on is unknown.
        """
        first_fen = self.deductible_fen
        if self.deductible_per == "year":
            return max(first_fen - start_fen, 0)
        if self.repeat is None or first_fen == 0:
            return first_fen
        return self.repeat.amount_fen(first_fen, counters.count(self.repeat.counter))


def pay_layered(table: LayeredTable, eligible_fen: int, counters: CounterView) -> Payment:
    """The deductible, the slices and the supplements of one bill.

    Raises:
        Held: a counter that a rule looks at is unknown.
    """
    axis = table.axis
    start = 0 if axis is None else counters.amount_fen(axis)
    end = start + eligible_fen
    deductible = table.due_fen(start, counters)
    if deductible > eligible_fen:
        deductible = eligible_fen
    if deductible and table.only_inside_layers:
        deductible = min(deductible, eligible_fen - _take(table, start, end, counters)[-1])
    slices, paid, counted, copay, own, left = _take(table, start + deductible, end, counters)
    if axis is not None:
        counted[axis] = eligible_fen
    if own:
        deductible += sum(own.values())
    payment = Payment(deductible, deductible, copay, left, paid, counted, table.raised, tuple(slices), own)
    return _supplemented(table.supplements, payment, counters) if table.supplements else payment


def _take(table: LayeredTable, start: int, end: int, counters: CounterView) -> _Taken:
    if table.places is not None:
        return _take_by_place(table.places, start, end)
    return _take_by_layer(table.layers, start, end, counters)


def _take_by_place(places: tuple[Place, ...], start: int, end: int) -> _Taken:
    slices: list[PlainSlice] = []
    paid: dict[str, int] = {}
    counted: dict[str, int] = {}
    position = start
    copay = 0
    for to_fen, fund, counter, percent, twice_numerator, denominator, twice_denominator in places:
        if position >= end:
            break
        if to_fen <= position:
            continue
        stop = to_fen if to_fen < end else end
        expense = stop - position
        pays = (expense * twice_numerator + denominator) // twice_denominator
        slices.append((fund, position, stop, percent, pays))
        paid[fund] = paid.get(fund, 0) + pays
        counted[counter] = counted.get(counter, 0) + pays
        copay += expense - pays
        position = stop
    return slices, paid, counted, copay, _NO_DEDUCTIBLE, end - position


def _take_by_layer(layers: tuple[Layer, ...], start: int, end: int, counters: CounterView) -> _Taken:
    slices: list[PlainSlice] = []
    paid: dict[str, int] = {}
    counted: dict[str, int] = {}
    deductibles: dict[str, int] = {}
    position = start
    copay = 0
    for layer in layers:
        if position >= end:
            break
        entered = position
        limit, money_left = _limits(layer, position, end, counters, counted)
        if layer.deductible_fen and money_left != 0:
            own = max(layer.deductible_fen - counters.amount_fen(layer.reached_counter), 0)
            own = min(own, max(limit - position, 0))
            if own:
                deductibles[layer.fund] = deductibles.get(layer.fund, 0) + own
                position += own
        own_from = position
        position, layer_paid = _slice_up(layer, position, limit, money_left, slices)
        if position > own_from:
            paid[layer.fund] = paid.get(layer.fund, 0) + layer_paid
            counted[layer.paid_counter] = counted.get(layer.paid_counter, 0) + layer_paid
        copay += position - own_from - layer_paid
        if layer.reached_counter and position > entered:
            counted[layer.reached_counter] = position - entered
    return slices, paid, counted, copay, deductibles, end - position


def _limits(
    layer: Layer, position: int, end: int, counters: CounterView, counted: Mapping[str, int]
) -> tuple[int, int | None]:
    """The place on the axis where the layer stops, and the money that its fund has left if that is what stops it."""
    cap_on = layer.cap_on
    if cap_on == "eligible_expense":
        return min(end, layer.cap_fen), None
    if cap_on == "fund_paid":
        spent = counters.amount_fen(layer.paid_counter) + counted.get(layer.paid_counter, 0)
        return end, max(layer.cap_fen - spent, 0)
    if cap_on == "layer_expense":
        left = max(layer.cap_fen - counters.amount_fen(layer.reached_counter), 0)
        return min(end, position + left), None
    return end, None


def _slice_up(
    layer: Layer, position: int, limit: int, money_left: int | None, slices: list[PlainSlice]
) -> tuple[int, int]:
    """Appends the layer's slices from ``position`` on; the place where they end, and what they pay together."""
    paid = 0
    for to_fen, pay in layer.segments:
        if position >= limit or money_left == 0:
            break
        stop = to_fen if to_fen < limit else limit
        if stop <= position:
            continue
        pays = share_fen(stop - position, pay)
        if money_left is not None:
            if pays > money_left:
                # The fund is used up inside this slice; what is beyond the crossing goes to the next layer (R5).
                pays = money_left
                stop = position + expense_for_fen(money_left, pay)
            money_left -= pays
        slices.append((layer.fund, position, stop, pay.value, pays))
        paid += pays
        position = stop
    return position, paid


def _supplemented(supplements: tuple[Supplement, ...], payment: Payment, counters: CounterView) -> Payment:
    grants: list[Grant] = []
    paid = dict(payment.fund_pay_fen)
    counted = dict(payment.counted_fen)
    copay, deductible = payment.copay_fen, payment.own_deductible_fen
    for supplement in supplements:
        base = copay + (deductible if supplement.of_deductible else 0)
        if base == 0:
            continue
        pays = share_fen(base, supplement.pay)
        if supplement.cap_fen is not None:
            spent = counters.amount_fen(supplement.paid_counter) + counted.get(supplement.paid_counter, 0)
            pays = min(pays, max(supplement.cap_fen - spent, 0))
        from_copay = min(pays, copay)
        copay -= from_copay
        deductible -= pays - from_copay
        grants.append(Grant(supplement.fund, None, base, supplement.pay.value, pays))
        paid[supplement.fund] = paid.get(supplement.fund, 0) + pays
        counted[supplement.paid_counter] = counted.get(supplement.paid_counter, 0) + pays
    return payment._replace(
        copay_fen=copay,
        own_deductible_fen=deductible,
        fund_pay_fen=paid,
        counted_fen=counted,
        grants=tuple(grants),
    )
