"""The simulated region: area 439900 (which does not exist) and what it fixes where the standard leaves it open."""

from typing import Final, Literal

Edition = Literal["base", "hunan"]

AREA: Final = "439900"

#: Transactions that 2601 may undo: the national list, and the shorter one of the Hunan edition (protocol 5.2).
REVERSIBLE: Final[dict[Edition, frozenset[str]]] = {
    "base": frozenset({"2102", "2103", "2207", "2208", "2304", "2305", "2401"}),
    "hunan": frozenset({"2102", "2207", "2304", "2401"}),
}

#: cum_type_code of 5206: this region's code of each yearly counter. Amounts are yuan, counts plain numbers.
COUNTER_CODES: Final[dict[str, str]] = {
    "S01": "inpatient_eligible",
    "S02": "pool_paid",
    "S03": "relief_paid",
    "S04": "local_admissions",
    "S05": "chronic_eligible",
    "S06": "chronic_paid",
    "S07": "special_exam_paid",
}

#: Counters that count events; all others are amounts of money.
COUNTS: Final = frozenset({"local_admissions", "admissions"})

#: All counters that this bureau keeps, those of other simulated policies among them: what nobody used is zero.
COUNTERS: Final = (
    *COUNTER_CODES.values(),
    "admissions",
    "outpatient_eligible",
    "outpatient_paid",
    "relief_reached",
    "civil_paid",
)

#: The registers of both editions write 11 for an active employee; a retired one is 21 nationally, 12 in Hunan.
PSN_TYPE_OF_EDITION: Final[dict[Edition, dict[str, str]]] = {"base": {}, "hunan": {"21": "12"}}

#: psn_type as the benefit rules read it.
CATEGORY_OF_PSN_TYPE: Final[dict[str, str]] = {"11": "active", "21": "retired", "12": "retired"}

#: Words of the benefit rules for what is settled here.
OUTPATIENT_EVENT: Final = "outpatient"
INPATIENT_EVENT: Final = "inpatient"

#: Medical categories (med_type) that each kind of settlement takes here, with the clearing type each one gets:
#: 2101/2102, 2206/2207 (a registration fee and an emergency are settled as a visit), 2303/2304 (21 is written 2101
#: in Hunan). Others exist in the code table and are refused.
PURCHASE_TYPES: Final[dict[str, str]] = {"41": "41", "11": "11"}
VISIT_TYPES: Final[dict[str, str]] = {"11": "11", "12": "11", "13": "11"}
STAY_TYPES: Final[dict[str, str]] = {"21": "21", "2101": "21"}
#: The category that a visit has for its registration fee alone: settled without diagnoses.
REGISTRATION_FEE: Final = "12"

#: Every institution of this region is of the second level, which decides deductible and shares of a stay.
HOSPITAL_LEVEL: Final = 2
#: pay_loc of what is settled at an institution.
PAID_AT_INSTITUTION: Final = "2"

#: Rows that one 2301 may carry (protocol 5.5), and the text that stands for all rows in 2205 and 2302.
LARGEST_UPLOAD: Final = 100
ALL_ROWS: Final = "0000"

#: Clearing way: by item.
CLEARING_WAY: Final = "1"

#: list_type of a catalogue row: drugs and services; its dosage form is in no catalogue here.
LIST_TYPES: Final[dict[str, str]] = {"drug": "101"}
LIST_TYPE_OF_SERVICES: Final = "201"
NO_DOSAGE_FORM: Final = "未标明"

#: pric_uplmt_amt of an item without a price ceiling.
NO_PRICE_CEILING: Final = "999999.00"
