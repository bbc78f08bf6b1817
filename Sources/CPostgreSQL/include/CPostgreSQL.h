#ifndef METAXY_CPOSTGRESQL_H
#define METAXY_CPOSTGRESQL_H

#include <stddef.h>

// The part of libpq that metaxy uses, loaded at run time. Linking libpq would load about twenty libraries at every
// start of the command, and a machine without libpq could not even use SQLite.
//
// The declarations are written here instead of taken from libpq-fe.h, so the build needs no installed package. The
// functions and the numbers are those of libpq.so.5, whose interface only grows: libpq-fe.h states about its
// enumerations that values "should never be removed, nor should constants be redefined".
// https://www.postgresql.org/docs/current/libpq.html

#pragma clang assume_nonnull begin

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef struct pg_cancel PGcancel;

/// A connection parameter, with the layout of `PQconninfoOption`.
typedef struct {
  char *_Nullable keyword;
  char *_Nullable environment;
  char *_Nullable compiled;
  char *_Nullable value;
  char *_Nullable label;
  /// `*` for a value that must not be shown.
  char *_Nullable display;
  int size;
} metaxy_pq_option;

typedef void (*metaxy_pq_notice_receiver)(void *_Nullable context, const PGresult *result);

enum {
  METAXY_PQ_CONNECTION_OK = 0,

  METAXY_PQ_EMPTY_QUERY = 0,
  METAXY_PQ_COMMAND_OK = 1,
  METAXY_PQ_TUPLES_OK = 2,
  METAXY_PQ_COPY_OUT = 3,
  METAXY_PQ_COPY_IN = 4,
  METAXY_PQ_COPY_BOTH = 8,

  METAXY_PQ_TRANSACTION_IDLE = 0,
  METAXY_PQ_TRANSACTION_UNKNOWN = 4,
};

