#ifndef METAXY_CINTERRUPTION_H
#define METAXY_CINTERRUPTION_H

#pragma clang assume_nonnull begin

// Interruption: a signal handler may do little more than write to a pipe. Code that waits for the server also waits for
// the pipe.

/// Opens a non-blocking pipe that no child process inherits. Returns 0 or an error number.
int metaxy_interrupt_pipe(int *ends);

/// Makes SIGINT and SIGTERM write their number to `writer`, each once: a second one ends the process, as it does by
/// default. A signal that the process ignores stays ignored. Does nothing if the last call had the same `writer`.
void metaxy_interrupt_catch(int writer);

/// Restores the default effect of the caught signals and returns which ones these were.
unsigned metaxy_interrupt_release(void);

/// Catches the signals that `metaxy_interrupt_release` returned.
void metaxy_interrupt_catch_again(unsigned released);

/// Makes a write to a closed pipe, or past a limit of file sizes, fail with its error instead of ending the process. Programs
/// that the process starts have the default again.
void metaxy_interrupt_report_failed_writes(void);

/// The signal that was caught last, or 0.
int metaxy_interrupt_caught(void);

#pragma clang assume_nonnull end

#endif
