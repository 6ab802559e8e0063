from decimal import Decimal

import pytest

from pos_client.benefit.answers import Answers
from pos_client.benefit.shapes import Fault
from pos_client.benefit.site_params import SiteParam
from pos_client.benefit.thresholds import Threshold, compile_threshold

PARAM = {"line": SiteParam("line", Decimal(0), Decimal(100))}


@pytest.mark.parametrize(
    ("written", "entered", "threshold"),
    [
        (20, {}, Threshold(Decimal(20))),
        (Decimal("20.5"), {}, Threshold(Decimal("20.5"))),
        ("unset", {}, Threshold(None, "UNSET")),
        ({"site": "line"}, {"line": Decimal(30)}, Threshold(Decimal(30))),
        ({"site": "line"}, {}, Threshold(None, "SITE_PARAM_MISSING")),
        ({"site": "line"}, {"line": Decimal(101)}, Threshold(None, "SITE_PARAM_OUT_OF_BOUNDS")),
    ],
)
def test_a_threshold_is_a_number_or_says_why_there_is_none(
    written: object, entered: dict[str, Decimal], threshold: Threshold
) -> None:
    assert compile_threshold(written, ("indicator", 0, "warn_above"), Answers({}, entered, PARAM)) == threshold


@pytest.mark.parametrize("written", [-1, [{"when": {"level": 1}, "value": 20}, {"value": 30}]])
def test_what_no_house_rule_can_use_is_refused_at_its_place(written: object) -> None:
    with pytest.raises(Fault) as fault:
        compile_threshold(written, ("indicator", 0, "warn_above"), Answers({}, {}, {}))

    assert (fault.value.words.code, fault.value.path) == ("POL-04", ("indicator", 0, "warn_above"))
