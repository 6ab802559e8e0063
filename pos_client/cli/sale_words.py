"""How a sale and a void look on a terminal: the person masked, the bureau's amounts, a sentence for each of ours."""

from collections.abc import Iterator, Sequence

from pos_client.desk import differences
from pos_client.desk.masking import masked_name, masked_number
from pos_client.desk.money_words import MEANS
from pos_client.desk.provisional import Estimate, SoldProvisionally
from pos_client.desk.quote import Quote
from pos_client.desk.settle import Sold
from pos_client.desk.station import Office
from pos_client.desk.void import Voided
from pos_client.money import yuan_grouped
from pos_client.offline.money_book import Paid
from pos_client.phrase import Language, Phrase
from pos_client.sync.bureau import WARN_SKEW_MS
from pos_client.sync.person import visit_day

_SEX = {"1": Phrase("男", "male"), "2": Phrase("女", "female")}
_CLASS = {"A": Phrase("甲", "class A"), "B": Phrase("乙", "class B"), "C": Phrase("自费", "own expense")}
_PERSON = Phrase(
    "参保人  {name} {sex} {age} 岁  卡 {card}  证 {document}  账户余额 {balance}",
    "Person  {name} {sex}, {age}  card {card}  document {document}  account {balance}",
)
_ENTITLED = Phrase("统筹待遇  享受，自 {since}", "Pool  entitled from {since}")
_NOT_ENTITLED = Phrase("统筹待遇  不享受：{reason}", "Pool  not entitled: {reason}")
_NAME_DIFFERS = Phrase(
    "请核对本人：卡上姓名与医保中心登记的写法不同。", "Compare the person: card and bureau write the name differently."
)
_CLOCK_DIFFERS = Phrase(
    "本机时钟与医保中心相差 {seconds} 秒，请叫信息科校准。",
    "This machine's clock is {seconds} s away from the bureau's; ask IT to set it.",
)
_BILL = Phrase("费用", "Bill")
_WHY = Phrase("说明", "Why")
_DUE = Phrase(
    "合计 {total}  基金 {fund}  账户 {account}  应收现金 {cash}",
    "Total {total}  funds {fund}  account {account}  cash due {cash}",
)
_AGREED = Phrase("试算与医保中心一致。", "Our calculation and the bureau's trial agree.")
_SOLD = Phrase(
    "已结算 {id}（医保结算号 {settlement_id}）  实收 {tendered}  找零 {change}",
    "Settled {id} (the bureau's number {settlement_id})  tendered {tendered}  change {change}",
)
_SHORT = Phrase(
    "医保中心结算的现金比试算多，还差 {short} 元：请补收，或撤销 {id}。",
    "The bureau settled for more cash than its trial said; {short} yuan are missing: collect them or void {id}.",
)
_SLIP = Phrase("小票 {file}", "Slip {file}")
_ELSEWHERE = Phrase("另 {amount} 元退回{means} {reference}", "{amount} yuan more go back by {means} {reference}")
_PROVISIONAL = Phrase(
    "离线暂结 {id}：医保中心尚未确认。应收现金 {due}，找零 {change}；基金和账户 {risk} 元等联网后确认。",
    "{id} is settled offline, the bureau has not agreed yet: {due} due in cash, {change} change; {risk} yuan of fund "
    "and account wait for the network.",
)
_VOIDED = Phrase(
    "已撤销 {about}（撤销单号 {id}），应退现金 {refund} 元。",
    "Voided {about} (number of the void {id}); refund {refund} yuan in cash.",
)


def quote_lines(office: Office, quoted: Quote, language: Language) -> Iterator[str]:
    """Who it is, what is on the bill, what is to be collected and why."""
    yield from _person_lines(office, quoted, language)
    yield _BILL.say(language)
    for line in quoted.cart:
        item = line.item
        share = f" {item.pre_self_pay_percent}%" if item.pre_self_pay_percent is not None else ""
        mark = _CLASS[item.cls].say(language) + share
        price = f"{item.unit_price} × {line.quantity}"
        yield f"  {line.number}. {item.name} {item.spec}  {price}  {mark}  {yuan_grouped(line.amount_fen)}"
    yield _WHY.say(language)
    for sentence in quoted.assessment.sentences:
        yield f"  {sentence.text}"
    yield from _trial_lines(quoted, language)