/// The functions, each with its result type and its parameters.
#define METAXY_LIBPQ_FUNCTIONS(F)                                                                                     \
  F(PGconn *_Nullable, PQconnectdbParams,                                                                             \
    (const char *_Nullable const *_Nonnull keywords, const char *_Nullable const *_Nonnull values,                    \
     int expand_dbname))                                                                                              \
  F(void, PQfinish, (PGconn *_Nonnull connection))                                                                    \
  F(int, PQstatus, (const PGconn *_Nonnull connection))                                                               \
  F(char *_Nonnull, PQerrorMessage, (const PGconn *_Nonnull connection))                                              \
  F(int, PQserverVersion, (const PGconn *_Nonnull connection))                                                        \
  F(int, PQtransactionStatus, (const PGconn *_Nonnull connection))                                                    \
  F(char *_Nullable, PQdb, (const PGconn *_Nonnull connection))                                                       \
  F(char *_Nullable, PQhost, (const PGconn *_Nonnull connection))                                                     \
  F(char *_Nullable, PQhostaddr, (const PGconn *_Nonnull connection))                                                 \
  F(char *_Nullable, PQport, (const PGconn *_Nonnull connection))                                                     \
  F(int, PQsocket, (const PGconn *_Nonnull connection))                                                               \
  F(int, PQbackendPID, (const PGconn *_Nonnull connection))                                                           \
  F(int, PQconnectionNeedsPassword, (const PGconn *_Nonnull connection))                                              \
  F(int, PQconnectionUsedPassword, (const PGconn *_Nonnull connection))                                               \
  F(metaxy_pq_option *_Nullable, PQconninfoParse, (const char *_Nonnull text, char *_Nullable *_Nonnull message))     \
  F(void, PQconninfoFree, (metaxy_pq_option *_Nullable options))                                                      \
  F(void, PQfreemem, (void *_Nullable memory))                                                                        \
  F(metaxy_pq_notice_receiver _Nullable, PQsetNoticeReceiver,                                                         \
    (PGconn *_Nonnull connection, metaxy_pq_notice_receiver _Nonnull receiver, void *_Nullable context))              \
  F(int, PQsendQueryParams,                                                                                           \
    (PGconn *_Nonnull connection, const char *_Nonnull statement, int count, const unsigned int *_Nullable types,     \
     const char *_Nullable const *_Nullable values, const int *_Nullable lengths,                                     \
     const int *_Nullable formats, int result_format))                                                                \
  F(int, PQsendPrepare,                                                                                               \
    (PGconn *_Nonnull connection, const char *_Nonnull name, const char *_Nonnull statement, int count,               \
     const unsigned int *_Nullable types))                                                                            \
  F(int, PQsendQueryPrepared,                                                                                         \
    (PGconn *_Nonnull connection, const char *_Nonnull name, int count, const char *_Nullable const *_Nullable values, \
     const int *_Nullable lengths, const int *_Nullable formats, int result_format))                                  \
  F(int, PQconsumeInput, (PGconn *_Nonnull connection))                                                               \
  F(int, PQisBusy, (PGconn *_Nonnull connection))                                                                     \
  F(PGresult *_Nullable, PQgetResult, (PGconn *_Nonnull connection))                                                  \
  F(PGcancel *_Nullable, PQgetCancel, (PGconn *_Nonnull connection))                                                  \
  F(int, PQcancel, (PGcancel *_Nonnull cancel, char *_Nonnull message, int size))                                     \
  F(void, PQfreeCancel, (PGcancel *_Nonnull cancel))                                                                  \
  F(int, PQputCopyData, (PGconn *_Nonnull connection, const char *_Nonnull bytes, int count))                         \
  F(int, PQputCopyEnd, (PGconn *_Nonnull connection, const char *_Nullable refusal))                                  \
  F(int, PQgetCopyData, (PGconn *_Nonnull connection, char *_Nullable *_Nonnull row, int is_asynchronous))            \
  F(void, PQclear, (PGresult *_Nonnull result))                                                                       \
  F(int, PQresultStatus, (const PGresult *_Nonnull result))                                                           \
  F(char *_Nonnull, PQresultErrorMessage, (const PGresult *_Nonnull result))                                          \
  F(char *_Nullable, PQresultErrorField, (const PGresult *_Nonnull result, int field))                                \
  F(int, PQntuples, (const PGresult *_Nonnull result))                                                                \
  F(int, PQnfields, (const PGresult *_Nonnull result))                                                                \
  F(char *_Nullable, PQfname, (const PGresult *_Nonnull result, int column))                                          \
  F(unsigned int, PQftype, (const PGresult *_Nonnull result, int column))                                             \
  F(int, PQgetisnull, (const PGresult *_Nonnull result, int row, int column))                                         \
  F(char *_Nonnull, PQgetvalue, (const PGresult *_Nonnull result, int row, int column))                               \
  F(int, PQgetlength, (const PGresult *_Nonnull result, int row, int column))                                         \
  F(char *_Nonnull, PQcmdStatus, (PGresult *_Nonnull result))                                                         \
  F(char *_Nonnull, PQcmdTuples, (PGresult *_Nonnull result))

typedef struct {
#define METAXY_LIBPQ_MEMBER(Result, name, parameters) Result(*_Nonnull name) parameters;
  METAXY_LIBPQ_FUNCTIONS(METAXY_LIBPQ_MEMBER)
#undef METAXY_LIBPQ_MEMBER
} metaxy_libpq;

/// Loads the library `name`, which stays loaded.
///
/// Returns NULL on failure. `missing` is then the function that the library lacks, or NULL if the library could not be
/// loaded at all. `reason` is the message of the system's loader, valid until the next call of the loader.
const metaxy_libpq *_Nullable metaxy_libpq_load(
  const char *name, const char *_Nullable *_Nonnull missing, const char *_Nullable *_Nonnull reason);

#pragma clang assume_nonnull end

#endif
