internal import Dispatch
internal import MetaxyFileWriting
internal import MetaxyPlatform
internal import MetaxyRuntime
internal import Synchronization

/// The last line of a terminal while statements run: the oldest of them, with its time and what the engine reports about it.
///
/// Everything else that is written to the terminal goes through ``write(_:)``, which removes the line before.
final class StatusLine: Sendable {
  /// The one terminal of the process.
  static let standard = StatusLine()

  /// Whether a user watches, and not a file or a program.
  static var isPossible: Bool {
    isatty(STDERR_FILENO) == 1 && getenv("TERM").map { String(cString: $0) != "dumb" } ?? true
  }

  private struct State {
    /// The running statements, by their stores.
    var running: [String: RunningStatement] = [:]
    var isShown = false
    var isTicking = false
  }

  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "metaxy.status")

  /// Shorter statements are not shown.
  private static let patience = Duration.milliseconds(500)
  private static let interval = DispatchTimeInterval.milliseconds(200)

  /// - Parameter store: the store where it runs, for display; empty if there is only one.
  func begin(_ statement: RunningStatement, in store: String) {
    let starts = state.withLock { state in
      state.running[store] = statement
      defer { state.isTicking = true }
      return !state.isTicking
    }
    if starts { tickLater() }
  }

  func end(in store: String) {
    state.withLock { state in
      state.running[store] = nil
      Self.clear(&state)
    }
  }

  /// Writes lines to stderr, above the status line.
  func write(_ text: String) {
    state.withLock { state in
      Self.clear(&state)
      // If stderr is closed, there is no place for an error message either.
      _ = Descriptor.write(Array(text.utf8), to: STDERR_FILENO)
    }
  }

  private static func clear(_ state: inout State) {
    guard state.isShown else { return }
    state.isShown = false
    _ = Descriptor.write(Array("\r\u{1B}[K".utf8), to: STDERR_FILENO)
  }

  private func tickLater() {
    queue.asyncAfter(deadline: .now() + Self.interval) { [self] in
      let isNeeded = state.withLock { state in
        state.isTicking = !state.running.isEmpty
        return state.isTicking
      }
      guard isNeeded else { return }
      tick()
      tickLater()
    }
  }

  private func tick() {
    let running = state.withLock { $0.running }
    guard let (store, statement) = running.min(by: { $0.value.start < $1.value.start }) else { return }
    let elapsed = ContinuousClock.now - statement.start
    guard elapsed >= Self.patience else { return }
    // Asked without the lock, because a server may take its time to answer.
    let parts = [Self.text(of: elapsed), statement.progress?.text].compactMap(\.self).joined(separator: ", ")
    let others = running.count > 1 ? " (and \(running.count - 1) more)" : ""
    let line =
      "\(store)\(statement.direction) \(statement.revision)\(others): \(parts): \(StatementText.line(statement.sql))"
    state.withLock { state in
      guard state.running[store]?.start == statement.start else { return }
      state.isShown = true
      _ = Descriptor.write(Array("\r\(Self.cut(line))\u{1B}[K".utf8), to: STDERR_FILENO)
    }
  }

  /// `3 s`, or `2 min 5 s`.
  private static func text(of duration: Duration) -> String {
    let seconds = duration.components.seconds
    return seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
  }

  /// Cuts a text to one line of the terminal; a character beyond ASCII may take two columns.
  private static func cut(_ text: String) -> String {
    var size = winsize()
    let width = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    var columns = 0
    let shown = ControlCharacters.escaped(text).prefix { character in
      columns += character.isASCII ? 1 : 2
      return columns < width
    }
    return String(shown)
  }
}

/// A statement on one line.
enum StatementText {
  static func line(_ sql: String) -> String { sql.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
