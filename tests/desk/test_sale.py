"""A sale from swipe to slip, against the real front-end server."""

import pytest
import requests

from pos_client.desk.afterwards import collect
from pos_client.desk.settle import settle
from pos_client.desk.station import open_counter
from pos_client.errors import EnvironmentProblem, OutcomeUnknown, Refused
from pos_client.offline.journal import State
from pos_client.offline.money_book import Means, Paid
from tests.desk.world import CONSENT_ITEM, World


def test_a_sale_is_settled_and_all_three_books_agree(world: World) -> None:
    sold = world.sell("YD0001*2", tendered_fen=3000)
    assert (sold.booked.figures.cash_pay_fen, sold.change_fen, sold.short_fen) == (2520, 480, 0)
    books = world.agreement()
    assert books.disagreements == ()
    assert (books.standing, books.drawer_fen, books.ledger_total_fen) == (1, 2520, 2520)


def test_the_account_pays_what_is_in_the_catalogue_and_cash_the_rest(world: World) -> None:
    sold = world.sell("YD0001", CONSENT_ITEM, use_account=True)
    figures = sold.booked.figures
    assert figures.account_pay_fen == 1260
    assert figures.cash_pay_fen == figures.own_expense_fen > 0
    assert figures.account_balance_fen == 120355 - 1260
    assert world.agreement().disagreements == ()


def test_our_calculation_agrees_with_the_bureau_to_the_fen(world: World) -> None:
    with world.desk() as desk:
        quoted = world.quote(desk, "YD0001*3", "YD0004*2", "YD0002", CONSENT_ITEM, use_account=True)
    assert quoted.assessment.settled is not None
    assert quoted.differences == ()


def test_every_amount_of_a_quote_has_its_sentence(world: World) -> None:
    with world.desk() as desk:
        quoted = world.quote(desk, "YD0001", "YD0004", CONSENT_ITEM, use_account=True)
    text = "\n".join(sentence.text for sentence in quoted.assessment.sentences)
    for amount_fen in (quoted.trial.own_expense_fen, quoted.trial.pre_self_pay_fen, quoted.trial.account_pay_fen):
        assert amount_fen > 0
        assert f"{amount_fen / 100:,.2f}" in text


def test_a_figure_that_is_off_is_named_recorded_and_does_not_stop_the_sale(world: World) -> None:
    world.faults({"name": "off_by_one_fen", "figure": "cash"})
    sold = world.sell("YD0001", "YD0004", use_account=True)
    assert {one.figure for one in sold.differences} >= {"cash"}
    assert all(abs(one.ours_fen - one.bureau_fen) == 1 for one in sold.differences)
    assert world.agreement().disagreements == ()


def test_figures_of_a_trial_that_do_not_add_up_charge_nothing(world: World) -> None:
    world.faults({"name": "off_by_one_fen", "figure": "cash", "alone": True, "infno": "2101"})
    with pytest.raises(Refused) as caught:
        world.sell("YD0001")
    assert caught.value.code == "R-SUM"
    assert world.messages() == []


def test_figures_of_a_settlement_that_do_not_add_up_leave_it_open(world: World) -> None:
    world.faults({"name": "off_by_one_fen", "figure": "cash", "alone": True, "infno": "2102"})
    with pytest.raises(OutcomeUnknown):
        world.sell("YD0001")


def test_a_settlement_for_more_cash_than_the_trial_said_is_told_and_kept_open(world: World) -> None:
    world.faults({"name": "off_by_one_fen", "figure": "cash", "infno": "2102"})
    with world.desk() as desk:
        quoted = world.quote(desk, "YD0001", use_account=True)
        sold = settle(desk, quoted, quoted.due_fen)
    assert [one.stage for one in sold.differences] == ["settlement"] * len(sold.differences)
    assert sold.differences
    assert (sold.short_fen, sold.change_fen) == (sold.booked.figures.cash_pay_fen, 0)
    assert world.tasks() == [("collect", sold.id)]
    with open_counter(world.home, world.environment, world.runtime) as office:
        with pytest.raises(Refused):
            collect(office, sold.id, Paid(Means.CASH, sold.short_fen + 1))
        collect(office, sold.id, Paid(Means.CASH, sold.short_fen))
    assert world.tasks() == []
    assert world.agreement().disagreements == ()


