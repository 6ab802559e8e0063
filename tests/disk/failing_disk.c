/* A disk that fails on command: preloaded (LD_PRELOAD) into a child process, it stands between the program and the
 * files below FAILING_DISK_ROOT. All other files are left alone.
 *
 *   FULL          from write n on there is no space (the n-th is written by half), until failing_disk_heal()
 *   WRITE_ERROR   write n fails with EIO, once
 *   SYNC_ERROR    sync n fails with EIO, once
 *   CUT_AT_WRITE  the power goes during write n
 *   CUT_AT_SYNC   the power goes during sync n
 *
 * A power cut keeps what was synced. Of every sector of 512 bytes that was written since its file's last sync, a die
 * of the given seed decides whether the new or the old content is found afterwards, and how much of a file's growth
 * or shrinking survived; then the process ends at once, with 137. So writes are lost, torn and out of order.
 *
 * Not modelled: directory entries (a created or removed file stays so), a sector between two un-synced versions,
 * memory-mapped writes. SQLite maps only the -shm file, and that one needs no care: it is an index of the -wal file,
 * never synced, and the first connection after a crash truncates it and makes it anew from the -wal file.
 *
 * One thread at a time may write below the root; the programs under test have one writer. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512, FILES = 16, PATH = 4096, POWER_CUT_EXIT = 137 };
enum mode { HEALTHY, FULL, WRITE_ERROR, SYNC_ERROR, CUT_AT_WRITE, CUT_AT_SYNC };

typedef struct {
    off64_t at;
    uint8_t old[SECTOR];
} sector; /* what the disk held of one sector at the last sync; zeros beyond the end */

typedef struct {
    dev_t device;
    ino_t inode;
    char path[PATH];
    off64_t old_size; /* at the last sync */
    sector *unsynced;
    size_t count, room;
} file;

static struct {
    enum mode mode;
    uint64_t at, dice, writes, syncs, bytes;
} disk;
static file files[FILES];
static size_t file_count;

