from datetime import date
from pathlib import Path

import pytest

from pos_client.benefit.policy_file import PolicyFileProblem
from tests.benefit.policies import SHIPPED, changed

INVARIANT = '[[invariant]]\ntext = "…"\nyearly_fund_paid_max = { active = 186000.00 }\n'


def test_the_notices_own_figures_are_what_the_file_gives() -> None:
    assert SHIPPED.pick("rizhao", date(2012, 1, 1)).document["invariant"]


def test_a_figure_that_differs_is_told_with_both_amounts(tmp_path: Path) -> None:
    library = changed(tmp_path, "rizhao/2012-01-01", ("minor_resident = 354 }", "minor_resident = 360 }"))

    with pytest.raises(PolicyFileProblem) as problem:
        library.pick("rizhao", date(2012, 1, 1))

    assert problem.value.code == "POL-26"
    assert "minor_resident" in problem.value.sentence("zh")
    assert "360.00" in problem.value.sentence("zh")
    assert "354.00" in problem.value.sentence("zh")


def test_with_several_benefits_the_figure_must_say_which_it_is_about(tmp_path: Path) -> None:
    library = changed(tmp_path, "yizheng/2010-01-01", ("[[unset]]\n", f"{INVARIANT}[[unset]]\n"))

    with pytest.raises(PolicyFileProblem, match="POL-17"):
        library.pick("yizheng", date(2010, 5, 4))


@pytest.mark.parametrize(("stated", "meets"), [("2500", True), ("2500.01", False)])
def test_a_figure_may_name_its_benefit(tmp_path: Path, stated: str, meets: bool) -> None:
    named = INVARIANT.replace("186000.00", stated).replace("text", 'benefit = "chronic"\ntext')
    library = changed(
        tmp_path,
        "yizheng/2010-01-01",
        ("[[unset]]\n", f"{named}[[unset]]\n"),
        ("requires = { chronic_approved = true }\n", ""),
        ("  { when = { age = { max = 45 } }, value = 60 },\n", ""),
    )

    if meets:
        assert library.pick("yizheng", date(2010, 5, 4)).ref.id == "yizheng"
    else:
        with pytest.raises(PolicyFileProblem, match="POL-26"):
            library.pick("yizheng", date(2010, 5, 4))


def test_a_figure_that_hangs_on_an_unknown_fact_cannot_be_checked(tmp_path: Path) -> None:
    named = INVARIANT.replace("text", 'benefit = "chronic"\ntext')
    library = changed(tmp_path, "yizheng/2010-01-01", ("[[unset]]\n", f"{named}[[unset]]\n"))

    with pytest.raises(PolicyFileProblem, match="chronic_approved"):
        library.pick("yizheng", date(2010, 5, 4))
