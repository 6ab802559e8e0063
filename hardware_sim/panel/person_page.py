"""Whose card it is, and what the hands do with it; the person's other papers to be typed or pasted at the desk."""

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from hardware_sim import personas
from hardware_sim.panel import theme, words
from hardware_sim.panel.key_button import KeyButton
from hardware_sim.panel.labels import heading, label
from hardware_sim.panel.rows import Rows
from hardware_sim.personas import Persona
from hardware_sim.saying import Language


class PersonPage(QWidget):
    """The persons, and the keys for their cards and papers."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self.setObjectName("page")
        self.language: Language = language
        everybody = [personas.load(name) for name in personas.names()]
        self._people = [one for one in everybody if one.register]
        self._special = [one for one in everybody if not one.register]
        self.persons: Mapping[str, Persona] = {one.id: one for one in (*self._people, *self._special)}
        self.insert = KeyButton("F2", words.INSERT.said(language), main=True)
        self.remove = KeyButton("F3", words.REMOVE.said(language))
        self.tear = KeyButton("F4", words.TEAR.said(language))
        self.mute = KeyButton("F5", words.MUTE.said(language))
        self.bank_card = KeyButton("F6", words.INSERT_BANK_CARD.said(language))
        self.issue = KeyButton("F7", words.ISSUE.said(language))
        self.copy_voucher = KeyButton("F8", words.COPY.said(language))
        self.copy_id_number = KeyButton("F9", words.COPY.said(language))
        for planned in (self.tear, self.mute):
            planned.setCheckable(True)
        self.rows = Rows(words.CARD_PAGE.said(language))
        for heading_of, persons in ((words.PEOPLE, self._people), (words.SPECIAL_CARDS, self._special)):
            self.rows.add_heading(heading_of.said(language))
            for one in persons:
                summary = one.summary_zh if language == "zh" else one.summary_en
                self.rows.add_row(one.id, name_of(one, language), summary)
        self._id_number = _paper(words.ID_NUMBER.said(language))
        self._voucher = _paper(words.VOUCHER.said(language))
        self._voucher.setPlaceholderText(words.NO_VOUCHER.said(language))
        self._arrange()
        self.rows.currentRowChanged.connect(self._show_papers)
        self._show_papers()

    @property
    def chosen(self) -> Persona:
        """The person that the keys act on."""
        return self.persons[self.rows.chosen]

    @property
    def id_number(self) -> str:
        """The chosen person's identity number, as it is shown."""
        return self._id_number.text()

    @property
    def voucher(self) -> str:
        """The e-voucher's code, as it is shown; empty while there is none."""
        return self._voucher.text()

    def show_voucher(self, persona: Persona, code: str) -> None:
        """Shows a fresh code, if this person is still the chosen one."""
        if persona is self.chosen:
            self._voucher.setText(code)
            self._voucher.setCursorPosition(0)
            self.copy_voucher.setEnabled(True)

    def _show_papers(self) -> None:
        self._id_number.setText(self.chosen.card.id_number)
        self.copy_id_number.setEnabled(bool(self.chosen.card.id_number))
        self._voucher.clear()
        self.copy_voucher.setEnabled(False)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.PADDING_PX, theme.GRID_PX, theme.PADDING_PX, theme.PADDING_PX)
        column.setSpacing(theme.GRID_PX)
        column.addLayout(heading("F1", words.CARD_PAGE.said(self.language), words.CARD_HINT.said(self.language)))
        column.addWidget(self.rows, stretch=1)
        papers = QGridLayout()
        papers.setSpacing(theme.GRID_PX)
        for row, (name, paper, key) in enumerate(
            (
                (words.ID_NUMBER, self._id_number, self.copy_id_number),
                (words.VOUCHER, self._voucher, self.copy_voucher),
            )
        ):
            for place, widget in enumerate((label(name.said(self.language)), paper, key)):
                papers.addWidget(widget, row, place)
        papers.setColumnStretch(1, 1)
        column.addLayout(papers)
        hands = QGridLayout()
        hands.setSpacing(theme.GRID_PX)
        for place, key in enumerate((self.insert, self.remove, self.tear, self.mute, self.bank_card, self.issue)):
            hands.addWidget(key, *divmod(place, 2))
        hands.setColumnStretch(0, 1)
        hands.setColumnStretch(1, 1)
        column.addLayout(hands)


def name_of(persona: Persona, language: Language) -> str:
    """The holder's name, or what kind of card it is."""
    return persona.card.name or words.CARD_KINDS.get(persona.card.kind, words.OTHER_CARD).said(language)


def _paper(name: str) -> QLineEdit:
    paper = QLineEdit()
    paper.setReadOnly(True)
    paper.setAccessibleName(name)
    return paper
