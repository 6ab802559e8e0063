"""A day is drawn whole before it is played, and shrinks to what makes it fail."""

from dataclasses import replace

from hardware_sim.front_end.faults import Fault
from pos_client.offline.money_book import Means
from rehearsal.simulation.draw import TRUE_DISK_EVERY, draw
from rehearsal.simulation.program import Crash
from rehearsal.simulation.script import Act, ActKind, EventKind, Script, Troubles
from rehearsal.simulation.shrink import shrink


def test_the_same_seed_draws_the_same_day_and_another_one_another() -> None:
    assert draw(7) == draw(7)
    assert draw(7) != replace(draw(8), seed=7)


def test_one_seed_in_fifty_uses_the_true_disk() -> None:
    assert [seed for seed in range(1, 151) if draw(seed).true_disk] == [50, 100, 150]
    assert TRUE_DISK_EVERY == 50


def test_where_it_is_allowed_a_customer_comes_back_during_an_outage_and_his_bill_is_sent_after_it() -> None:
    provisional = [script for script in map(draw, range(1, 101)) if script.provisional]
    assert 20 < len(provisional) < 40
    regulars = 0
    for script in provisional:
        for act in script.acts:
            before = {one.person for one in script.acts if one.desk == act.desk and one.at_ms < act.at_ms}
            cut_off = [one for one in script.events if one.kind in (EventKind.OUTAGE, EventKind.CABLE)]
            during = any(0 <= act.at_ms - one.at_ms < one.lasts_ms for one in cut_off if one.desk == act.desk)
            regulars += act.kind is ActKind.SALE and during and act.person in before
        last_out = max((one.at_ms + one.lasts_ms for one in script.events[:1]), default=0)
        assert not script.events or any(act.kind is ActKind.SYNC and act.at_ms > last_out for act in script.acts)
    assert regulars > len(provisional)


def test_a_part_of_the_sales_is_paid_in_part_by_other_means_than_cash() -> None:
    sales = [act for seed in range(1, 101) for act in draw(seed).acts if act.kind is ActKind.SALE]
    other = [act for act in sales if act.other_percent]
    assert len(sales) / 5 < len(other) < len(sales) / 2
    assert {act.other_means for act in other} == {Means.WECHAT, Means.BANK_CARD, Means.ALIPAY}


def test_no_message_is_executed_later_than_the_region_promises() -> None:
    for seed in range(1, 101):
        script = draw(seed)
        for act in script.acts:
            for fault in (*act.troubles.wire, *act.asking.wire):
                if fault.name in ("late_commit", "commit_after_reversal"):
                    assert fault.ms < script.gateway_timeout_s * 1000


def test_most_acts_have_nothing_go_wrong_or_little() -> None:
    acts = [act for seed in range(1, 101) for act in draw(seed).acts]
    assert sum(act.troubles.count == 0 for act in acts) > len(acts) / 3
    assert sum(act.troubles.count > 2 for act in acts) < len(acts) / 5


def test_a_failing_day_shrinks_to_the_act_and_the_trouble_that_matter() -> None:
    script = draw(11)
    culprit = replace(script.acts[5], troubles=Troubles(wire=(Fault(name="twice"),), crash=Crash(4)))
    script = replace(script, acts=(*script.acts[:5], culprit, *script.acts[6:]))

    def fails(shorter: Script) -> bool:
        return any(fault.name == "twice" for act in shorter.acts for fault in act.troubles.wire)

    shortest = shrink(script, fails)
    assert [act.number for act in shortest.acts] == [culprit.number]
    assert shortest.acts[0].troubles == Troubles(wire=(Fault(name="twice"),))
    assert shortest.events == ()


def test_shrinking_gives_up_after_so_many_plays() -> None:
    script = draw(11)
    plays = 0

    def fails(shorter: Script) -> bool:
        nonlocal plays
        plays += 1
        return False

    assert shrink(script, fails, most_plays=10) == script
    assert plays == 10


def test_troubles_are_told_in_a_few_words() -> None:
    troubles = Troubles(wire=(Fault(name="twice", infno="2102"),), crash=Crash(2, "sleep"))
    assert str(troubles) == "  [twice@2102, killed@sleep 2]"
    assert str(Troubles()) == ""
    assert Act(1, 0, 1, ActKind.SALE, basket=(("YD0001", 2),)).goods == "YD0001×2"
