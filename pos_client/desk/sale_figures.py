"""The figures and sentences of a sale as the window shows them: the bureau's after its trial, else our estimate."""

from typing import TYPE_CHECKING

from pos_client.desk import differences, sale_words
from pos_client.desk.cart import CartLine
from pos_client.desk.sale_view import Amount, LineView, PayerView, SaleView, Stage
from pos_client.desk.shown_figures import paid_view, price
from pos_client.desk.station import Office
from pos_client.money import yuan_grouped
from pos_client.phrase import Language
from pos_client.runtime import shanghai
from pos_client.sync.setlinfo import BureauFigures

if TYPE_CHECKING:
    from pos_client.desk.sale_in_work import SaleInWork
    from pos_client.desk.work_lines import WorkLine


class _Figures:
    """What a sale comes to, from whoever said it last; all in fen."""

    def __init__(self, sale: "SaleInWork", cart: tuple[CartLine, ...]) -> None:
        self.total_fen = sum(line.amount_fen for line in cart)
        self.estimated = sale.quote is None
        trial = None if sale.quote is None else sale.quote.trial
        split = None if sale.assessment is None else sale.assessment.settled
        self.known = trial is not None or split is not None
        self.pool_fen = self.other_fen = self.account_fen = self.family_fen = self.own_fen = self.share_fen = 0
        self.cash_fen = self.total_fen
        if trial is not None:
            self._of_bureau(trial)
        elif split is not None:
            self.pool_fen = split.fund_pay_fen.get("pool", 0)
            self.other_fen = split.fund_total_fen - self.pool_fen
            self.account_fen, self.cash_fen = split.account_pay_fen, split.cash_pay_fen
            self.own_fen, self.share_fen = split.own_expense_fen, split.pre_self_pay_fen

    def _of_bureau(self, trial: BureauFigures) -> None:
        self.pool_fen = trial.fund_pay_fen.get("pool", 0)
        self.other_fen = trial.fund_total_fen - self.pool_fen
        self.account_fen, self.cash_fen, self.family_fen = (
            trial.account_pay_fen,
            trial.cash_pay_fen,
            trial.family_pay_fen,
        )
        self.own_fen, self.share_fen = trial.own_expense_fen, trial.pre_self_pay_fen


def view_of(sale: "SaleInWork", office: Office) -> SaleView:
    """The whole sale as it stands."""
    language, cart = office.settings.language, sale.cart()
    figures = _Figures(sale, cart)
    due_fen = sale.due_fen
    laid_down_fen = sum(paid.amount_fen for paid in sale.paid)
    stage = Stage.TRIED if due_fen is not None else Stage.GATHERING if sale.lines or sale.identified else Stage.EMPTY
    reasons = () if sale.assessment is None or sale.assessment.settled is not None else sale.assessment.sentences
    customer_account_fen = None if sale.customer is None else sale.customer.account_fen
    return SaleView(
        stage=stage,
        customer=sale.customer,
        lines=tuple(_line(sale, line, language) for line in cart),
        total_fen=figures.total_fen,
        due_fen=due_fen,
        to_collect_fen=None if due_fen is None else due_fen - laid_down_fen,
        sums=_sums(figures, language),
        payers=_payers(sale, cart, figures, language) if figures.known else (),
        paid=tuple(paid_view(paid, language) for paid in sale.paid),
        account=sale.account.value,
        account_word=sale_words.ACCOUNTS[sale.account].say(language),
        account_after_fen=None
        if customer_account_fen is None or not figures.known
        else customer_account_fen - figures.account_fen + figures.family_fen,
        estimated=figures.estimated and figures.known,
        agrees=None if sale.quote is None else not sale.quote.differences,
        differences=()
        if sale.quote is None
        else tuple(differences.sentence(one, language) for one in sale.quote.differences),
        unsigned=tuple(sale.unsigned()),
        reading_too_old=sale.reading_too_old(office.bureau.now),
        why_no_estimate=reasons[0].text if reasons else "",
        policy="" if sale.assessment is None else sale.assessment.policy_title,
        known_since="" if sale.known_since is None else f"{shanghai(sale.known_since):%m-%d %H:%M}",
        offer=sale.offer,
        offline=sale.offline_view,
        told=sale.told,
    )


