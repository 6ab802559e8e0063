"""Dates as the policies count them: months from a day, completed years, insurance years."""

from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the last day where that month is shorter (rules A-12)."""
    month_index = day.year * 12 + day.month - 1 + months
    year, month = divmod(month_index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def first_of_month(day: date, *, months_later: int = 0) -> date:
    """The first day of the month, ``months_later`` after that of ``day``."""
    return add_months(day.replace(day=1), months_later)


def completed_years(since: date, on: date) -> int:
    """Whole years between two days: a birthday on 29 February is complete on 1 March of other years."""
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def insurance_year(day: date, year_starts: tuple[int, int]) -> int:
    """The year in which the insurance year of ``day`` began; ``year_starts`` is (month, day)."""
    return day.year - ((day.month, day.day) < year_starts)


def start_of_insurance_year(year: int, year_starts: tuple[int, int]) -> date:
    """The first day of the insurance year that began in ``year``."""
    return date(year, *year_starts)
