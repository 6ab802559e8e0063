"""A file of charges as the window works on it: found, read and judged, confirmed, uploaded with its progress."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from pos_client.desk import charge_import
from pos_client.desk import stay_desk_words as words
from pos_client.desk.charge_file import ChargeLine
from pos_client.desk.charge_import import Preview, PreviewLine
from pos_client.desk.sale_view import Amount
from pos_client.desk.sale_words import CLASSES
from pos_client.desk.shown_figures import price
from pos_client.desk.station import Office
from pos_client.desk.stay_view import FileView, Finding, FoundFile
from pos_client.phrase import Language
from pos_client.runtime import SHANGHAI

_SUFFIXES = (".csv", ".xlsx")
MOST_FILES = 20
#: Where else than in the own folder a file that was just saved lies.
_FOLDERS = ("Desktop", "Downloads", "桌面", "下载")


class ChargeFile:
    """The file that is being looked at; one a window, used in one thread."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._preview: Preview | None = None

    def found(self, typed: str) -> tuple[FoundFile, ...]:
        """Files that what is typed may mean, the newest first: of the folder that it names, else of the usual ones."""
        return tuple(
            FoundFile(str(path), path.name, f"{datetime.fromtimestamp(path.stat().st_mtime, SHANGHAI):%m-%d %H:%M}")
            for path in _candidates(typed)
        )

    def read(self, id_: str, path: str) -> FileView:
        """Reads a file for a stay and judges every row; uploads nothing.

        Raises:
            Refused: T-01, T-02, T-03; S-NOVISIT, S-BLOCKED, S-VISIT; L-01, L-02.
        """
        self._preview = None
        self._preview = charge_import.read_charge_file(self._office, id_, Path(path.strip()).expanduser())
        return file_view(self._preview, self._office.settings.language)

    def upload(self, progress: Callable[[int, int], None], *, signed: bool, only_right: bool) -> int:
        """Uploads the new rows and says how many; called again after a failure it uploads the rest.

        Raises:
            As ``charge_import.import_charges``.
        """
        assert self._preview is not None, "a file was read"
        done = charge_import.import_charges(
            self._office, self._preview, consent_signed=signed, only_right=only_right, progress=progress
        )
        self._preview = None
        return done.rows


def file_view(preview: Preview, language: Language) -> FileView:
    """What there is to show of a file that was read."""
    by_class = tuple(
        Amount(
            words.CLASS_ROWS.say(language, label=CLASSES[one.cls].say(language), count=one.rows),
            one.amount_fen,
        )
        for one in preview.by_class
    )
    return FileView(
        file=preview.file,
        findings=(*_wrong(preview, language), *_right(preview, language)),
        wrong=preview.wrong_rows,
        right=len(preview.lines),
        new=len(preview.new),
        uploaded=preview.uploaded,
        unsigned=len(preview.unsigned),
        other_price=len(preview.dearer_or_cheaper),
        sums=(*by_class, Amount(words.TOTAL_NEW.say(language), preview.total_fen, bold=True)),
        total_fen=preview.total_fen,
        ignored=("、" if language == "zh" else ", ").join(preview.ignored),
    )


def _wrong(preview: Preview, language: Language) -> Iterator[Finding]:
    for place in preview.wrong:
        why = place.reason.say(language)
        said = words.ROW_WRONG.say(language, column=place.column, why=why) if place.column else why
        yield Finding(place.row, "", "", "", "", None, "stop", said)


def _right(preview: Preview, language: Language) -> Iterator[Finding]:
    """What asks for a look before what does not."""
    looked_at = sorted(preview.lines, key=lambda one: not _remarks(one, language))
    for one in looked_at:
        line = one.line
        remarks = _remarks(one, language)
        sign = "done" if one.uploaded else "look" if remarks else ""
        at = f"{line.at:%m-%d %H:%M}" if line.timed else f"{line.at:%m-%d}"
        name = f"{line.item.name} {line.item.spec}".rstrip()
        count = f"{line.quantity.normalize():f}"
        said = ("；" if language == "zh" else "; ").join(remarks)
        yield Finding(line.row, name, at, count, price(line.unit_price), line.amount_fen, sign, said)


def _remarks(one: PreviewLine, language: Language) -> list[str]:
    if one.uploaded:
        return [words.ROW_UPLOADED.say(language)]
    line: ChargeLine = one.line
    unsigned = [words.ROW_UNSIGNED.say(language)] if line.unsigned else []
    listed = price(line.item.unit_price)
    return [*unsigned, words.ROW_PRICE.say(language, price=listed)] if line.price_differs else unsigned


def _candidates(typed: str) -> list[Path]:
    named = Path(typed.strip()).expanduser()
    if not named.is_absolute():
        folders, part = [Path.home(), *(Path.home() / name for name in _FOLDERS)], typed.strip().casefold()
    elif named.is_dir():
        folders, part = [named], ""
    else:
        folders, part = [named.parent], named.name.casefold()
    found = [path for folder in folders for path in _files(folder) if part in path.name.casefold()]
    return sorted(found, key=lambda path: path.stat().st_mtime, reverse=True)[:MOST_FILES]


def _files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.suffix.casefold() in _SUFFIXES and path.is_file()]
    except OSError:
        return []
