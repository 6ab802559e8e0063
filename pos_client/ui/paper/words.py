"""What the clerk is told when a paper does not come out; what is booked stays booked."""

from pos_client.errors import Words

PAPER_NOT_WRITTEN = Words(
    "P-FILE",
    "{file} 写不进磁盘（{why}），已入账的不受影响。请换一个位置，或用 F10 再打印。",
    "{file} could not be written ({why}); what is booked stays booked. Choose another place, or print it with F10.",
)
PRINTER_MISSING = Words(
    "P-NONE",
    "找不到打印机“{name}”（{why}），小票没有打印，已入账的不受影响。请检查打印机和设置，再按 F10 补打。",
    "There is no printer “{name}” ({why}), so the slip was not printed; what is booked stays booked. Check printer and "
    "settings, then print it with F10.",
)
PRINTER_REFUSED = Words(
    "P-REFUSED",
    "打印机“{name}”没有接受小票，已入账的不受影响。请检查纸和电源，再按 F10 补打。",
    "The printer “{name}” did not take the slip; what is booked stays booked. Check paper and power, then print it "
    "with F10.",
)
