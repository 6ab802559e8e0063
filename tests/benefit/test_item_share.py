from datetime import date
from pathlib import Path

import pytest

from pos_client.benefit import split
from tests.benefit.bills import approval, bill, line, visit
from tests.benefit.policies import changed, yizheng

APPROVED = approval(date(2010, 5, 3))


def test_each_item_gets_its_own_share_rounded_by_itself() -> None:
    exams = [line("201.01", id=name, kind="exam", approval=APPROVED) for name in ("ct", "mri")]

    result = split(yizheng(), bill(visit(*exams, type="special_exam")))

    assert [(grant.line_id, grant.pays_fen) for grant in result.grants] == [("ct", 10051), ("mri", 10051)]


def test_an_item_of_unknown_kind_cannot_be_judged() -> None:
    unknown = visit(line("300.00", kind=None, approval=APPROVED), type="special_exam")

    assert split(yizheng(), bill(unknown)).details == ("kind: 1",)


def test_a_share_without_an_approval_still_asks_for_the_kind(tmp_path: Path) -> None:
    approvals = (Path(__file__).parents[2] / "pos_client/benefit/policies/yizheng/2010-01-01.toml").read_text("utf-8")
    start = approvals.index('[[approval]]\nid = "special_exam"')
    end = approvals.index("# ------------------------------------------------------------ benefits")
    library = changed(
        tmp_path, "yizheng/2010-01-01", (approvals[start:end], ""), ('approval = "special_exam"\nfund', "fund")
    )
    policy = library.pick("yizheng", date(2010, 5, 4))

    assert split(policy, bill(visit(line("300.00", kind="exam"), type="special_exam"))).fund_total_fen == 15000
    assert split(policy, bill(visit(line("300.00", kind=None), type="special_exam"))).details == ("kind: 1",)


@pytest.mark.parametrize(("pay", "reason"), [('"unset"', "NO_RULE_SHARE"), ('{ site = "x" }', "SITE_PARAM_MISSING")])
def test_a_missing_percentage_holds(tmp_path: Path, pay: str, reason: str) -> None:
    library = changed(
        tmp_path,
        "yizheng/2010-01-01",
        ("pay = 50\npaid_counter", f"pay = {pay}\npaid_counter"),
        ("[items]\n", '[[site_param]]\nid = "x"\nlabel = "…"\ntype = "percent"\n\n[items]\n'),
    )
    event = visit(line("300.00", kind="exam", approval=APPROVED), type="special_exam")

    assert split(library.pick("yizheng", date(2010, 5, 4)), bill(event)).reasons == (reason,)
