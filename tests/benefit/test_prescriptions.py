from typing import Any

import pytest

from pos_client.benefit.prescriptions import (
    FIELDS,
    PrescriberRule,
    Prescription,
    PrescriptionRule,
    compile_prescriber,
    compile_prescription,
)
from pos_client.benefit.shapes import Fault
from tests.benefit.house import shipped_rules

COMPLETE = dict.fromkeys(FIELDS, "written")


def shipped() -> PrescriptionRule:
    rule = shipped_rules().prescription
    assert rule is not None
    return rule


def prescriber() -> PrescriberRule:
    rule = shipped_rules().prescriber
    assert rule is not None
    return rule


def codes(rule: PrescriptionRule, fields: dict[str, str], **changes: Any) -> list[str]:
    return [objection.words.code for objection in rule.objections(Prescription(fields=fields, **changes))]


def test_a_complete_prescription_is_dispensed() -> None:
    assert shipped().objections(Prescription(fields=COMPLETE)) == ()


def test_the_eleven_fields_are_all_asked_for() -> None:
    assert len(shipped().must_have) == 11
    assert shipped().missing_fields(Prescription(fields={})) == shipped().must_have
    for name in FIELDS:
        assert shipped().missing_fields(Prescription(fields=COMPLETE | {name: " "})) == (name,)


def test_the_missing_fields_are_named() -> None:
    [objection] = shipped().objections(Prescription(fields=COMPLETE | {"dose": "", "usage": ""}))

    assert objection.sentence("zh") == "处方缺少：剂量、用法。处方不全，先不要发药。请医生补全。"
    assert objection.sentence("en").startswith("The prescription lacks: dose, usage.")


def test_nothing_is_dispensed_without_a_signature() -> None:
    assert codes(shipped(), COMPLETE | {"doctor_signature": ""}) == ["HOUSE-12"]
    assert codes(shipped(), COMPLETE | {"doctor_signature": "", "age": ""}) == ["HOUSE-12", "HOUSE-11"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"controlled_drugs": ("Y",)}, "HOUSE-13"),
        ({"controlled_drugs": ("Y",), "indication": "pain"}, None),
        ({"emergency": True, "unrelated_drugs": ("Y",)}, "HOUSE-14"),
        ({"emergency": False, "unrelated_drugs": ("Y",)}, None),
        ({"emergency": True}, None),
        ({"rescue_drugs": ("Y",)}, "HOUSE-15"),
        ({"rescue_drugs": ("Y",), "rescue_condition": "shock"}, "HOUSE-15"),
        ({"rescue_drugs": ("Y",), "rescue_approved": True}, "HOUSE-15"),
        ({"rescue_drugs": ("Y",), "rescue_condition": "shock", "rescue_approved": True}, None),
    ],
)
def test_controlled_emergency_and_rescue_drugs_have_their_conditions(changes: dict[str, Any], code: str | None) -> None:
    assert codes(shipped(), COMPLETE, **changes) == ([] if code is None else [code])


def test_what_a_policy_does_not_demand_is_not_asked() -> None:
    mild = compile_prescription({"prescription": {"must_have": ["name", "doctor_signature"]}})

    assert mild is not None
    assert codes(mild, {"name": "Li"}, controlled_drugs=("Y",), rescue_drugs=("Y",)) == ["HOUSE-11"]


@pytest.mark.parametrize(
    "section",
    [
        {"must_have": ["blood_group"]},
        {"must_have": [], "no_signature": "warn"},
        {"must_have": [], "rescue_drug": "ask"},
    ],
)
def test_a_demand_that_nobody_knows_is_refused(section: dict[str, object]) -> None:
    with pytest.raises(Fault, match="POL-04"):
        compile_prescription({"prescription": section})


@pytest.mark.parametrize(("has_right", "stands_against"), [(True, False), (False, True), (None, True)])
def test_a_doctor_needs_a_prescription_right_on_record(has_right: bool | None, stands_against: bool) -> None:
    assert (prescriber().objection(has_right=has_right) is not None) == stands_against


def test_a_policy_need_not_ask_for_the_right() -> None:
    lenient = PrescriberRule(right_required=False, register_violations=False, strikes=3)

    assert lenient.objection(has_right=False) is None
    assert not lenient.must_be_reported(99)


def test_more_than_three_violations_are_reported() -> None:
    assert [prescriber().must_be_reported(violations) for violations in (0, 3, 4)] == [False, False, True]


def test_another_consequence_of_the_strikes_is_refused() -> None:
    strict = {"right_required": True, "register_violations": True, "strikes": 3, "at_strikes_exceeded": "dismiss"}
    with pytest.raises(Fault, match="POL-04"):
        compile_prescriber({"prescriber": strict})
