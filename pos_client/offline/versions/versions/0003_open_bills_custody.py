"""Bills that are being made, documents held for a stay, and indexes for what the window asks.

A version, once released, is never edited: it creates what stood then, not what stands in ``schema`` today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("custody",)
#: Searches of the window: the catalogue by shortest initials and by name, sales by name, amount and shift.
INDEXES = (
    "item_by_length ON item (length(initials), initials, code)",
    "item_by_name ON item (name, code)",
    "sale_by_name ON sale (json_extract(record, '$.person.name'), id)",
    "sale_by_total ON sale (total_fen)",
    "settlement_by_cash ON settlement (cash_fen)",
    "message_by_kind ON message (kind, length(id), id)",
    "message_by_shift ON message (business_date, operator, kind, length(id), id, created_at)",
    "money_by_shift ON money (shift, at)",
)


def _text(name: str, **more: object) -> sa.Column[str]:
    return sa.Column(name, sa.String, **({"nullable": False} | more))  # type: ignore[arg-type]  # kwargs of Column


def _number(name: str, **more: object) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, **({"nullable": False} | more))  # type: ignore[arg-type]  # kwargs of Column


def upgrade() -> None:
    """Adds two tables and the indexes."""
    op.create_table(
        "open_bill",
        _number("number", primary_key=True),
        _text("opened_at"),
        _number("desk"),
        _text("operator"),
        _text("parked_at", nullable=True),
        *(_text(name) for name in ("label", "record")),
    )
    op.create_table(
        "custody",
        _number("number", primary_key=True),
        sa.Column("stay", sa.String, sa.ForeignKey("message.id"), nullable=False),
        *(_text(name) for name in ("document", "moved", "at", "operator")),
    )
    op.create_index("custody_by_stay", "custody", ["stay"])
    for index in INDEXES:
        op.execute(f"CREATE INDEX {index}")
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )
