#ifndef METAXY_CSQLITE_SHIM_H
#define METAXY_CSQLITE_SHIM_H

#include <sqlite3.h>

// What Swift cannot import: macros with casts and variadic functions.

static inline sqlite3_destructor_type metaxy_sqlite_transient(void) { return SQLITE_TRANSIENT; }

// The minimum is SQLite 3.35; these functions came later.

static inline sqlite3_int64 metaxy_sqlite_total_changes(sqlite3 *database) {
#if SQLITE_VERSION_NUMBER >= 3037000
  return sqlite3_total_changes64(database);
#else
  return sqlite3_total_changes(database);
#endif
}

// The byte offset of the error in the last statement; negative if it is not known.
static inline int metaxy_sqlite_error_offset(sqlite3 *database) {
#if SQLITE_VERSION_NUMBER >= 3038000
  return sqlite3_error_offset(database);
#else
  (void)database;
  return -1;
#endif
}

// "double quotes" enclose names, never strings; where accepted, a name that nothing has is a string.
// https://sqlite.org/quirks.html#dblquote
static inline int metaxy_sqlite_accept_double_quoted_strings(sqlite3 *database, int isAccepted) {
  int result = sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, isAccepted, (int *)0);
  if (result != SQLITE_OK) return result;
  return sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, isAccepted, (int *)0);
}

#endif
