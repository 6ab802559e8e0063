"""Draws a day from a seed. Each trouble is rare enough that most acts succeed, and common enough to be met."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from hardware_sim.front_end.faults import Fault
from pos_client.offline.money_book import Means

from .card_reader import CARD_TROUBLES, CardTrouble
from .disk import DISK_TROUBLES, DiskTrouble
from .door import LineFault
from .program import CRASH_POINTS, Crash
from .script import Act, ActKind, DeskPlan, Event, EventKind, Script, Troubles

#: One seed in so many keeps its books in the product's own encrypted files.
TRUE_DISK_EVERY = 50

_PEOPLE = ("zhang-jianguo", "li-xiulan", "ma-yan", "wang-xiaomei", "zhao-tingbao")
_ITEMS = ("YD0001", "YD0004", "YD0010", "WSSCPTP")
_MORNING = datetime(2026, 11, 21, 0, 30, tzinfo=UTC)  # 08:30 in Shanghai
_BEFORE_MIDNIGHT = datetime(2026, 11, 21, 15, 52, tzinfo=UTC)
_OTHER_MEANS = (Means.WECHAT, Means.BANK_CARD, Means.ALIPAY)
_OTHER_PERCENT = (0, 0, 0, 30, 100)
_GAPS_MS = (0, 150, 2_000, 20_000, 60_000, 240_000)
_SOON_MS = (300, 1_200, 4_000)
_DAY_MS = 86_400_000

#: What may hit messages that book; which of them mean that the bureau has booked is told in the simulator's README.
_BOOKING_FAULTS = (
    *("drop_request", "gateway_refusal", "http_500", "refuse", "drop_answer", "http_500_after", "truncated"),
    *("answered_twice", "twice", "string_typed", "string_for_object", "late", "late_commit"),
)
#: A foreign answer only where it says whose it is: elsewhere nobody could tell.
_SETTLING_FAULTS = (*_BOOKING_FAULTS, "foreign", "off_by_one_fen", "commit_after_reversal")
_ASKING_FAULTS = ("drop_request", "gateway_refusal", "http_500", "drop_answer", "string_typed", "late", "truncated")
_TOTALS_FAULTS = ("recon_missing", "recon_extra", "recon_shifted", "drop_answer", "refuse")

#: The transactions of each act that book, those that settle first.
_BOOKING: Mapping[ActKind, tuple[str, ...]] = {
    ActKind.SALE: ("2102",),
    ActKind.VOID: ("2103",),
    ActKind.VISIT: ("2207", "2201", "2203", "2204", "2205", "2202", "2208"),
    ActKind.STAY: ("2304", "2401", "2301", "2302", "2402", "2405", "2404", "2305"),
    ActKind.GO_ON: ("2207", "2304", "2204", "2301", "2402", "2205"),
}
_SETTLING = ("2102", "2103", "2207", "2208", "2304", "2305")
_ASKING: Mapping[ActKind, tuple[str, ...]] = {
    ActKind.SALE: ("1101", "2001", "5206", "2101"),
    ActKind.VISIT: ("1101", "2206"),
    ActKind.STAY: ("1101", "2303"),
    ActKind.SYNC: ("2601", "5201", "5204", "5203", "2601", "5303", "2103"),
}

_KINDS: Mapping[ActKind, int] = {
    ActKind.SALE: 52,
    ActKind.VOID: 12,
    ActKind.VISIT: 9,
    ActKind.STAY: 6,
    ActKind.GO_ON: 8,
    ActKind.SYNC: 10,
    ActKind.REOPEN: 3,
}
_PERSON = (ActKind.SALE, ActKind.VISIT, ActKind.STAY)


def draw(seed: int) -> Script:
    """The day of a seed; the same seed draws the same day."""
    dice = Random(seed)
    hunan = dice.random() < 0.2
    gateway_timeout_s = dice.choice((5, 5, 40, 90))
    desks = tuple(_desk(dice, number) for number in range(1, dice.choice((2, 2, 3)) + 1))
    provisional = dice.random() < 0.3
    days = 2 if dice.random() < 0.15 else 1
    drawn = [act for day in range(days) for act in _acts(dice, desks, day * _DAY_MS, gateway_timeout_s)]
    outages = _outages(dice, drawn) if provisional else []
    if provisional:
        drawn = _without_the_bureau(dice, drawn, outages, gateway_timeout_s)
    acts = _numbered(drawn)
    return Script(
        seed=seed,
        provisional=provisional,
        starts_at=_BEFORE_MIDNIGHT if dice.random() < 0.15 else _MORNING + timedelta(minutes=dice.randrange(300)),
        region="training-hunan" if hunan else "training",
        gateway_timeout_s=gateway_timeout_s,
        true_disk=seed % TRUE_DISK_EVERY == 0,
        desks=desks,
        acts=tuple(_with_earlier(dice, acts)),
        events=(*outages, *_events(dice, desks, max(act.at_ms for act in acts))),
    )


def _desk(dice: Random, number: int) -> DeskPlan:
    return DeskPlan(
        number=number,
        offset_ms=dice.choice((0, 0, dice.randint(-40_000, 40_000))),
        drift_ppm=dice.choice((0, dice.randint(-200, 200))),
        latency_ms=dice.choice((2, 20, 120)),
    )


def _acts(dice: Random, desks: tuple[DeskPlan, ...], begin_ms: int, gateway_timeout_s: int) -> list[Act]:
    found = []
    for desk in desks:
        at_ms = begin_ms + dice.randrange(3_000)
        for _ in range(dice.randint(3, 6)):
            at_ms += dice.choice(_GAPS_MS)
            found.append(_act(dice, desk.number, at_ms, gateway_timeout_s))
        if dice.random() < 0.5:
            at_ms += dice.choice(_GAPS_MS) + 60_000
            found.append(Act(0, at_ms, desk.number, ActKind.NIGHTLY, troubles=_night(dice)))
    return sorted(found, key=lambda act: act.at_ms)


def _act(dice: Random, desk: int, at_ms: int, gateway_timeout_s: int) -> Act:
    kind = dice.choices(tuple(_KINDS), tuple(_KINDS.values()))[0]
    troubles = _troubles(dice, kind, gateway_timeout_s)
    asks = kind in _BOOKING and (troubles.is_race or dice.random() < 0.4)
    act = Act(
        number=0,
        at_ms=at_ms,
        desk=desk,
        kind=kind,
        asks_after_ms=dice.choice(_SOON_MS) if asks else None,
        asking=_asking(dice, gateway_timeout_s) if asks else Troubles(),
        troubles=troubles,
    )
    if kind not in _PERSON:
        return act
    return replace(
        act,
        person=dice.choice(_PEOPLE[:3]) if dice.random() < 0.85 else dice.choice(_PEOPLE),
        basket=tuple((item, dice.randint(1, 4)) for item in dice.sample(_ITEMS, dice.choice((1, 1, 2, 3)))),
        use_account=dice.random() < 0.4,
        over_fen=dice.choice((0, 0, 37, 500, 10_000)),
        other_means=dice.choice(_OTHER_MEANS),
        other_percent=dice.choice(_OTHER_PERCENT),
        tries=dice.choice((1, 2, 2, 3)),
        leaves=dice.random() < 0.3,
        deposit_fen=dice.choice((1_000, 50_000)),
        thinks_again=dice.random() < 0.3,
        takes_all_back=dice.random() < 0.25,
    )


def _outages(dice: Random, acts: list[Act]) -> list[Event]:
    """Begun just before some desks' later sales, so that a customer comes whom the desk knows already."""
    sales = [act for act in acts if act.kind is ActKind.SALE and _earlier_sales(acts, act)]
    found = []
    for sale in dice.sample(sales, min(len(sales), dice.choice((1, 2, 2)))):
        kind = dice.choice((EventKind.OUTAGE, EventKind.CABLE))
        lasts_ms = dice.choice((20_000, 90_000, 400_000))
        found.append(Event(kind=kind, at_ms=max(sale.at_ms - 1, 0), lasts_ms=lasts_ms, desk=sale.desk))
    return found