def test_a_policy_that_is_not_there_leaves_only_the_explanation_missing(world: World) -> None:
    with world.desk():
        pass
    text = world.home.config_file.read_text(encoding="utf-8")
    world.home.config_file.write_text(text.replace('id = "yizheng"', 'id = "atlantis"'), encoding="utf-8")
    with world.desk() as desk:
        quoted = world.quote(desk)
        sold = settle(desk, quoted, quoted.due_fen)
    assert quoted.assessment.split is None
    assert "atlantis" in quoted.assessment.sentences[0].text
    assert "不能核对" in sold.slip_file.read_text(encoding="utf-8")
    assert world.agreement().disagreements == ()


def test_texts_for_numbers_are_a_dialect_and_no_problem(world: World) -> None:
    world.faults({"name": "string_typed"})
    world.sell("YD0001")
    assert world.agreement().disagreements == ()


def test_a_tender_that_is_too_small_does_nothing(world: World) -> None:
    with pytest.raises(Refused) as caught:
        world.sell("YD0001", tendered_fen=1000)
    assert caught.value.code == "S-TENDER"
    assert "2.60" in caught.value.sentence("zh")
    assert world.messages() == []


def test_a_refused_settlement_hands_the_tender_back(world: World) -> None:
    world.faults({"name": "refuse", "infno": "2102"})
    with pytest.raises(Refused) as caught:
        world.sell("YD0001", tendered_fen=2000)
    assert caught.value.code == "R-2102"
    assert "20.00" in caught.value.sentence("zh")
    assert [message.state for message in world.messages()] == [State.REFUSED]
    assert world.agreement().disagreements == ()


def test_a_refused_trial_books_nothing(world: World) -> None:
    world.faults({"name": "refuse", "infno": "2101"})
    with pytest.raises(Refused) as caught:
        world.sell("YD0001")
    assert caught.value.code == "R-2101"
    assert world.messages() == []


def test_a_front_end_that_is_down_before_the_sale_books_nothing(world: World) -> None:
    world.faults({"name": "down"})
    with pytest.raises(EnvironmentProblem) as caught:
        world.sell("YD0001")
    assert caught.value.code == "N-DOWN"
    assert world.messages() == []


def test_a_front_end_that_goes_down_before_the_settlement_freezes_nothing(world: World) -> None:
    with world.desk() as desk:
        quoted = world.quote(desk)
        world.faults({"name": "down"})
        world.http.close()
        with pytest.raises(EnvironmentProblem) as caught:
            settle(desk, quoted, 2000)
    assert caught.value.code == "N-SEND"
    assert [message.state for message in world.messages()] == [State.NOT_SENT]
    assert world.agreement().disagreements == ()
    world.faults()
    world.sell("YD0001")
    assert world.agreement().standing == 1


@pytest.mark.parametrize("fault", ["drop_request", "drop_answer", "http_500", "http_500_after", "string_for_object"])
def test_an_answer_that_is_none_leaves_the_outcome_unknown(world: World, fault: str) -> None:
    world.faults({"name": fault, "infno": "2102"})
    with pytest.raises(OutcomeUnknown) as caught:
        world.sell("YD0001", tendered_fen=2000)
    assert caught.value.code == "U-2102"
    assert [message.state for message in world.messages()] == [State.UNKNOWN]
    slip = (world.home.slips / "01-000001.txt").read_text(encoding="utf-8")
    assert "待确认" in slip
    assert "20.00" in slip


def test_another_sale_goes_on_while_one_is_unknown(world: World) -> None:
    world.faults({"name": "drop_answer", "infno": "2102", "times": 1})
    with pytest.raises(OutcomeUnknown):
        world.sell("YD0001")
    world.sell("YD0001")
    assert [message.state for message in world.messages()] == [State.UNKNOWN, State.OK]