def _sums(figures: _Figures, language: Language) -> tuple[Amount, ...]:
    total = Amount(sale_words.TOTAL.say(language), figures.total_fen, bold=True)
    if not figures.known:
        return (total,)
    family = (Amount(sale_words.FAMILY.say(language), figures.family_fen),) if figures.family_fen else ()
    return (
        total,
        Amount(sale_words.POOL.say(language), figures.pool_fen),
        Amount(sale_words.RELIEF.say(language), figures.other_fen),
        Amount(sale_words.ACCOUNT.say(language), figures.account_fen),
        *family,
        Amount(sale_words.CASH.say(language), figures.cash_fen, bold=True),
    )


def _payers(
    sale: "SaleInWork", cart: tuple[CartLine, ...], figures: _Figures, language: Language
) -> tuple[PayerView, ...]:
    own_lines = [line.number for line in cart if line.item.cls == "C"]
    in_fen = figures.total_fen - figures.own_fen
    rows = []
    if in_fen:
        cash_fen = figures.cash_fen - figures.own_fen
        parts = (
            (figures.pool_fen + figures.other_fen, sale_words.PAID_BY_FUND, "fund"),
            (figures.account_fen, sale_words.PAID_BY_ACCOUNT, "account"),
            (cash_fen, sale_words.PAID_IN_CASH, "cash"),
            (figures.share_fen, sale_words.FIRST_SHARE, "share"),
        )
        said = [phrase.say(language, **{name: yuan_grouped(fen)}) for fen, phrase, name in parts if fen > 0]
        rows.append(PayerView(sale_words.IN_CATALOGUE.say(language), in_fen, _joined(said, language)))
    if figures.own_fen:
        said = [sale_words.OWN_ONLY_CASH.say(language)]
        said += [_consent(sale.lines, own_lines, language)] if own_lines else []
        rows.append(
            PayerView(
                sale_words.OUTSIDE.say(language),
                figures.own_fen,
                "；".join(filter(None, said)) if language == "zh" else "; ".join(filter(None, said)),
            )
        )
    return tuple(rows)


def _joined(said: list[str], language: Language) -> str:
    return ("，" if language == "zh" else ", ").join(said)


def _consent(lines: list["WorkLine"], numbers: list[int], language: Language) -> str:
    wanted = [number for number in numbers if lines[number - 1].item.consent]
    unsigned = [number for number in wanted if not lines[number - 1].signed]
    shown = unsigned or wanted
    if not shown:
        return ""
    phrase = sale_words.CONSENT_WANTED if unsigned else sale_words.CONSENT_OF
    return phrase.say(language, numbers=("、" if language == "zh" else ", ").join(str(number) for number in shown))


def _line(sale: "SaleInWork", line: CartLine, language: Language) -> LineView:
    item, work = line.item, sale.lines[line.number - 1]
    share = "" if item.pre_self_pay_percent is None else f"{item.pre_self_pay_percent}%"
    return LineView(
        number=line.number,
        code=item.code,
        name=item.name,
        spec=item.spec,
        unit_price=price(item.unit_price),
        quantity=f"{line.quantity.normalize():f}",
        class_word=sale_words.CLASSES[item.cls].say(language),
        share=share,
        own_expense=item.cls == "C",
        consent_wanted=item.consent,
        consent_signed=work.signed,
        amount_fen=line.amount_fen,
        sentence=_sentence(sale, line, language),
    )


def _sentence(sale: "SaleInWork", line: CartLine, language: Language) -> str:
    found = () if sale.assessment is None else sale.assessment.sentences
    about = [one.text for one in found if one.key.endswith(f".{line.number}")]
    if about:
        return sale_words.LINE_SAYS.say(language, number=line.number, sentence=" ".join(about))
    phrase = sale_words.LINE_IN_FULL if line.item.cls == "A" else sale_words.LINE_PLAIN
    return phrase.say(language, number=line.number, amount=yuan_grouped(line.amount_fen))
