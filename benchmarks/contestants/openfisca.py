"""OpenFisca-core with the segments of Yizheng 2010 as marginal-rate scales of a parameter tree.

Equivalent only in part. Handed in, already computed: the place on the axis, the eligible expense and the deductible
of the bill. OpenFisca's part are the five segments of the two funds by category: ``scale(end) - scale(start)``, the
way its country packages write such a rule. Lines, classes, price limits, entitlement, approvals, the deductible,
account, slices and counters are left out. Numbers are what its ``float`` variables are, float32.

Present only in the environment of ``./run bench``; nothing else imports this module.
"""

# mypy: disallow-subclassing-any=False, disallow-any-generics=False
# OpenFisca ships no type information and declares variables by subclassing.

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy
from openfisca_core.entities import Entity
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD: Final = "2010-05"
_FROM: Final = "2010-01-01"
_BILL: Final = Entity("bill", "bills", "Bill", "A bill as far as segments go.")


class Case(NamedTuple):
    """What is handed in, in yuan."""

    retired: bool
    axis: float
    eligible: float
    deductible: float


class Retired(Variable):
    """Whether the person is retired."""

    value_type = bool
    entity = _BILL
    definition_period = DateUnit.MONTH


class Axis(Variable):
    """The eligible expense of the year before this bill."""

    value_type = float
    entity = _BILL
    definition_period = DateUnit.MONTH


class Eligible(Variable):
    """The eligible expense of this bill."""

    value_type = float
    entity = _BILL
    definition_period = DateUnit.MONTH


class Deductible(Variable):
    """The deductible of this bill."""

    value_type = float
    entity = _BILL
    definition_period = DateUnit.MONTH


class PoolPay(Variable):
    """What the pool pays."""

    value_type = float
    entity = _BILL
    definition_period = DateUnit.MONTH

    def formula(bill: Any, period: Any, parameters: Any) -> Any:  # noqa: N805 - the form that OpenFisca asks for
        """The scale of the category at the end less the scale at the start."""
        start, end = _stretch(bill, period)
        scales = parameters(period).pool
        active = scales.active.calc(end) - scales.active.calc(start)
        retired = scales.retired.calc(end) - scales.retired.calc(start)
        return numpy.where(bill("Retired", period), retired, active)


class ReliefPay(Variable):
    """What relief pays."""

    value_type = float
    entity = _BILL
    definition_period = DateUnit.MONTH

    def formula(bill: Any, period: Any, parameters: Any) -> Any:  # noqa: N805 - the form that OpenFisca asks for
        """The scale at the end less the scale at the start."""
        start, end = _stretch(bill, period)
        scale = parameters(period).relief
        return scale.calc(end) - scale.calc(start)


def _stretch(bill: Any, period: Any) -> tuple[Any, Any]:
    axis, eligible = bill("Axis", period), bill("Eligible", period)
    return axis + numpy.minimum(bill("Deductible", period), eligible), axis + eligible


def _scale(*brackets: tuple[int, float]) -> dict[str, Any]:
    return {
        "brackets": [{"threshold": {_FROM: threshold}, "rate": {_FROM: rate}} for threshold, rate in brackets],
    }


def system() -> Any:
    """The rules, loaded: variables and parameter tree."""
    rules = TaxBenefitSystem([_BILL])
    rules.add_variables(Retired, Axis, Eligible, Deductible, PoolPay, ReliefPay)
    rules.parameters = ParameterNode(
        "",
        data={
            "pool": {
                "active": _scale((0, 0.83), (5000, 0.86), (20000, 0.90), (40000, 0)),
                "retired": _scale((0, 0.87), (5000, 0.91), (20000, 0.95), (40000, 0)),
            },
            "relief": _scale((0, 0), (40000, 0.85), (100000, 0.90), (250000, 0)),
        },
    )
    return rules


def pays(rules: Any, cases: Sequence[Case]) -> tuple[Any, Any]:
    """Pool and relief of the cases, in one simulation: arrays of float32 yuan."""
    simulation = SimulationBuilder().build_default_simulation(rules, count=len(cases))
    simulation.set_input("Retired", PERIOD, numpy.array([case.retired for case in cases]))
    simulation.set_input("Axis", PERIOD, numpy.array([case.axis for case in cases]))
    simulation.set_input("Eligible", PERIOD, numpy.array([case.eligible for case in cases]))
    simulation.set_input("Deductible", PERIOD, numpy.array([case.deductible for case in cases]))
    return simulation.calculate("PoolPay", PERIOD), simulation.calculate("ReliefPay", PERIOD)


def fen(yuan: Any) -> list[int]:
    """An array of yuan in fen, to the nearest."""
    return [round(float(amount) * 100) for amount in yuan]
