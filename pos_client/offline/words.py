"""What the store says to the clerk when it cannot keep its promises."""

from pos_client.errors import Words

KEY_MISSING = Words(
    "D-KEY",
    "数据库在，它的密钥文件不见了；为了不丢账，程序没有启动。请叫信息科用保险柜里的副本恢复 {file}。",
    "The database is there but its key file is missing; to lose nothing, the program did not start. Ask IT to "
    "restore {file} from the copy in the safe.",
)
KEY_WRONG = Words(
    "D-KEY-WRONG",
    "密钥打不开数据库（密钥不对，或文件已损坏），程序没有启动，数据没有动过。请叫信息科检查这两个文件。",
    "The key does not open the database (wrong key or damaged file); the program did not start and touched "
    "nothing. Ask IT to check both files.",
)
DISK_FULL = Words(
    "D-FULL",
    "本机磁盘已满，写不进去，已停止收费，没有一笔丢失。请叫信息科清理磁盘。",
    "The disk is full and cannot be written, so no money is taken; nothing is lost. Ask IT to free some space.",
)
DISK_FAILED = Words(
    "D-DISK",
    "本机数据库写不进去，已停止收费，没有一笔丢失。请叫信息科检查磁盘和权限。",
    "The database cannot be written, so no money is taken; nothing is lost. Ask IT to check the disk and its "
    "permissions.",
)
DATABASE_GONE = Words(
    "D-GONE",
    "数据库 {file} 不见了或者是空的，而这里曾经有账；为了不丢账，程序没有启动。请叫信息科找回文件，或恢复 "
    "{folder} 里最新的备份（backup restore）。",
    "The database {file} is missing or empty although there were books here; to lose nothing, the program did "
    "not start. Ask IT to find it, or to restore the newest backup of {folder} (backup restore).",
)
DATABASE_BUSY = Words(
    "D-BUSY",
    "数据库被另一个程序占用太久，这一步没有做。请稍后再试；总是这样请叫信息科。",
    "Another program kept the database busy too long, so this step was not done. Try again; if it stays so, call IT.",
)
DATABASE_NEWER = Words(
    "D-NEWER",
    "数据库是新版程序写的（{found}），本版本只认识到 {known}，程序没有启动，数据没有动过。请叫信息科安装新版。",
    "The database was written by a newer program ({found}), this one knows up to {known}; it did not start and "
    "touched nothing. Ask IT to install the newer one.",
)
NOT_DURABLE = Words(
    "D-UNSAFE",
    "本机数据库达不到收费要求（{why}），已停止收费。请叫信息科。",
    "This database is not safe enough to take money ({why}), so no money is taken. Call IT.",
)
OTHER_HOME = Words(
    "D-OTHER",
    "这个数据文件夹属于另一个窗口（{found}），设置里写的是 {asked}，程序没有启动。请叫信息科检查机构编号、窗口号"
    "和训练/正式。",
    "This data folder belongs to another desk ({found}), the settings say {asked}; the program did not start. "
    "Ask IT to check institution, desk number and training/real.",
)
DESK_TAKEN = Words(
    "D-DESK",
    "这个窗口的程序已经在运行，不能再开一个，这一步没有做。请用已打开的那个，或先把它关掉。",
    "The program of this desk is running already and cannot run twice; this step was not done. Use the open one, "
    "or close it first.",
)
DRAIN_TAKEN = Words(
    "D-DRAIN",
    "另一个程序正在上传和查询，这一步没有做。不用处理，稍后再看。",
    "Sending and asking is going on already, so this step was not done. Nothing to do; look again later.",
)
