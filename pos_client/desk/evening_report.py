"""One page that a tired person reads before going home, and that IT finds again: what an evening found and did."""

from collections.abc import Iterator

from pos_client.config import Home, write_whole
from pos_client.desk.compare_days import DayCompared, Standing
from pos_client.desk.evening import Evening, StillOpen
from pos_client.desk.message_words import KINDS
from pos_client.desk.task_words import task_sentence
from pos_client.errors import EnvironmentProblem, Words
from pos_client.money import yuan_grouped
from pos_client.offline.tasks import Task
from pos_client.phrase import Language, Phrase
from pos_client.runtime import shanghai
from pos_client.sync.attempts import Attempt, Result

REPORT_NOT_WRITTEN = Words(
    "D-REPORT",
    "晚间报告写不进 {folder}（{why}），该做的都做了，账都在。请叫信息科检查空间和权限。",
    "The evening's report could not be written to {folder} ({why}); all else was done and kept. Ask IT to check "
    "space and permissions.",
)

_TITLE = Phrase("晚间报告 {day}（{at} 生成）", "Evening report of {day} (made {at})")
_ALL_WELL = Phrase("结论：账都平，没有待办。", "Result: everything agrees, nothing to do.")
_NOT_WELL = Phrase("结论：有 {count} 件事要看，见下。", "Result: to look at: {count}, see below.")
_PROBLEMS = Phrase("没有做成的", "Not done")
_RESOLVED = Phrase("今晚查清的", "Found out this evening")
_OPEN = Phrase(
    "还没有查清的（程序会继续查，不要重复收费）", "Still open (the program keeps asking; do not charge again)"
)
_TOTALS = Phrase("与医保中心对总账", "Totals against the bureau")
_TASKS = Phrase("要人处理的", "For a person to do")
_BACKUP = Phrase("备份", "Backup")
_NONE = Phrase("无", "none")
_AUDIT = Phrase("审计链 第 {rows} 行 {head}", "Audit chain, row {rows}: {head}")
_SINCE = Phrase("{id} {kind} {amount} 元，自 {since} 起：{why}", "{id} {kind} {amount} yuan, since {since}: {why}")
_DONE = Phrase("{id} {kind} {amount} 元：{what}", "{id} {kind} {amount} yuan: {what}")
_RESULTS = {
    Result.FOUND: Phrase("医保中心已入账，按其金额记账", "booked at the bureau, its figures are ours now"),
    Result.DONE: Phrase("医保中心已办妥", "done at the bureau"),
    Result.REVERSED: Phrase("已冲正，等于没有发生", "reversed, as if it had not happened"),
    Result.ABSENT: Phrase("医保中心没有入账", "never booked at the bureau"),
    Result.SENT: Phrase("已补传，医保中心已入账", "sent later, booked at the bureau"),
    Result.LOST: Phrase("补传被医保中心拒绝", "sent later, refused by the bureau"),
    Result.VOIDED: Phrase("参保人已离开，已撤销", "the customer had left, so it was voided"),
}
_STANDINGS = {
    Standing.AGREED: Phrase("平", "agreed"),
    Standing.DIFFERS: Phrase("不平", "differs"),
    Standing.MISSING: Phrase("缺其他窗口的汇总，未对", "other desks' totals missing, not compared"),
    Standing.NOT_ASKED: Phrase("没有问到医保中心", "the bureau could not be asked"),
}
_GROUP = Phrase(
    "  险种 {insutype} 清算 {clearing} 机构 {agency}："
    "{count} 笔 合计 {total} 基金 {fund} 账户 {account} 现金 {cash} {said}",
    "  scheme {insutype} clearing {clearing} agency {agency}: {count}, total {total} funds {fund} account {account} "
    "cash {cash} {said}",
)
_EARLIER = Phrase("（早先已对平）", "(agreed before)")
_TASK = Phrase("第 {number} 号，自 {since} 起：{todo}", "No. {number}, since {since}: {todo}")
_MADE = Phrase(
    "{file}，{size} 字节，已重新打开核对：{messages} 条报文，审计链完整。",
    "{file}, {size} bytes, opened again and checked: {messages} messages, the audit chain holds.",
)
_NOT_MADE = Phrase("今晚没有备份。", "No backup was made this evening.")
_ESCROWED = Phrase(
    "打开备份的密钥就是 {at} 存进保险柜的那一把（指纹相同）。",
    "The key that opened it is the one that was put into the safe on {at} (same fingerprint).",
)
_NOT_ESCROWED = Phrase(
    "注意：密钥还没有副本。电脑坏了备份就打不开。请运行 backup escrow 并放进保险柜。",
    "Note: the key has no copy. If this machine breaks, no backup opens. Run backup escrow and put it into the safe.",
)
_OTHER_KEY = Phrase(
    "注意：保险柜里的密钥副本不是打开备份的那一把。请重新运行 backup escrow。",
    "Note: the copy in the safe is not the key that opened the backup. Run backup escrow again.",
)
_RESTORED = Phrase(
    "数据库是从 {at} 的备份恢复的，与医保中心还没有对平，不能收费。",
    "The database was restored from the backup of {at} and the bureau does not agree yet: no money is taken.",
)
_CLEARED = Phrase(
    "数据库是从 {at} 的备份恢复的，之后每一天都与医保中心对平，可以收费。",
    "The database was restored from the backup of {at}; the bureau agrees to every day since: money is taken again.",
)