@pytest.mark.parametrize("fault", ["drop_request", "http_500", "string_for_object"])
def test_a_query_without_a_proper_answer_is_told_and_books_nothing(world: World, fault: str) -> None:
    world.faults({"name": fault, "infno": "2101"})
    with pytest.raises(EnvironmentProblem) as caught:
        world.sell("YD0001")
    assert caught.value.code == "N-ANSWER"
    assert world.messages() == []


def test_a_clock_far_from_the_bureaus_takes_no_money(world: World) -> None:
    document = {"offset_s": 600}
    requests.put(f"{world.front_end.control_url}/_sim/clock", json=document, timeout=10).raise_for_status()
    with pytest.raises(EnvironmentProblem) as caught:
        world.sell("YD0001")
    assert caught.value.code == "N-CLOCK"
    assert world.messages() == []


def test_a_waiting_person_may_use_the_account_and_the_pool_is_told_closed(world: World) -> None:
    world.insert("wang-xiaomei")
    with world.desk() as desk:
        quoted = world.quote(desk, "YD0001", use_account=True)
        pool = quoted.identified.entitlement(desk.office.region.entitlement_fund)
    assert pool is not None
    assert not pool.entitled
    assert pool.reason
    assert quoted.trial.account_pay_fen == 1260
    assert quoted.differences == ()


def test_a_paused_person_is_refused_in_the_bureaus_own_words(world: World) -> None:
    world.insert("zhao-tingbao")
    with pytest.raises(Refused) as caught:
        world.sell("YD0001")
    assert caught.value.code == "R-2101"
    assert "暂停" in caught.value.sentence("zh")
    assert world.messages() == []


def test_a_name_with_rare_characters_passes_through(world: World) -> None:
    world.insert("ma-yan")
    sold = world.sell("YD0001", use_account=True)
    assert sold.booked.figures.account_pay_fen == 1260
    assert world.agreement().disagreements == ()


def test_the_slip_file_names_nobody(world: World) -> None:
    sold = world.sell("YD0001")
    slip = sold.slip_file.read_text(encoding="utf-8")
    assert "张**" in slip
    for private in ("张建国", "439999197003030012", "A00000011", "439900D156000005"):
        assert private not in slip
    assert "模拟" in slip
    assert "不是医疗收费电子票据" in slip


def test_a_slip_that_cannot_be_written_does_not_undo_the_sale(world: World) -> None:
    with world.desk() as desk:
        quoted = world.quote(desk)
        for file in world.home.slips.iterdir():
            file.unlink()
        world.home.slips.rmdir()
        with pytest.raises(EnvironmentProblem) as caught:
            settle(desk, quoted, quoted.due_fen)
    assert caught.value.code == "S-SLIP"
    world.home.slips.mkdir()
    assert world.agreement().disagreements == ()
    assert world.agreement().standing == 1


def test_the_card_may_be_pulled_once_the_person_is_known(world: World) -> None:
    with world.desk() as desk:
        quoted = world.quote(desk)
        world.slot.remove()
        settle(desk, quoted, quoted.due_fen)
    assert world.agreement().standing == 1


def test_without_a_card_nothing_happens(world: World) -> None:
    world.slot.remove()
    with pytest.raises(EnvironmentProblem) as caught:
        world.sell("YD0001")
    assert caught.value.code.startswith("K-")
    assert world.messages() == []


def test_a_second_desk_on_the_same_home_is_refused(world: World) -> None:
    with world.desk(), pytest.raises(EnvironmentProblem) as caught, world.desk():
        pass
    assert caught.value.code == "D-DESK"


def test_what_was_not_paid_in_cash_is_not_changed_into_cash(world: World) -> None:
    wechat = Paid(Means.WECHAT, 1260, "4200001")
    world.faults({"name": "off_by_one_fen", "figure": "fund", "infno": "2102"})
    with world.desk() as desk:
        sold = settle(desk, world.quote(desk, "YD0001"), 0, [wechat])
    assert (sold.change_fen, sold.elsewhere) == (0, (Paid(Means.WECHAT, 1, "4200001"),))
    assert "退回微信" in sold.slip_file.read_text(encoding="utf-8")
    assert world.agreement().disagreements == ()
