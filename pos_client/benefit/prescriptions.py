"""What a prescription must have before anything is dispensed, and who may write one.

``[prescription]`` and ``[prescriber]``; rules N20 (eleven fields), N21, N22, N25 (no signature, no dispensing), N28,
N29.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from pos_client.benefit.objections import Objection
from pos_client.benefit.shapes import list_of, one_of
from pos_client.errors import Words
from pos_client.phrase import Phrase

FIELDS_MISSING = Words(
    "HOUSE-11",
    "处方缺少：{what}。处方不全，先不要发药。请医生补全。",
    "The prescription lacks: {what}. It is not complete, so do not dispense. Have the doctor complete it.",
)
NOT_SIGNED = Words(
    "HOUSE-12",
    "处方没有医生签名，不能发药。请退回医生签名。",
    "The prescription is not signed, so nothing may be dispensed. Return it to the doctor for a signature.",
)
NO_INDICATION = Words(
    "HOUSE-13",
    "控制使用的药品没有写适应症：{what}。先不要发药。请医生写明适应症。",
    "No indication is given for controlled drugs: {what}. Do not dispense. Have the doctor write the indication.",
)
UNRELATED_TO_EMERGENCY = Words(
    "HOUSE-14",
    "急诊处方里有与急诊无关的药品：{what}。这些药不能发。请医生改处方。",
    "An emergency prescription names drugs unrelated to the emergency: {what}. Do not dispense these."
    " Have the doctor change it.",
)
RESCUE_NOT_APPROVED = Words(
    "HOUSE-15",
    "抢救药品缺少病情说明或审批：{what}。先不要发药。请补病情说明和审批。",
    "The condition or the approval is missing for rescue drugs: {what}. Do not dispense. Add what is missing.",
)
NO_PRESCRIPTION_RIGHT = Words(
    "HOUSE-16",
    "没有查到这位医生的处方权，处方不能用。请换有处方权的医生开方，或请医保科核实。",
    "No prescription right of this doctor is on record, so the prescription cannot be used."
    " Have a doctor with the right write it, or ask the insurance office.",
)

SIGNATURE: Final = "doctor_signature"
FIELDS: Final[Mapping[str, Phrase]] = {
    "name": Phrase("姓名", "name"),
    "sex": Phrase("性别", "sex"),
    "age": Phrase("年龄", "age"),
    "date": Phrase("日期", "date"),
    "work_unit": Phrase("工作单位", "work unit"),
    "home_address": Phrase("家庭住址", "home address"),
    "dosage_form": Phrase("剂型", "dosage form"),
    "dose": Phrase("剂量", "dose"),
    "quantity": Phrase("数量", "quantity"),
    "usage": Phrase("用法", "usage"),
    SIGNATURE: Phrase("医生签名", "the doctor's signature"),
}
#: The one word that each of these keys can have; a policy without the key does not ask for it.
_DEMANDS: Final[Mapping[str, str]] = {
    "no_signature": "refuse_dispensing",
    "controlled_drug": "indication_required",
    "emergency_visit": "no_unrelated_drugs",
    "rescue_drug": "condition_and_approval_required",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prescription:
    """A prescription as it came to the window; drugs are told by their names.

    ``fields`` are what is written, by the names of :data:`FIELDS`; an empty one counts as missing.
    """

    fields: Mapping[str, str]
    controlled_drugs: tuple[str, ...] = ()
    indication: str = ""
    emergency: bool = False
    unrelated_drugs: tuple[str, ...] = ()
    rescue_drugs: tuple[str, ...] = ()
    rescue_condition: str = ""
    rescue_approved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrescriptionRule:
    """What a prescription must have; ``outside_dispensing`` is told as it is written."""

    must_have: tuple[str, ...]
    refuse_unsigned: bool
    controlled_needs_indication: bool
    emergency_without_unrelated: bool
    rescue_needs_approval: bool
    outside_dispensing: str | None

    def missing_fields(self, prescription: Prescription) -> tuple[str, ...]:
        """The fields that are not filled in, in the order of the policy."""
        return tuple(name for name in self.must_have if not prescription.fields.get(name, "").strip())

    def objections(self, prescription: Prescription) -> tuple[Objection, ...]:
        """Everything that stands against dispensing; nothing, if it may be dispensed."""
        return (*self._to_the_paper(prescription), *self._to_the_drugs(prescription))

    def _to_the_paper(self, prescription: Prescription) -> Iterator[Objection]:
        missing = self.missing_fields(prescription)
        if self.refuse_unsigned:
            missing = tuple(name for name in missing if name != SIGNATURE)
            if not prescription.fields.get(SIGNATURE, "").strip():
                yield Objection(NOT_SIGNED)
        if missing:
            yield Objection(FIELDS_MISSING, tuple(FIELDS[name] for name in missing))

    def _to_the_drugs(self, prescription: Prescription) -> Iterator[Objection]:
        if self.controlled_needs_indication and prescription.controlled_drugs and not prescription.indication.strip():
            yield Objection(NO_INDICATION, prescription.controlled_drugs)
        if self.emergency_without_unrelated and prescription.emergency and prescription.unrelated_drugs:
            yield Objection(UNRELATED_TO_EMERGENCY, prescription.unrelated_drugs)
        allowed = prescription.rescue_approved and prescription.rescue_condition.strip()
        if self.rescue_needs_approval and prescription.rescue_drugs and not allowed:
            yield Objection(RESCUE_NOT_APPROVED, prescription.rescue_drugs)


class PrescriberRule(NamedTuple):
    """Who may write prescriptions, and how many violations a doctor may have before the bureau is told."""

    right_required: bool
    register_violations: bool
    strikes: int

    def objection(self, *, has_right: bool | None) -> Objection | None:
        """Against a doctor whose right is not on record; what is not known (None) counts as not there."""
        return Objection(NO_PRESCRIPTION_RIGHT) if self.right_required and not has_right else None

    def must_be_reported(self, violations: int) -> bool:
        """Whether a doctor has more violations than the strikes allow (N29: more than three)."""
        return self.register_violations and violations > self.strikes


def compile_prescription(document: Mapping[str, Any]) -> PrescriptionRule | None:
    """The rule written in a policy file that has passed its checks; None if it has none.

    Raises:
        Fault: a field or a demand that the window does not know.
    """
    section = document.get("prescription")
    if section is None:
        return None
    list_of(one_of(*FIELDS))(section["must_have"], ("prescription", "must_have"))
    for key, word in _DEMANDS.items():
        if key in section:
            one_of(word)(section[key], ("prescription", key))
    return PrescriptionRule(
        must_have=tuple(section["must_have"]),
        refuse_unsigned="no_signature" in section,
        controlled_needs_indication="controlled_drug" in section,
        emergency_without_unrelated="emergency_visit" in section,
        rescue_needs_approval="rescue_drug" in section,
        outside_dispensing=section.get("outside_dispensing"),
    )


def compile_prescriber(document: Mapping[str, Any]) -> PrescriberRule | None:
    """The rule written in a policy file that has passed its checks; None if it has none.

    Raises:
        Fault: more strikes lead to something else than a report to the bureau.
    """
    section = document.get("prescriber")
    if section is None:
        return None
    one_of("report_to_bureau")(section["at_strikes_exceeded"], ("prescriber", "at_strikes_exceeded"))
    return PrescriberRule(section["right_required"], section["register_violations"], section["strikes"])
