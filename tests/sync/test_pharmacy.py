"""A purchase is tried before it is settled, and nothing is believed that is not about this purchase."""

import pytest
import simplejson

from pos_client.errors import EnvironmentProblem, Refused
from pos_client.runtime import HttpAnswer
from pos_client.sync.pharmacy import trial
from pos_client.sync.setlinfo import BureauFigures
from tests.virtual import ScriptedHttp, virtual_runtime

from .messages import bureau_of, purchase_in, region_of
from .test_setlinfo import SETLINFO

#: The worked example with one fen more, which is what the purchase comes to.
TRIED = SETLINFO | {"medfee_sumamt": "78.61", "psn_part_amt": "78.61", "acct_pay": "63.61"}


def _trial(setlinfo: object) -> BureauFigures:
    signed_in = {"signinoutb": {"sign_no": "S1", "sign_time": "2026-11-21 12:00:00"}}
    answers = [
        HttpAnswer(200, {}, simplejson.dumps({"infcode": 0, "output": output}).encode())
        for output in (signed_in, {"setlinfo": setlinfo})
    ]
    region = region_of("base")
    bureau = bureau_of(region, virtual_runtime(http=ScriptedHttp(answers)))
    return trial(bureau, purchase_in(region))


def test_a_trial_tells_the_split() -> None:
    assert _trial(TRIED).account_pay_fen == 6361


def test_a_trial_of_another_total_is_no_trial_of_this_purchase() -> None:
    with pytest.raises(Refused) as caught:
        _trial(SETLINFO)
    assert caught.value.code == "R-SUM"
    assert "78.60 ≠ 78.61" in caught.value.sentence("zh")


@pytest.mark.parametrize("changes", [{"psn_no": "somebody else"}, {"acct_pay": "much"}])
def test_a_trial_that_cannot_be_read_is_no_answer(changes: dict[str, str]) -> None:
    with pytest.raises(EnvironmentProblem) as caught:
        _trial(TRIED | changes)
    assert caught.value.code == "N-ANSWER"
