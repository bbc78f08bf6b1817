#include "CInterruption.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static const int signals[] = {SIGINT, SIGTERM};
static const unsigned signal_count = sizeof signals / sizeof *signals;

static volatile sig_atomic_t writing_end = -1;
static volatile sig_atomic_t caught = 0;

static void note(int signal) {
  int error = errno;
  caught = signal;
  unsigned char byte = (unsigned char)signal;
  // A failed write needs no handling: a full pipe already reports the signal.
  ssize_t count = write(writing_end, &byte, 1);
  (void)count;
  errno = error;
}

static void set(int signal, void (*handler)(int), int flags) {
  struct sigaction action = {0};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, NULL);
}

static int has(int signal, void (*handler)(int)) {
  struct sigaction action;
  return sigaction(signal, NULL, &action) == 0 && action.sa_handler == handler;
}

int metaxy_interrupt_pipe(int *ends) {
  if (pipe(ends) != 0) return errno;
  for (int end = 0; end < 2; end++) {
    fcntl(ends[end], F_SETFD, FD_CLOEXEC);
    fcntl(ends[end], F_SETFL, fcntl(ends[end], F_GETFL) | O_NONBLOCK);
  }
  return 0;
}

void metaxy_interrupt_catch(int writer) {
  if (writing_end == writer) return;
  writing_end = writer;
  for (unsigned index = 0; index < signal_count; index++) {
    if (!has(signals[index], SIG_IGN)) set(signals[index], note, SA_RESETHAND);
  }
}

unsigned metaxy_interrupt_release(void) {
  unsigned released = 0;
  for (unsigned index = 0; index < signal_count; index++) {
    if (!has(signals[index], note)) continue;
    set(signals[index], SIG_DFL, 0);
    released |= 1u << index;
  }
  return released;
}

void metaxy_interrupt_catch_again(unsigned released) {
  for (unsigned index = 0; index < signal_count; index++) {
    if (released & 1u << index) set(signals[index], note, SA_RESETHAND);
  }
}

// Not SIG_IGN, which started programs would inherit.
static void ignore(int signal) { (void)signal; }

void metaxy_interrupt_report_failed_writes(void) {
  if (!has(SIGPIPE, SIG_IGN)) set(SIGPIPE, ignore, SA_RESTART);
  if (!has(SIGXFSZ, SIG_IGN)) set(SIGXFSZ, ignore, SA_RESTART);
}

int metaxy_interrupt_caught(void) { return caught; }