def report_text(evening: Evening, language: Language) -> str:
    """The whole page."""
    return "\n".join(_lines(evening, language)) + "\n"


def write_report(home: Home, evening: Evening, language: Language) -> None:
    """Writes the page as ``reports/DATE.txt``; a second evening of the same day takes its place.

    Raises:
        EnvironmentProblem: D-REPORT; the evening itself is done.
    """
    try:
        home.reports.mkdir(exist_ok=True)
        write_whole(home.reports / f"{evening.day.isoformat()}.txt", report_text(evening, language))
    except OSError as error:
        why = error.strerror or error
        raise EnvironmentProblem(REPORT_NOT_WRITTEN, folder=home.reports, why=why) from error


def _lines(evening: Evening, language: Language) -> Iterator[str]:
    yield _TITLE.say(language, day=evening.day.isoformat(), at=f"{shanghai(evening.at):%H:%M:%S}")
    differing = sum(one.standing is not Standing.AGREED for one in evening.days)
    count = len(evening.problems) + len(evening.still_open) + len(evening.tasks)
    if evening.exit_code == 0:
        yield _ALL_WELL.say(language)
    else:
        yield _NOT_WELL.say(language, count=max(count, differing, 1))
    if evening.restored_at is not None:
        phrase = _CLEARED if evening.cleared else _RESTORED
        yield phrase.say(language, at=f"{shanghai(evening.restored_at):%Y-%m-%d %H:%M}")
    yield from _part(_PROBLEMS, [one.sentence(language) for one in evening.problems], language)
    yield from _part(_RESOLVED, [_resolved(one, language) for one in evening.resolved], language)
    yield from _part(_OPEN, [_open(one, language) for one in evening.still_open], language)
    yield from _part(_TOTALS, [line for one in _shown(evening) for line in _day(one, language)], language)
    yield from _part(_TASKS, [_task(one, language) for one in evening.tasks], language)
    yield from _part(_BACKUP, list(_backup(evening, language)), language)
    yield ""
    yield _AUDIT.say(language, rows=evening.audit_rows, head=evening.audit_head)


def _part(title: Phrase, lines: list[str], language: Language) -> Iterator[str]:
    yield ""
    if lines:
        yield f"{title.say(language)}:"
        yield from (f"  {line}" for line in lines)
    else:
        yield f"{title.say(language)}: {_NONE.say(language)}"


def _resolved(one: Attempt, language: Language) -> str:
    what = _RESULTS[one.result].say(language)
    amount = yuan_grouped(one.message.amount_fen)
    return _DONE.say(language, id=one.message.id, kind=KINDS[one.message.kind].say(language), amount=amount, what=what)


def _open(one: StillOpen, language: Language) -> str:
    message = one.message
    return _SINCE.say(
        language,
        id=message.id,
        kind=KINDS[message.kind].say(language),
        amount=yuan_grouped(message.amount_fen),
        since=f"{shanghai(message.created_at):%m-%d %H:%M}",
        why=one.why or message.state,
    )


def _shown(evening: Evening) -> list[DayCompared]:
    """Today, and every earlier day of which there is something to say."""
    return [one for one in evening.days if one.day == evening.day or one.was_asked or one.standing != Standing.AGREED]


def _day(one: DayCompared, language: Language) -> Iterator[str]:
    earlier = "" if one.was_asked or one.standing is not Standing.AGREED else _EARLIER.say(language)
    yield f"{one.day.isoformat()}  {_STANDINGS[one.standing].say(language)}{earlier}"
    for group in one.groups:
        if group.sums.count or (group.answer is not None and not group.answer.agrees):
            yield _GROUP.say(
                language,
                insutype=group.group.insurance_type,
                clearing=group.group.clearing_type,
                agency=group.group.agency,
                count=group.sums.count,
                total=yuan_grouped(group.sums.total_fen),
                fund=yuan_grouped(group.sums.fund_fen),
                account=yuan_grouped(group.sums.account_fen),
                cash=yuan_grouped(group.sums.cash_fen),
                said="" if group.answer is None else group.answer.said,
            ).rstrip()


def _task(one: Task, language: Language) -> str:
    since = f"{shanghai(one.at):%m-%d %H:%M}"
    return _TASK.say(language, number=one.number, since=since, todo=task_sentence(one, language))


def _backup(evening: Evening, language: Language) -> Iterator[str]:
    made = evening.made
    if made is None:
        yield _NOT_MADE.say(language)
        return
    size = f"{made.backup.bytes:,}"
    yield _MADE.say(language, file=made.backup.file.name, size=size, messages=made.proof.messages)
    if made.escrow is None:
        yield _NOT_ESCROWED.say(language)
    elif made.escrow.fits:
        yield _ESCROWED.say(language, at=f"{shanghai(made.escrow.made_at):%Y-%m-%d}")
    else:
        yield _OTHER_KEY.say(language)
