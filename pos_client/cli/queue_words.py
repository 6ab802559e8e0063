"""The queue in words: first what a person must do, then what is being asked, then what waits, then what is done."""

from collections.abc import Iterator, Sequence

from pos_client.desk.message_words import ASKING, KINDS
from pos_client.desk.queue import QueueRow, Told, local
from pos_client.desk.slip_text import width
from pos_client.desk.task_words import task_sentence
from pos_client.money import yuan_grouped
from pos_client.offline.journal import Kind, State
from pos_client.offline.settlements import SettlementState
from pos_client.offline.tasks import Task
from pos_client.phrase import Language, Phrase
from pos_client.sync.attempts import Result

NOTHING_TO_DO = Phrase("没有待办，没有待查。", "Nothing to do, nothing is being asked.")
NOTHING_OPEN = Phrase("没有待查，没有待上传。", "Nothing is unknown, nothing waits to be sent.")

_STATES = {
    State.QUEUED: Phrase("待上传", "waiting to be sent"),
    State.INTENT: Phrase("正在发送", "being sent"),
    State.OK: Phrase("成功", "booked"),
    State.REFUSED: Phrase("医保拒绝", "refused"),
    State.NOT_SENT: Phrase("没有入账", "not booked"),
    State.UNKNOWN: Phrase("结果未知", "unknown"),
    State.REVERSED: Phrase("已冲正", "reversed"),
}
#: What became of a bill that the bureau booked.
_BILLS = {
    SettlementState.SETTLED: Phrase("已结算", "settled"),
    SettlementState.VOIDING: Phrase("撤销未知", "void unknown"),
    SettlementState.VOIDED: Phrase("已撤销", "void"),
}
_WAITS_AGAIN = Phrase(
    "{id} 医保中心没有入账，已重新排队，换新单号再上传；不要重复收费。",
    "{id} was never booked at the bureau; it waits again under a number of its own. Do not charge again.",
)
_CHANGE = Phrase("实收 {taken} 元，请找零 {change} 元。", "{taken} yuan are kept, give {change} yuan change.")
_HAND_BACK = Phrase("请把收下的 {amount} 元退还。", "Hand back the {amount} yuan that were taken.")
_REFUND = Phrase("请退款 {amount} 元。", "Refund {amount} yuan.")
_ATTEMPTS = {
    Result.FOUND: Phrase(
        "{id} 医保中心已经入账，已按医保中心的数字登记。",
        "{id} is booked at the bureau and was taken over with its figures.",
    ),
    Result.DONE: Phrase("{id} 已经办成。", "{id} is done."),
    Result.REVERSED: Phrase(
        "{id} 医保中心已入账，现已冲正，等于没有发生；需要时重新收费。",
        "{id} was booked at the bureau and is now reversed, as if it had not happened; charge again if need be.",
    ),
    Result.ABSENT: Phrase(
        "{id} 医保中心没有入账；需要时重新收费。",
        "{id} was never booked at the bureau; charge again if need be.",
    ),
    Result.SENT: Phrase("{id} 已补上传，医保中心已入账。", "{id} was sent now and is booked."),
    Result.LOST: Phrase(
        "{id} 补上传被医保中心拒绝（{why}），见待办。",
        "{id} was sent now and the bureau refuses it ({why}); see the tasks.",
    ),
    Result.VOIDED: Phrase(
        "{id} 医保中心曾入账，因参保人已离开，已自动撤销。",
        "{id} had been booked; the customer had left, so it was voided.",
    ),
    Result.TOO_EARLY: Phrase(
        "{id} 医保中心暂时查不到，但可能还在处理；{next} 以后再查才算数，不要重复收费。",
        "{id} is not found at the bureau yet but may still be executing; only after {next} does that count. Do not "
        "charge again.",
    ),
    Result.UNREACHABLE: Phrase(
        "{id} 问不到医保中心（{why}），结果仍然不知道，不要重复收费；{next} 以后再问。",
        "{id}: the bureau could not be asked ({why}); the outcome is still unknown, do not charge again. Next try "
        "after {next}.",
    ),
    Result.REFUSED: Phrase(
        "{id} 医保中心查不到也撤不掉（{why}），结果仍然不知道，不要重复收费；已列为待办，请联系医保中心。",
        "{id}: the bureau neither shows nor undoes it ({why}); the outcome is still unknown, do not charge again. It "
        "is a task now: ask the bureau.",
    ),
}


