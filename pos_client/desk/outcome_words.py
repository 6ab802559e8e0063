"""What the window says of an outcome that was unknown and is known now: what it is, and whose money moves."""

from pos_client.errors import Words
from pos_client.phrase import Phrase

SETTLED = Phrase("{who} {total} 元那一笔查清了：已入账。", "{who}, {total} yuan: it is booked.")
NOT_SETTLED = Phrase("{who} {total} 元那一笔查清了：没有入账。", "{who}, {total} yuan: it is not booked.")
TAKEN_BACK = Phrase(
    "{who} {total} 元那一笔已入账，因参保人已离开，已自动撤销，不用再做。",
    "{who}, {total} yuan: it was booked; as the customer had left, it was voided. Nothing to do.",
)
VOIDED = Phrase("{who} {total} 元的退费查清了：已撤销。", "{who}, {total} yuan: the refund is done.")
NOT_VOIDED = Phrase(
    "{who} {total} 元的退费查清了：没有办成，原单仍然有效。请重新退费。",
    "{who}, {total} yuan: the refund was not done and the bill stands. Do it again.",
)
GIVE_SLIP = Phrase("请把单据交给参保人。", "Give the customer the slip.")
GIVE_CHANGE = Phrase("请找零{means}，并把单据交给参保人。", "Give {means} change, and the slip.")
HAND_BACK = Phrase("请退还{means}；需要时重新收费。", "Hand back {means}; charge again if need be.")
NOTHING_BACK = Phrase("没有收过钱，需要时重新收费。", "No money was taken; charge again if need be.")
REFUND = Phrase("请退款{means}。", "Refund {means}.")
LEFT_ALREADY = Phrase("钱已退还，不用再做。", "The money went back already. Nothing to do.")
COLLECT_MORE = Phrase("还少收 {short} 元，见待办（F11）。", "{short} yuan are still missing, see tasks (F11).")
OF_MEANS = Phrase("{word} {amount} 元", "{amount} yuan ({word})")
SOMEBODY = Phrase("参保人", "customer")

TOO_EARLY = Phrase(
    "医保中心暂时查不到，可能还在处理。{at} 以后再查才算数，系统会自动再问；不要重复收费。",
    "Not found yet, but it may still be on its way. Only after {at} does that count; it is asked again by "
    "itself. Do not charge again.",
)
UNREACHABLE = Phrase(
    "医保中心没有答复，结果仍然不知道。系统 {at} 自动再问，不要重复收费。",
    "The bureau did not answer, the outcome is still unknown. It is asked again at {at}. Do not charge again.",
)
REFUSED = Phrase(
    "医保中心查不到也撤不掉（{why}）。已列入待办（F11），请负责人带报文号问医保中心；不要重复收费。",
    "The bureau neither shows nor undoes it ({why}). It is a task now (F11): a supervisor asks with the message "
    "number. Do not charge again.",
)
ASKING_ALREADY = Phrase("系统正在查询这一笔，结果出来会自动显示。", "It is being asked already; the answer will show.")
SENT = Phrase("已补上传，医保中心已入账。", "It was sent now and is booked.")
KNOWN_ALREADY = Phrase("这一笔的结果已经清楚。", "Its outcome is known already.")

NOTHING_TO_TELL = Words(
    "S-TOLD",
    "{id} 这一笔没有等着告知参保人的结果，什么也没有登记。请按 F4 查这一笔。",
    "No customer waits for an outcome of {id}, so nothing was noted. Look the bill up with F4.",
)
