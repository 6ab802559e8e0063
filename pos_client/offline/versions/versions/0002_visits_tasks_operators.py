"""Outpatient visits and stays, remarks, tasks, operators, backups; means and shift in the money book.

A version, once released, is never edited: it creates what stood then, not what stands in ``schema`` today.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

APPEND_ONLY = ("visit", "remark", "task", "task_done", "operator", "backup")


def _text(name: str, **more: object) -> sa.Column[str]:
    return sa.Column(name, sa.String, **({"nullable": False} | more))  # type: ignore[arg-type]  # kwargs of Column


def _number(name: str, **more: object) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, **({"nullable": False} | more))  # type: ignore[arg-type]  # kwargs of Column


def _of_message(**more: bool) -> sa.Column[str]:
    return sa.Column("id", sa.String, sa.ForeignKey("message.id"), nullable=False, **more)  # type: ignore[arg-type]


def upgrade() -> None:
    """Adds columns with what they mean for older rows, and the new tables."""
    # As written: an added column with a foreign key must be NULL for the rows that are there.
    op.execute("ALTER TABLE message ADD COLUMN visit VARCHAR REFERENCES message (id)")
    op.add_column("message", _text("own_number", server_default=""))
    op.add_column("message", _number("skew_ms", server_default="0"))
    op.create_index("message_by_visit", "message", ["visit"])
    op.create_index("message_by_person", "message", ["person_no"])
    op.add_column("pending", _text("asking", server_default=""))
    op.add_column("pending", _text("why", server_default=""))
    op.add_column("money", _text("reference", server_default=""))
    op.add_column("money", _text("shift", server_default=""))
    op.create_table("visit", _of_message(primary_key=True), _text("visit_id"))
    op.create_table(
        "remark", _number("number", primary_key=True), _of_message(), *(_text(n) for n in ("at", "operator", "remark"))
    )
    op.create_index("remark_by_id", "remark", ["id"])
    _create_tasks()
    op.create_table(
        "operator",
        _number("number", primary_key=True),
        *(_text(name) for name in ("name", "title", "role", "secret", "at")),
    )
    op.create_index("operator_by_name", "operator", ["name"])
    op.create_table(
        "backup",
        _number("number", primary_key=True),
        *(_text(name) for name in ("at", "file")),
        *(_number(name) for name in ("bytes", "messages")),
    )
    op.create_table(
        "known_person",
        _text("card_number", primary_key=True),
        *(_text(name) for name in ("person_no", "seen_at", "record")),
    )
    for table in APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
            )


def _create_tasks() -> None:
    op.create_table(
        "task",
        _number("number", primary_key=True),
        *(_text(name) for name in ("at", "kind", "subject", "evidence")),
    )
    op.create_index("task_by_subject", "task", ["subject"])
    op.create_table(
        "task_done",
        sa.Column("number", sa.Integer, sa.ForeignKey("task.number"), primary_key=True),
        *(_text(name) for name in ("at", "operator", "how")),
    )
