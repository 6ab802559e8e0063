"""Values that a person enters by hand, within declared bounds (``[[site_param]]``)."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple


class SiteParam(NamedTuple):
    """One value that is entered by hand for a place or an institution."""

    id: str
    least: Decimal
    most: Decimal | None

    def allows(self, value: Decimal) -> bool:
        """Whether the value lies within the bounds."""
        return value >= self.least and (self.most is None or value <= self.most)


def compile_site_params(document: Mapping[str, Any]) -> Mapping[str, SiteParam]:
    """The values to be entered by hand. Without bounds of its own a percentage lies between 0 and 100."""
    return {
        table["id"]: SiteParam(
            table["id"],
            Decimal(table.get("min", 0)),
            Decimal(table["max"]) if "max" in table else Decimal(100) if table["type"] == "percent" else None,
        )
        for table in document.get("site_param", ())
    }
