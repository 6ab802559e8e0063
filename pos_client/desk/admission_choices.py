"""What an admission chooses from: the institution's lists, and the form that becomes of what was chosen."""

from collections.abc import Sequence
from typing import Literal, TypeVar

from pos_client.desk import admission, care_lists
from pos_client.desk import stay_desk_words as words
from pos_client.desk.admission import AdmissionForm
from pos_client.desk.care_lists import CareLists, Choice, Department, Disease
from pos_client.desk.custody import DOCUMENTS, Document
from pos_client.desk.station import Office
from pos_client.desk.stay import Ward
from pos_client.desk.stay_view import AdmissionDraft, AdmissionStart, Option
from pos_client.errors import Refused
from pos_client.phrase import Phrase

T = TypeVar("T")
#: What an admission chooses from.
Which = Literal["department", "doctor", "diagnosis"]
_WHAT = {
    "department": Phrase("科室", "The department"),
    "doctor": Phrase("医生", "The doctor"),
    "diagnosis": Phrase("主要诊断", "The main diagnosis"),
}


class AdmissionChoices:
    """The lists as they were when an admission was last begun."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._read: CareLists | None = None

    def begin(self) -> AdmissionStart:
        """What an admission begins with; reads the lists anew.

        Raises:
            Refused: L-01, L-02.
        """
        self._read = None
        self._lists()
        settings = self._office.settings
        language = settings.language
        return AdmissionStart(
            own_number=admission.propose_own_number(self._office),
            level=words.LEVELS[settings.number("institution.level")].say(language),
            certificate=DOCUMENTS[Document.INSURANCE_CERTIFICATE].say(language),
            card=DOCUMENTS[Document.IC_CARD].say(language),
        )

    def options(self, which: Which, typed: str, department: str = "") -> tuple[Option, ...]:
        """What the clerk may mean, the best first; doctors of the department stand before others."""
        lists = self._lists()
        names = {one.code: one.name for one in lists.departments}
        if which == "department":
            return tuple(_option(one) for one in care_lists.find(lists.departments, typed))
        if which == "diagnosis":
            return tuple(_option(one) for one in care_lists.find(lists.diseases, typed))
        chosen = next((one.value for one in lists.departments if one.code == department), None)
        doctors = lists.doctors if chosen is None else lists.doctors_of(chosen)
        found = care_lists.find(doctors, typed)
        return tuple(Option(one.code, one.name, names.get(one.value.department, "")) for one in found)

    def form(self, draft: AdmissionDraft) -> AdmissionForm:
        """What was entered, with what its codes stand for.

        Raises:
            Refused: S-BED, S-CHOICE, L-01, L-02.
        """
        lists = self._lists()
        if not draft.bed.strip():
            raise Refused(words.NO_BED)
        ward = Ward(
            _chosen(lists.departments, draft.department, "department"),
            _chosen(lists.doctors, draft.doctor, "doctor").doctor,
            draft.bed.strip(),
        )
        disease = _chosen(lists.diseases, draft.diagnosis, "diagnosis")
        ticks = {Document.INSURANCE_CERTIFICATE: draft.certificate, Document.IC_CARD: draft.card}
        documents = tuple(document for document, ticked in ticks.items() if ticked)
        return AdmissionForm(ward, (disease,), draft.own_number, documents)

    def _lists(self) -> CareLists:
        if self._read is None:
            self._read = care_lists.care_lists(self._office.books.home, self._office.settings.mode)
        return self._read


def _option(choice: Choice[Department] | Choice[Disease]) -> Option:
    return Option(choice.code, choice.name, choice.code)


def _chosen(choices: Sequence[Choice[T]], code: str, which: Which) -> T:
    found = next((one.value for one in choices if one.code == code), None)
    if found is None:
        what = _WHAT[which]
        raise Refused(words.NO_CHOICE, what_zh=what.zh, what_en=what.en, typed=code)
    return found
