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

#: Medical categories (med_type) that 2101/2102 settle here, with the clearing type each one gets.
CLEARING_TYPE_OF_MED_TYPE: Final[dict[str, str]] = {"41": "41", "11": "11"}

#: Clearing way: by item.
CLEARING_WAY: Final = "1"

#: pric_uplmt_amt of an item without a price ceiling.
NO_PRICE_CEILING: Final = "999999.00"
