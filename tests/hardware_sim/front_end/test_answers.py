"""Answers made bad."""

from decimal import Decimal
from typing import Any

from hardware_sim.front_end.answers import foreign, has_setlinfo, string_for_object, string_typed

SETTLED: dict[str, Any] = {
    "infcode": 0,
    "err_msg": "",
    "output": {
        "setlinfo": {"psn_no": "1", "setl_id": "S1", "medins_setl_id": "M1", "medfee_sumamt": Decimal("78.60")},
        "setldetail": [{"fund_payamt": Decimal("63.60"), "setl_proc_info": ""}],
    },
}
REFUSED: dict[str, Any] = {"infcode": -1, "err_msg": "系统繁忙", "output": ""}


def test_a_made_up_answer_speaks_of_somebody_else_with_the_same_figures() -> None:
    made_up = foreign(SETTLED, None)["output"]
    assert all(made_up["setlinfo"][name] != SETTLED["output"]["setlinfo"][name] for name in ("psn_no", "setl_id"))
    assert made_up["setlinfo"]["medins_setl_id"] != "M1"
    assert made_up["setlinfo"]["medfee_sumamt"] == Decimal("78.60")
    assert made_up["setldetail"] == SETTLED["output"]["setldetail"]


def test_a_foreign_answer_is_given_as_it_was() -> None:
    assert foreign(REFUSED, SETTLED) is SETTLED


def test_only_an_answer_with_figures_has_figures() -> None:
    assert has_setlinfo(SETTLED)
    assert not has_setlinfo(REFUSED)
    assert string_for_object(SETTLED)["output"]["setlinfo"] == "结算成功"
    assert has_setlinfo(SETTLED)


def test_texts_instead_of_numbers_keep_every_digit() -> None:
    answer = string_typed(SETTLED)
    assert answer["infcode"] == "0"
    assert '"medfee_sumamt": "78.60"' in answer["output"]
    assert string_typed(REFUSED)["output"] == ""
