#pragma once
#include <sqlite3.h>

// What Swift cannot import from sqlite3.h: cast macros and variadic functions.

// SQLITE_TRANSIENT: SQLite copies the bytes before the call returns.
static inline int shim_sqlite3_bind_text_copy(sqlite3_stmt *statement, int index, const char *text, sqlite3_uint64 bytes) {
    return sqlite3_bind_text64(statement, index, text, bytes, SQLITE_TRANSIENT, SQLITE_UTF8);
}
static inline int shim_sqlite3_bind_blob_copy(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}
// SQLITE_STATIC: SQLite reads the caller's bytes in place until the statement is reset or bound anew.
static inline int shim_sqlite3_bind_blob_static(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_STATIC);
}
// Room for the small allocations of one connection; right after opening, before anything else.
static inline int shim_sqlite3_lookaside(sqlite3 *db, int slot_bytes, int slots) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_LOOKASIDE, (void *)0, slot_bytes, slots);
}
// sqlite3_db_config for the switches that take (int, int *).
static inline int shim_sqlite3_db_config(sqlite3 *db, int option, int on) {
    return sqlite3_db_config(db, option, on, (int *)0);
}
