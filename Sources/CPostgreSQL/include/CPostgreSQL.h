#ifndef METAXY_CPOSTGRESQL_H
#define METAXY_CPOSTGRESQL_H

#include <stddef.h>

// libpq as far as metaxy uses it, loaded at run time: linked, it would bring some twenty libraries into every start of the
// command, and a machine without it could not even use SQLite.
//
// Declared here and not taken from libpq-fe.h, so that nothing has to be installed to build. The functions and the numbers
// are those of libpq.so.5, whose interface only grows: libpq-fe.h says of its enumerations that values "should never be
// removed, nor should constants be redefined". https://www.postgresql.org/docs/current/libpq.html

#pragma clang assume_nonnull begin

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef struct pg_cancel PGcancel;

/// A parameter of a connection, of `PQconninfoOption`'s layout.
typedef struct {
  char *_Nullable keyword;
  char *_Nullable environment;
  char *_Nullable compiled;
  char *_Nullable value;
  char *_Nullable label;
  /// `*` for what must not be shown.
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

/// The functions, each with its result and its parameters.
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
/// Returns NULL when it cannot be used: `missing` is then the function that it lacks, or NULL where it could not be loaded
/// at all, and `reason` what the system's loader says, valid until it is asked again.
const metaxy_libpq *_Nullable metaxy_libpq_load(
  const char *name, const char *_Nullable *_Nonnull missing, const char *_Nullable *_Nonnull reason);

// Interruption: what a signal's handler may do is write into a pipe; who waits for the server waits for the pipe, too.

/// Opens a pipe that no child process inherits and that neither end waits for. Returns 0, or an error number.
int metaxy_interrupt_pipe(int *ends);

/// Makes SIGINT and SIGTERM write their number to `writer`, each once: the second one ends the process, as it always does.
/// A signal that the process was told to ignore stays ignored. Does nothing when it was called with this `writer` last.
void metaxy_interrupt_catch(int writer);

/// Gives the signals that are caught their usual effect again, and returns which these were.
unsigned metaxy_interrupt_release(void);

/// Catches the signals that `metaxy_interrupt_release` returned.
void metaxy_interrupt_catch_again(unsigned released);

/// The signal that was caught last; 0 when none was.
int metaxy_interrupt_caught(void);

#pragma clang assume_nonnull end

#endif