def _earlier_sales(acts: list[Act], act: Act) -> list[Act]:
    return [one for one in acts if one.kind is ActKind.SALE and one.desk == act.desk and one.at_ms < act.at_ms]


def _without_the_bureau(dice: Random, acts: list[Act], outages: list[Event], gateway_timeout_s: int) -> list[Act]:
    """During an outage regulars come; what was sold meanwhile is sent while there still is none, and when it is over.

    Sent means: with everything that can happen to a message that books.
    """
    found = []
    for act in acts:
        earlier = _earlier_sales(acts, act) if act.kind is ActKind.SALE else []
        during = any(0 <= act.at_ms - one.at_ms < one.lasts_ms for one in outages)
        found.append(replace(act, person=dice.choice(earlier).person) if earlier and during else act)
    for outage in outages:
        over_ms = outage.at_ms + outage.lasts_ms
        for at_ms in (
            outage.at_ms + dice.randrange(outage.lasts_ms),
            over_ms + dice.choice(_SOON_MS),
            over_ms + 30_000,
        ):
            troubles = _sending(dice, gateway_timeout_s)
            found.append(Act(0, at_ms, outage.desk, ActKind.SYNC, troubles=troubles))
    return sorted(found, key=lambda act: act.at_ms)


def _sending(dice: Random, gateway_timeout_s: int) -> Troubles:
    chance = dice.random()
    if chance < 0.2:
        return Troubles()
    if chance < 0.35:
        return _race(dice, ActKind.SALE, gateway_timeout_s)
    return Troubles(
        wire=(_fault(dice, dice.choice(_SETTLING_FAULTS), "2102", gateway_timeout_s),),
        line=LineFault("line_lost", 1, "2102", dice.choice(_SOON_MS)) if dice.random() < 0.15 else None,
        crash=_crash(dice, 12) if dice.random() < 0.3 else None,
    )


