internal import CInterruption
package import MetaxyErrors
internal import MetaxyPlatform
internal import Synchronization

/// A request to stop running statements, by a user's Ctrl-C or by a program.
///
/// A connection that waits for its server also waits for this: it cancels the statement and throws `interrupted`. A
/// connection that does not wait throws it at the next statement. Each request stops one statement; the caller's
/// cleanup statements then run.
package final class Interruption: Sendable {
  /// Readable while a request is pending.
  package let descriptor: Int32
  private let writer: Int32
  private let catchesSignals: Bool
  private let withdrawalCount = Atomic(0)

  /// - Parameter catchesSignals: whether the first Ctrl-C or SIGTERM is a request, once a server is connected; a second
  ///   one ends the process, as by default. The value must then live as long as the process.
  /// - Throws: `no_interruption` if the process cannot open more files.
  package init(catchesSignals: Bool = false) throws(MetaxyError) {
    self.catchesSignals = catchesSignals
    var ends: [Int32] = [-1, -1]
    let failure = metaxy_interrupt_pipe(&ends)
    guard failure == 0 else { throw .cannotInterrupt(String(cString: strerror(failure))) }
    (descriptor, writer) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(writer)
  }

  /// Requests that the running statement stops; can be called from any thread.
  package func request() {
    var signal = UInt8(SIGINT)
    _ = write(writer, &signal, 1)  // a full pipe already contains a request
  }

  /// Forgets all requests, also those that a connection has already taken.
  package func withdraw() {
    while take() {}
    withdrawalCount.add(1, ordering: .sequentiallyConsistent)
  }

  /// How often requests were withdrawn.
  package var withdrawals: Int { withdrawalCount.load(ordering: .sequentiallyConsistent) }

  /// Catches signals from now on, if configured.
  package func begin() {
    if catchesSignals { metaxy_interrupt_catch(writer) }
  }

  /// The signal that was caught last; nil if none was.
  package static var caughtSignal: Int32? {
    let signal = metaxy_interrupt_caught()
    return signal == 0 ? nil : signal
  }

  /// Makes writes to closed pipes and past limits of file sizes fail with an error, for the whole process.
  package static func reportFailedWrites() { metaxy_interrupt_report_failed_writes() }

  private static let isShared = Atomic(false)

  /// Keeps catching signals in ``withSignalsReleased(_:)`` from now on, because other threads are in the middle of something.
  package static func shareAmongThreads() { isShared.store(true, ordering: .relaxed) }

  /// Runs code that cannot be interrupted and leaves no effect: signals end the process there.
  package static func withSignalsReleased<Result>(_ body: () -> Result) -> Result {
    guard !isShared.load(ordering: .relaxed) else { return body() }
    let released = metaxy_interrupt_release()
    defer { metaxy_interrupt_catch_again(released) }
    return body()
  }

  /// Takes one request; returns false if there is none.
  package func take() -> Bool {
    var signal: UInt8 = 0
    return read(descriptor, &signal, 1) == 1
  }
}

extension Interruption: Interruptor {}

extension MetaxyError {
  fileprivate static func cannotInterrupt(_ reason: String) -> MetaxyError {
    MetaxyError(.noInterruption, "cannot set up interruption: \(reason.lowercased())")
  }
}
