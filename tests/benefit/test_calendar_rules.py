from datetime import date

import pytest

from pos_client.benefit.calendar_rules import (
    add_months,
    completed_years,
    first_of_month,
    insurance_year,
    start_of_insurance_year,
)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2010, 1, 15), 6, date(2010, 7, 15)),
        (date(2009, 8, 31), 6, date(2010, 2, 28)),
        (date(2011, 8, 31), 6, date(2012, 2, 29)),
        (date(2010, 12, 1), 1, date(2011, 1, 1)),
        (date(2012, 2, 29), 12, date(2013, 2, 28)),
        (date(2010, 5, 4), 0, date(2010, 5, 4)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


def test_the_month_after_december_is_january() -> None:
    assert first_of_month(date(2010, 12, 20), months_later=1) == date(2011, 1, 1)
    assert first_of_month(date(2010, 12, 20)) == date(2010, 12, 1)


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(1965, 6, 1), date(2011, 5, 31), 45),
        (date(1965, 6, 1), date(2011, 6, 1), 46),
        (date(2000, 2, 29), date(2011, 2, 28), 10),
        (date(2000, 2, 29), date(2011, 3, 1), 11),
    ],
)
def test_years_are_complete_on_the_birthday(birth: date, on: date, years: int) -> None:
    assert completed_years(birth, on) == years


def test_an_insurance_year_may_begin_in_july() -> None:
    assert insurance_year(date(2010, 6, 30), (7, 1)) == 2009
    assert insurance_year(date(2010, 7, 1), (7, 1)) == 2010
    assert start_of_insurance_year(2010, (7, 1)) == date(2010, 7, 1)