def _numbered(acts: list[Act]) -> list[Act]:
    return [replace(act, number=number) for number, act in enumerate(acts, start=1)]


def _with_earlier(dice: Random, acts: list[Act]) -> list[Act]:
    """Each void takes back an earlier sale of its desk, each sitting goes on with an earlier visit; else one syncs."""
    begun = {ActKind.VOID: (ActKind.SALE,), ActKind.GO_ON: (ActKind.VISIT, ActKind.STAY)}
    found: list[Act] = []
    for act in acts:
        if act.kind not in begun:
            found.append(act)
            continue
        earlier = [one.number for one in found if one.kind in begun[act.kind] and one.desk == act.desk]
        found.append(replace(act, about=dice.choice(earlier)) if earlier else replace(act, kind=ActKind.SYNC))
    return found


def _troubles(dice: Random, kind: ActKind, gateway_timeout_s: int) -> Troubles:
    chance = dice.random()
    if chance < 0.4:
        return Troubles()
    if chance < 0.5 and kind in _BOOKING:
        return _race(dice, kind, gateway_timeout_s)
    return Troubles(
        wire=_wire(dice, kind, gateway_timeout_s),
        line=_line(dice, kind),
        disk=DiskTrouble(dice.choice(tuple(DISK_TROUBLES)), dice.randint(1, 5)) if dice.random() < 0.12 else None,
        card=CardTrouble(dice.choice(CARD_TROUBLES), dice.randint(1, 7)) if dice.random() < 0.2 else None,
        crash=_crash(dice, _STEPS.get(kind, 30)) if dice.random() < 0.25 else None,
    )


#: About how many steps an act has at which its program may be killed.
_STEPS = {ActKind.SALE: 28, ActKind.VOID: 12, ActKind.VISIT: 55, ActKind.STAY: 70, ActKind.REOPEN: 3}