def queue_lines(rows: Sequence[QueueRow], tasks: Sequence[Task], language: Language) -> Iterator[str]:
    """The whole list: tasks, unknown outcomes, what waits, and with ``--all`` what is done."""
    if not rows and not tasks:
        yield NOTHING_TO_DO.say(language)
    sections = (
        (Phrase("待办（要人处理）", "To do"), [task_line(one, language) for one in tasks]),
        (
            Phrase("结果未知（程序在查，不要重复收费）", "Being asked (do not charge again)"),
            [_open_line(one, language) for one in rows if one.state in (State.UNKNOWN, State.INTENT)],
        ),
        (
            Phrase("待上传（联网后自动上传）", "Waiting to be sent"),
            [_open_line(one, language) for one in rows if one.state == State.QUEUED],
        ),
        (Phrase("已有结果", "Known"), [_known_line(one, language) for one in rows if not one.is_open]),
    )
    begun = False
    for title, lines in sections:
        if lines:
            if begun:
                yield ""
            begun = True
            yield f"{title.say(language)}: {len(lines)}"
            yield from (f"  {line}" for line in lines)


def task_line(task: Task, language: Language) -> str:
    """One task with its number."""
    return f"[{task.number}] {task_sentence(task, language)}"


def _open_line(row: QueueRow, language: Language) -> str:
    parts = [f"{row.id}  {_padded(KINDS[Kind(row.kind)].say(language))}{yuan_grouped(row.amount_fen):>12}  "]
    parts.append(Phrase("{at} 起", "since {at}").say(language, at=local(row.at)))
    if row.state == State.INTENT:
        parts.append(Phrase("；正在发送，等医保中心回答", "; on its way, the answer is awaited").say(language))
    if row.state == State.UNKNOWN:
        parts.append(Phrase("；", "; ").say(language) + ASKING[row.asking].say(language))
        if row.next_try_at is not None:
            parts.append(Phrase("，{at} 再查", ", next at {at}").say(language, at=local(row.next_try_at)[11:]))
    if row.customer_left:
        parts.append(
            Phrase("；参保人已离开，查到入账就撤销", "; the customer has left: voided if booked").say(language)
        )
    elif row.on_counter_fen:
        held = yuan_grouped(row.on_counter_fen)
        parts.append(
            Phrase("；收下的 {held} 元先放着", "; {held} yuan of the customer lie here").say(language, held=held)
        )
    return "".join(parts)


def _known_line(row: QueueRow, language: Language) -> str:
    settled = row.settlement if row.state == State.OK else None
    state = _STATES[State(row.state)] if settled is None else _BILLS[settled]
    words = _padded(KINDS[Kind(row.kind)].say(language)) + _padded(state.say(language))
    return f"{row.id}  {words}{yuan_grouped(row.amount_fen):>12}  {local(row.at)}  {row.message_id}"


def _padded(words: str, columns: int = 14) -> str:
    """Words in a column; a Chinese character takes two places."""
    return words + " " * max(columns - width(words), 1)


def attempt_lines(told: Told, language: Language) -> Iterator[str]:
    """What one attempt to find out came to, and what to do with the money that lay on the counter."""
    attempt = told.attempt
    phrase = _WAITS_AGAIN if told.waits_again else _ATTEMPTS[attempt.result]
    yield phrase.say(language, id=attempt.message.id, why=attempt.why, next=attempt.next_try_local())
    if told.receipt_fen:
        taken, change = yuan_grouped(told.receipt_fen), yuan_grouped(told.change_fen)
        yield "  " + _CHANGE.say(language, taken=taken, change=change)
    if told.hand_back_fen:
        yield "  " + _HAND_BACK.say(language, amount=yuan_grouped(told.hand_back_fen))
    if told.refund_fen:
        yield "  " + _REFUND.say(language, amount=yuan_grouped(told.refund_fen))
