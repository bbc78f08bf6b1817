internal import CPostgreSQL
package import MetaxyErrors
internal import MetaxyPlatform

/// The wish that what runs shall stop: of a person who types Ctrl-C, or of a program.
///
/// A connection that waits for its server waits for this, too: it cancels the statement there, and throws `interrupted`.
/// One that is not waiting throws it when the next statement is due. Each wish stops one statement; those by which the
/// caller then puts things in order run.
package final class Interruption: Sendable {
  /// Readable while a wish waits to be taken.
  let descriptor: Int32
  private let writer: Int32
  private let catchesSignals: Bool

  /// - Parameter catchesSignals: whether Ctrl-C and SIGTERM ask, the first time, from when a server is connected to; the
  ///   second time they end the process, as they did before. The value must live as long as the process then.
  /// - Throws: `no_interruption`, where the process can open no more files.
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

  /// Asks what runs to stop; may be called from any thread.
  package func request() {
    var signal = UInt8(SIGINT)
    _ = write(writer, &signal, 1)  // a full pipe holds the wish already
  }

  /// Catches signals from now on, if it is to.
  func begin() {
    if catchesSignals { metaxy_interrupt_catch(writer) }
  }

  /// The signal that was caught last; nil when none was.
  package static var caughtSignal: Int32? {
    let signal = metaxy_interrupt_caught()
    return signal == 0 ? nil : signal
  }

  /// Runs what cannot be asked to stop, and which leaves nothing behind: signals end the process there.
  static func withSignalsReleased<Result>(_ body: () -> Result) -> Result {
    let released = metaxy_interrupt_release()
    defer { metaxy_interrupt_catch_again(released) }
    return body()
  }

  /// Takes one wish; false when there is none.
  func take() -> Bool {
    var signal: UInt8 = 0
    return read(descriptor, &signal, 1) == 1
  }
}