def _race(dice: Random, kind: ActKind, gateway_timeout_s: int) -> Troubles:
    """The worst race: nobody gets an answer, and the bureau executes the message later than it is asked about."""
    infno = _BOOKING[kind][0] if dice.random() < 0.7 else dice.choice(_BOOKING[kind])
    late = dice.choice(("late_commit", "commit_after_reversal" if infno in _SETTLING else "late_commit"))
    ms = dice.randint(min(4_000, gateway_timeout_s * 900), gateway_timeout_s * 1000 - 200)
    line = LineFault("line_lost", 1, infno, dice.choice((0, 200)))
    return Troubles(wire=(Fault(name=late, infno=infno, ms=ms),), line=line)


def _asking(dice: Random, gateway_timeout_s: int) -> Troubles:
    wire = _wire(dice, ActKind.SYNC, gateway_timeout_s)
    crash = Crash(1, "sleep") if dice.random() < 0.2 else _crash(dice, 40)
    return Troubles(wire=wire, crash=crash if dice.random() < 0.4 else None)


def _night(dice: Random) -> Troubles:
    wire = tuple(Fault(name=name, infno="3201") for name in _TOTALS_FAULTS if dice.random() < 0.35)
    return Troubles(wire=wire, crash=_crash(dice, 25) if dice.random() < 0.3 else None)


def _crash(dice: Random, steps: int) -> Crash:
    if dice.random() < 0.4:
        return Crash(dice.randint(1, 3), dice.choice(CRASH_POINTS))
    return Crash(dice.randint(1, steps))


def _wire(dice: Random, kind: ActKind, gateway_timeout_s: int) -> tuple[Fault, ...]:
    faults = []
    if kind in _BOOKING and dice.random() < 0.65:
        infno = _BOOKING[kind][0] if dice.random() < 0.6 else dice.choice(_BOOKING[kind])
        names = _SETTLING_FAULTS if infno in _SETTLING else _BOOKING_FAULTS
        faults.append(_fault(dice, dice.choice(names), infno, gateway_timeout_s))
    if kind in _ASKING and dice.random() < (0.4 if kind is ActKind.SYNC else 0.12):
        faults.append(_fault(dice, dice.choice(_ASKING_FAULTS), dice.choice(_ASKING[kind]), gateway_timeout_s))
    return tuple(faults)


def _fault(dice: Random, name: str, infno: str, gateway_timeout_s: int) -> Fault:
    if name in ("late_commit", "commit_after_reversal"):
        # The region promises that nothing is executed later than this after it came.
        return Fault(name=name, infno=infno, ms=dice.randint(100, gateway_timeout_s * 1000 - 200))
    if name == "late":
        return Fault(name=name, infno=infno, ms=dice.choice((800, 10_000, 35_000, 70_000)))
    if name == "off_by_one_fen":
        return Fault(name=name, infno=infno, figure=dice.choice(("account", "fund", "cash")), alone=dice.random() < 0.4)
    return Fault(name=name, infno=infno)


def _line(dice: Random, kind: ActKind) -> LineFault | None:
    if dice.random() >= 0.25:
        return None
    if dice.random() < 0.25:
        return LineFault("refused", dice.randint(1, 7))
    ms = dice.choice((0, 30, 500, 3_000))
    if kind in _BOOKING and dice.random() < 0.6:
        return LineFault("line_lost", 1, dice.choice(_BOOKING[kind]), ms)
    return LineFault("line_lost", dice.randint(1, 7), "", ms)


def _events(dice: Random, desks: tuple[DeskPlan, ...], end_ms: int) -> list[Event]:
    found = []
    for kind, chance in _EVENTS.items():
        if dice.random() < chance:
            found.append(
                Event(
                    kind=kind,
                    at_ms=dice.randrange(end_ms + 1),
                    lasts_ms=dice.choice((4_000, 45_000, 400_000)),
                    desk=dice.choice(desks).number,
                    seconds=dice.choice((-700, -200, -45, 45, 200, 700)),
                )
            )
    return found


_EVENTS = {EventKind.OUTAGE: 0.2, EventKind.CABLE: 0.2, EventKind.CLOCK_JUMP: 0.2, EventKind.BUREAU_SKEW: 0.12}
