"""What a person is asked to do, in one sentence: what, why, and the one action."""

from pos_client.money import yuan_grouped
from pos_client.offline.tasks import Task, TaskKind
from pos_client.phrase import Language, Phrase

_SENTENCES = {
    TaskKind.COLLECT: Phrase(
        "{subject} 医保结算比试算多，少收 {short} 元。"
        "请向参保人补收（queue collect {subject} {short}），或撤销（void {subject}）。",
        "{subject} was settled for more than its trial said: {short} yuan are missing. Collect them (queue collect "
        "{subject} {short}), or void the sale (void {subject}).",
    ),
    TaskKind.GIVE_BACK: Phrase(
        "{subject} 离线暂结时多收 {over} 元。请退还参保人（queue give-back {subject} {over}）。",
        "{subject}: {over} yuan too much were taken offline. Give them back (queue give-back {subject} {over}).",
    ),
    TaskKind.CANNOT_RESOLVE: Phrase(
        "{subject}（{amount} 元）医保中心查不到也撤不掉：{said}。请带报文号 {message_id} 问医保中心；不要重复收费。",
        "{subject} ({amount} yuan): the bureau neither shows nor undoes it: {said}. Ask the bureau about message "
        "{message_id}; do not charge again.",
    ),
    TaskKind.LEFT_BUT_SETTLED: Phrase(
        "{subject}（{amount} 元）客户已离开，但医保中心不肯撤销：{said}。请带报文号 {message_id} 联系医保中心撤销。",
        "{subject} ({amount} yuan): the customer has left and the bureau refuses the void: {said}. Ask the bureau to "
        "void message {message_id}.",
    ),
    TaskKind.LOSS: Phrase(
        "{subject}（{amount} 元）离线暂结后被医保中心拒绝：{said}。这笔钱由本机构承担，请主管处理。",
        "{subject} ({amount} yuan) was settled offline and the bureau refuses it: {said}. The institution bears the "
        "loss; the supervisor decides.",
    ),
    TaskKind.TOTALS_DIFFER: Phrase(
        "{subject} 与医保中心对总账不平：{said}。本机（窗口 {desks}）{count} 笔，合计 {total} 元。"
        "请向医保中心要当天明细核对。",
        "{subject}: the bureau's totals are not ours: {said}. We (desks {desks}) have {count}, {total} yuan in all. "
        "Ask the bureau for that day's details.",
    ),
    TaskKind.TOTALS_MISSING: Phrase(
        "{subject} 只有窗口 {desks} 的日汇总（应有 {wanted} 个窗口），没有对账。请在其余窗口运行 sync --nightly。",
        "{subject}: only desks {desks} of {wanted} have laid out their totals, so nothing was compared. Run sync "
        "--nightly at the others.",
    ),
    TaskKind.TELL: Phrase(
        "{subject}（{amount} 元）的结果查清了：{outcome}。请告诉参保人，再用 queue done 办结。",
        "{subject} ({amount} yuan), its outcome is known: {outcome}. Tell the customer, then finish it (queue done).",
    ),
    TaskKind.RESTORED: Phrase(
        "数据库是从备份恢复的（{subject}），之后的账与医保中心不一致，已停止收费。请主管核对后用 backup accept 说明。",
        "The database was restored from a backup ({subject}) and what came after differs from the bureau; no money is "
        "taken. A supervisor looks into it and says so with backup accept.",
    ),
}

_OUTCOMES = {
    "settled": Phrase("已入账，请把单据和找零交给他", "it is booked, slip and change are his"),
    "not_settled": Phrase("没有入账，请把收下的钱退还", "it is not booked, hand back what was taken"),
    "taken_back": Phrase("已入账并已撤销，请把收下的钱退还", "it was booked and voided, hand back what was taken"),
    "voided": Phrase("已撤销，请退款", "it is void, refund it"),
    "not_voided": Phrase(
        "没有撤销成，原单仍然有效，请重新撤销", "the void was not done and the bill stands; void it again"
    ),
}


def task_sentence(task: Task, language: Language) -> str:
    """A task with the figures of its evidence."""
    evidence = task.evidence
    outcome = _OUTCOMES.get(str(evidence.get("outcome", "")))
    fill = {
        "subject": task.subject,
        "outcome": "" if outcome is None else outcome.say(language),
        "short": yuan_grouped(int(evidence.get("short_fen", 0))),
        "over": yuan_grouped(int(evidence.get("over_fen", 0))),
        "amount": yuan_grouped(int(evidence.get("amount_fen", 0))),
        "total": yuan_grouped(int(evidence.get("total_fen", 0))),
        "count": evidence.get("count", 0),
        "said": str(evidence.get("said", "")).rstrip("。. "),
        "message_id": evidence.get("message_id", ""),
        "desks": ", ".join(str(desk) for desk in evidence.get("desks", ())),
        "wanted": evidence.get("wanted", ""),
    }
    return _SENTENCES[task.kind].say(language, **fill)