def _person_lines(office: Office, quoted: Quote, language: Language) -> Iterator[str]:
    identified = quoted.identified
    person, credential = identified.person, identified.credential
    yield _PERSON.say(
        language,
        name=masked_name(person.name),
        sex=_SEX[person.sex].say(language) if person.sex in _SEX else "",
        age=age if (age := person.age_on(visit_day(office.bureau))) is not None else "?",
        card=masked_number(credential.card_number),
        document=masked_number(person.id_number),
        balance=yuan_grouped(person.account_balance_fen),
    )
    fund = identified.entitlement(office.region.entitlement_fund)
    if fund is not None:
        phrase = _ENTITLED if fund.entitled else _NOT_ENTITLED
        yield phrase.say(language, since=fund.first_covered_day, reason=fund.reason)
    if identified.name_differs:
        yield _NAME_DIFFERS.say(language)
    yield from (notice.sentence.say(language) for notice in identified.notices)
    skew_ms = abs(office.bureau.clock_skew_ms)
    if skew_ms > WARN_SKEW_MS:
        yield _CLOCK_DIFFERS.say(language, seconds=skew_ms // 1000)


def _trial_lines(quoted: Quote, language: Language) -> Iterator[str]:
    trial = quoted.trial
    yield _DUE.say(
        language,
        total=yuan_grouped(trial.total_fen),
        fund=yuan_grouped(trial.fund_total_fen),
        account=yuan_grouped(trial.account_pay_fen),
        cash=yuan_grouped(trial.cash_pay_fen),
    )
    if quoted.differences:
        yield from (differences.sentence(one, language) for one in quoted.differences)
    elif quoted.assessment.settled is not None:
        yield _AGREED.say(language)


def sold_lines(sold: Sold, language: Language) -> Iterator[str]:
    """What was taken, what goes back, where the slip is."""
    yield _SOLD.say(
        language,
        id=sold.id,
        settlement_id=sold.booked.settlement_id,
        tendered=yuan_grouped(sold.tendered_fen),
        change=yuan_grouped(sold.change_fen),
    )
    yield from _elsewhere_lines(sold.elsewhere, language)
    yield from (differences.sentence(one, language) for one in sold.differences if one.stage == "settlement")
    if sold.short_fen:
        yield _SHORT.say(language, short=yuan_grouped(sold.short_fen), id=sold.id)
    yield _SLIP.say(language, file=sold.slip_file)


def sold_record(quoted: Quote, sold: Sold) -> dict[str, object]:
    """A sale as ``sale --json`` prints it; amounts in fen, the person masked."""
    figures = sold.booked.figures
    return {
        "id": sold.id,
        "message_id": sold.message_id,
        "settlement_id": sold.booked.settlement_id,
        "person": masked_name(quoted.identified.person.name),
        "total_fen": figures.total_fen,
        "fund_fen": figures.fund_total_fen,
        "account_fen": figures.account_pay_fen,
        "cash_fen": figures.cash_pay_fen,
        "tendered_fen": sold.tendered_fen,
        "change_fen": sold.change_fen,
        "account_balance_fen": figures.account_balance_fen,
        "sentences": [sentence.text for sentence in quoted.assessment.sentences],
        "differences": [
            {"stage": one.stage, "figure": one.figure, "ours_fen": one.ours_fen, "bureau_fen": one.bureau_fen}
            for one in sold.differences
        ],
        "slip": str(sold.slip_file),
    }


def voided_lines(voided: Voided, language: Language) -> Iterator[str]:
    """What was taken back and what is to be refunded."""
    yield _VOIDED.say(language, about=voided.about, id=voided.id, refund=yuan_grouped(voided.refund_fen))
    yield from _elsewhere_lines(voided.elsewhere, language)
    yield _SLIP.say(language, file=voided.slip_file)


def _elsewhere_lines(elsewhere: Sequence[Paid], language: Language) -> Iterator[str]:
    for paid in elsewhere:
        means = MEANS[paid.means].say(language)
        yield _ELSEWHERE.say(language, amount=yuan_grouped(paid.amount_fen), means=means, reference=paid.reference)


def provisional_lines(estimated: Estimate, sold: SoldProvisionally, language: Language) -> Iterator[str]:
    """What was taken although the bureau could not be asked, and what that means."""
    due, change = yuan_grouped(estimated.due_fen), yuan_grouped(sold.change_fen)
    yield from (sentence.text for sentence in estimated.assessment.sentences)
    yield _PROVISIONAL.say(language, id=sold.id, due=due, change=change, risk=yuan_grouped(estimated.at_risk_fen))
    yield _SLIP.say(language, file=sold.slip_file)


def voided_record(voided: Voided) -> dict[str, object]:
    """A void as ``void --json`` prints it; amounts in fen."""
    return {
        "id": voided.id,
        "about": voided.about,
        "message_id": voided.message_id,
        "refund_fen": voided.refund_fen,
        "slip": str(voided.slip_file),
    }
