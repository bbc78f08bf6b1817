internal import MetaxyCommands
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyPlatform
internal import MetaxyRuntime

/// The one place that prints: answers to stdout, everything else to stderr.
struct Terminal {
  private let format: OutputFormat
  private let isQuiet: Bool
  private let showsTimings: Bool
  private let style: Style

  init(_ options: GlobalOptions) {
    format = options.format
    isQuiet = options.isQuiet
    showsTimings = options.showsTimings
    style = Style(isOn: Self.usesColor(options.color))
  }

  /// Creates a terminal for errors that occur before the options are parsed.
  init(isQuiet: Bool) {
    format = .text
    self.isQuiet = isQuiet
    showsTimings = false
    style = Style(isOn: Self.usesColor(.auto))
  }

  /// Prints the result of a command.
  func answer(_ report: some Report) {
    let text = format == .json ? report.json.text() : report.text
    if !text.isEmpty { Self.write(text + "\n", to: STDOUT_FILENO) }
  }

  /// Prints progress while a command runs.
  func report(_ narration: ProgressEvent) {
    guard !isQuiet else { return }
    switch narration {
    case .note(let text): Self.write("\(text)\n", to: STDERR_FILENO)
    case .warning(let text): Self.write("\(style.yellow("warning:")) \(text)\n", to: STDERR_FILENO)
    case .diagnostic(let diagnostic): Self.write("\(diagnostic)\n", to: STDERR_FILENO)
    case .applied(let revision):
      let message = revision.message.isEmpty ? "" : " \(revision.message)"
      Self.write(
        "\(revision.direction) \(revision.revision)\(message) (\(revision.milliseconds) ms)\n", to: STDERR_FILENO)
    case .phase(let phase, let duration):
      guard showsTimings else { return }
      Self.write("timing: \(phase.rawValue) \(duration.inMilliseconds)\n", to: STDERR_FILENO)
    }
  }

  /// Prints an error: what, where, what caused it, and what to do next.
  ///
  /// - Parameter invocation: the flags that suggested commands repeat.
  func report(_ error: MetaxyError, after invocation: Invocation = Invocation()) {
    let error = error.completed(for: invocation)
    var text = error.diagnostics.map { $0.description + "\n" }.joined()
    text += "\(style.red("error:")) \(error.message)\n"
    text += error.causes.map { "caused by: \($0)\n" }.joined()
    let hints = error.allHints
    if !hints.isEmpty { text += "\n" + hints.map { "\(style.cyan("hint:")) \($0)\n" }.joined() }
    Self.write(text, to: STDERR_FILENO)
  }

  /// Returns whether to use colours: by default only for terminals. https://no-color.org
  private static func usesColor(_ mode: ColorMode) -> Bool {
    switch mode {
    case .always: true
    case .never: false
    case .auto: getenv("NO_COLOR").map { $0.pointee == 0 } ?? true && isatty(STDERR_FILENO) == 1
    }
  }

  /// Writes all of `text`. If the output is closed, there is no place for an error message either.
  private static func write(_ text: String, to descriptor: Int32) {
    _ = Descriptor.write(Array(text.utf8), to: descriptor)
  }
}

extension Duration {
  /// The duration as `12.345 ms`.
  fileprivate var inMilliseconds: String {
    let microseconds = components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    let fraction = String(microseconds % 1000)
    return "\(microseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction) ms"
  }
}

/// Colours by name.
struct Style {
  var isOn: Bool

  func red(_ text: String) -> String { paint(text, 31) }
  func yellow(_ text: String) -> String { paint(text, 33) }
  func cyan(_ text: String) -> String { paint(text, 36) }

  private func paint(_ text: String, _ code: Int) -> String { isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}
