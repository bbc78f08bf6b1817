#ifndef METAXY_CSQLITE_SHIM_H
#define METAXY_CSQLITE_SHIM_H

#include <sqlite3.h>

// What Swift cannot import: macros with casts and variadic functions.

static inline sqlite3_destructor_type metaxy_sqlite_transient(void) { return SQLITE_TRANSIENT; }

// These functions came later than the library that may be found at run time. A reference to a missing function would end the
// process, without a message of ours; a weak reference is null.
#if defined(__ELF__)
#pragma weak sqlite3_total_changes64
#if SQLITE_VERSION_NUMBER >= 3038000
#pragma weak sqlite3_error_offset
#endif
#endif

// Since 3.37. `SQLiteVersion` refuses older libraries, so only the header must be that new.
static inline sqlite3_int64 metaxy_sqlite_total_changes(sqlite3 *database) {
  return sqlite3_total_changes64(database);
}

// Since 3.38. The byte offset of the error in the last statement; negative if it is not known.
static inline int metaxy_sqlite_error_offset(sqlite3 *database) {
#if SQLITE_VERSION_NUMBER >= 3038000
#if defined(__ELF__)
  if (!sqlite3_error_offset) return -1;
#endif
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
