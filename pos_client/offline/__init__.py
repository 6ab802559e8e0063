"""The local store: one encrypted SQLite file with messages, money book, settlements, audit rows and catalogue."""