static ssize_t (*real_pwrite)(int, const void *, size_t, off64_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_truncate)(int, off64_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

__attribute__((constructor)) static void find_the_real_ones(void) {
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_write = dlsym(RTLD_NEXT, "write");
    real_truncate = dlsym(RTLD_NEXT, "ftruncate64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
}

/* --- what the child calls ---------------------------------------------------------------------------------------- */

/* Counts from zero from now on, and fails in the given way at the at-th call. */
void failing_disk_begin(int mode, uint64_t at, uint64_t seed) {
    disk.mode = mode;
    disk.at = at;
    disk.dice = seed * 0x9E3779B97F4A7C15u + 1;
    disk.writes = disk.syncs = disk.bytes = 0;
}

void failing_disk_heal(void) { disk.mode = HEALTHY; }
uint64_t failing_disk_writes(void) { return disk.writes; }
uint64_t failing_disk_syncs(void) { return disk.syncs; }
uint64_t failing_disk_bytes(void) { return disk.bytes; }

/* --- what is remembered ------------------------------------------------------------------------------------------ */

static void give_up(const char *why) {
    fprintf(stderr, "failing_disk: %s\n", why);
    abort();
}

static bool path_below_root(int fd, char path[PATH]) {
    const char *root = getenv("FAILING_DISK_ROOT");
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = root ? readlink(link, path, PATH - 1) : -1;
    if (length < 0) return false;
    path[length] = 0;
    size_t top = strlen(root);
    return strncmp(path, root, top) == 0 && path[top] == '/';
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), part = strlen(end);
    return length >= part && strcmp(text + length - part, end) == 0;
}

static file *file_of(int fd, const char *path) {
    struct stat64 found;
    if (fstat64(fd, &found) != 0) give_up("fstat");
    for (size_t i = 0; i < file_count; i++)
        if (files[i].device == found.st_dev && files[i].inode == found.st_ino) return &files[i];
    if (file_count == FILES) give_up("too many files");
    file *added = &files[file_count++];
    memset(added, 0, sizeof *added);
    added->device = found.st_dev;
    added->inode = found.st_ino;
    strcpy(added->path, path);
    added->old_size = found.st_size;
    return added;
}

static void remember_sector(file *one, int fd, off64_t at) {
    for (size_t i = 0; i < one->count; i++)
        if (one->unsynced[i].at == at) return; /* the oldest one is what the disk holds */
    if (one->count == one->room) {
        one->room = one->room ? 2 * one->room : 64;
        one->unsynced = realloc(one->unsynced, one->room * sizeof(sector));
        if (!one->unsynced) give_up("memory");
    }
    sector *added = &one->unsynced[one->count++];
    added->at = at;
    memset(added->old, 0, SECTOR);
    (void)!pread64(fd, added->old, SECTOR, at);
}

static void remember(int fd, const char *path, off64_t from, off64_t to) {
    if (disk.mode < CUT_AT_WRITE || ends_with(path, "-shm")) return;
    file *one = file_of(fd, path);
    for (off64_t at = from - from % SECTOR; at < to; at += SECTOR) remember_sector(one, fd, at);
}

static void forget(int fd, const char *path) {
    struct stat64 found;
    if (disk.mode < CUT_AT_WRITE || fstat64(fd, &found) != 0 || !S_ISREG(found.st_mode)) return;
    file *one = file_of(fd, path);
    one->count = 0;
    one->old_size = found.st_size;
}

/* --- the power cut ----------------------------------------------------------------------------------------------- */

static uint64_t roll(uint64_t sides) { /* xorshift64* */
    disk.dice ^= disk.dice >> 12;
    disk.dice ^= disk.dice << 25;
    disk.dice ^= disk.dice >> 27;
    return (disk.dice * 0x2545F4914F6CDD1Du >> 32) % sides;
}

static off64_t size_found(off64_t old_size, off64_t new_size) {
    off64_t lower = old_size < new_size ? old_size : new_size, upper = old_size + new_size - lower;
    switch (roll(3)) {
        case 0: return old_size;
        case 1: return new_size;
        default: return lower + SECTOR * (off64_t)roll((uint64_t)(upper - lower) / SECTOR + 1);
    }
}

static void lose_some(file *one) {
    FILE *stream = fopen(one->path, "r+");
    struct stat64 now;
    if (!stream) return; /* removed since */
    int fd = fileno(stream);
    if (fstat64(fd, &now) != 0 || now.st_ino != one->inode) {
        fclose(stream);
        return;
    }
    off64_t size = size_found(one->old_size, now.st_size);
    for (size_t i = 0; i < one->count; i++) {
        const sector *each = &one->unsynced[i];
        bool gone_with_the_end = each->at >= now.st_size;
        if (gone_with_the_end || roll(2)) (void)!real_pwrite(fd, each->old, SECTOR, each->at);
    }
    real_truncate(fd, size);
    fclose(stream);
}

static void cut_the_power(void) {
    for (size_t i = 0; i < file_count; i++) lose_some(&files[i]);
    _exit(POWER_CUT_EXIT);
}

/* --- what the program calls -------------------------------------------------------------------------------------- */

/* Whether this write is to be refused; *count is what of it may still be written before. */
static int refusal_of_write(size_t *count) {
    disk.writes++;
    if (disk.mode == FULL && disk.writes >= disk.at) {
        *count = disk.writes == disk.at ? *count / 2 : 0;
        return ENOSPC;
    }
    if (disk.mode == WRITE_ERROR && disk.writes == disk.at) {
        *count = 0;
        return EIO;
    }
    return 0;
}

ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) {
    char path[PATH];
    if (!path_below_root(fd, path)) return real_pwrite(fd, data, count, at);
    size_t possible = count;
    int refusal = refusal_of_write(&possible);
    remember(fd, path, at, at + (off64_t)possible);
    ssize_t written = possible ? real_pwrite(fd, data, possible, at) : 0;
    if (written > 0) disk.bytes += (uint64_t)written;
    if (disk.mode == CUT_AT_WRITE && disk.writes == disk.at) cut_the_power();
    if (!refusal) return written;
    errno = refusal;
    return -1;
}

ssize_t pwrite(int fd, const void *data, size_t count, off_t at) { return pwrite64(fd, data, count, at); }

ssize_t write(int fd, const void *data, size_t count) {
    char path[PATH];
    if (!path_below_root(fd, path)) return real_write(fd, data, count);
    off64_t at = lseek64(fd, 0, SEEK_CUR);
    ssize_t written = pwrite64(fd, data, count, at);
    if (written > 0) lseek64(fd, at + written, SEEK_SET);
    return written;
}

int ftruncate64(int fd, off64_t size) {
    char path[PATH];
    struct stat64 now;
    if (path_below_root(fd, path) && fstat64(fd, &now) == 0) remember(fd, path, size, now.st_size);
    return real_truncate(fd, size);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*really)(int)) {
    char path[PATH];
    if (!path_below_root(fd, path)) return really(fd);
    disk.syncs++;
    if (disk.mode == CUT_AT_SYNC && disk.syncs == disk.at) cut_the_power();
    if (disk.mode == SYNC_ERROR && disk.syncs == disk.at) {
        errno = EIO;
        return -1;
    }
    int result = really(fd);
    if (result == 0) forget(fd, path);
    return result;
}

int fsync(int fd) { return synced(fd, real_fsync); }
int fdatasync(int fd) { return synced(fd, real_fdatasync); }
