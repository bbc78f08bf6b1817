internal import MetaxyCommands
internal import MetaxyDatabase
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
  private let showsStatements: Bool
  private let hasStatusLine: Bool
  /// Whether the settings are in a `pyproject.toml`, so that texts name their tables as they are there.
  private let isPyproject: Bool
  private let style: Style

  /// - Parameters:
  ///   - showsStatements: whether each statement of a revision is printed with its time.
  ///   - isPyproject: whether the settings are in a `pyproject.toml`.
  init(_ options: GlobalOptions, showsStatements: Bool = false, isPyproject: Bool = false) {
    self.isPyproject = isPyproject
    self.showsStatements = showsStatements
    hasStatusLine = ![.json, .sarif].contains(options.format) && !options.isQuiet && StatusLine.isPossible
    format = options.format
    isQuiet = options.isQuiet
    showsTimings = options.showsTimings
    style = Style(isOn: Self.usesColor(options.color))
  }

  /// Creates a terminal for errors that occur before the options are parsed.
  ///
  /// - Parameter words: the command line; its `--format json` counts although the rest of it is refused.
  init(isQuiet: Bool, after words: [String] = []) {
    let asksForJSON = zip(words, words.dropFirst()).contains { $0 == ("--format", "json") }
    format = asksForJSON || words.contains("--format=json") ? .json : .text
    self.isQuiet = isQuiet
    showsTimings = false
    showsStatements = false
    hasStatusLine = false
    isPyproject = false
    style = Style(isOn: Self.usesColor(.auto))
  }

  /// Whether a user reads the answer, not a file or a program.
  static var isInteractive: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Prints the result of a command.
  ///
  /// - Throws: `unwritable_file` with the system's reason: without its output a command has failed.
  func answer(_ report: some Report) throws(MetaxyError) {
    let text =
      switch format {
      case .json: report.json.text()
      case .github: GitHubAnnotations.text(of: report.annotations)
      case .sarif: SARIFLog.json(of: report.annotations).text()
      case .text, .mermaid, .dot, .svg, .csv, .jsonl: report.text
      }
    if !text.isEmpty { try Self.answer(named(text) + "\n") }
  }

  /// Returns a text with the tables of the configuration as they are named in its file.
  private func named(_ text: String) -> String { isPyproject ? SettingPlaces.inPyproject(text) : text }

  /// Prints a text as the answer. A file gets it as it is; a terminal gets no control characters of names.
  static func answer(_ text: String) throws(MetaxyError) {
    let text = isInteractive ? ControlCharacters.escaped(text) : text
    if let reason = Descriptor.write(Array(text.utf8), to: STDOUT_FILENO) { throw .unwritableAnswer(reason) }
  }

  /// Prints a part of an answer that has no end yet, such as rows.
  ///
  /// The process ends quietly when its reader has ended, as any filter does.
  static func answer(part bytes: [UInt8]) throws(MetaxyError) {
    guard !isInteractive else { return try answer(String(decoding: bytes, as: UTF8.self)) }
    guard let error = Descriptor.errorNumber(writing: bytes, to: STDOUT_FILENO) else { return }
    if error == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    }
    throw .unwritableAnswer(String(cString: strerror(error)).lowercased())
  }

  /// Asks a question and returns the answer; nil where no user can answer.
  ///
  /// A signal ends the process while it waits: nothing is done yet.
  func confirm(_ question: String) -> Bool? {
    guard format == .text, isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else { return nil }
    while true {
      Self.narrate("\(ControlCharacters.escaped(question)) [y/n] ")
      guard let answer = Interruption.withSignalsReleased({ readLine() }) else { return nil }
      switch answer.lowercased().filter({ !$0.isWhitespace }) {
      case "y", "yes": return true
      case "n", "no": return false
      default: continue
      }
    }
  }

  /// Prints progress while a command runs.
  func report(_ narration: ProgressEvent) { report(narration, prefix: "") }

  /// - Parameter prefix: the store that it is about, where there are several.
  private func report(_ narration: ProgressEvent, prefix: String) {
    if case .inStore(let store, let event) = narration { return report(event, prefix: "\(store): ") }
    if case .failure(let error) = narration {
      if format != .json { narrate(error, prefix: prefix) }
      return
    }
    guard !isQuiet else { return }
    func line(_ text: String, mark: String = "") {
      Self.narrate("\(mark)\(ControlCharacters.escaped("\(prefix)\(named(text))"))\n")
    }
    switch narration {
    case .note(let text): line(text)
    case .warning(let text): line(text, mark: "\(style.yellow("warning:")) ")
    case .diagnostic(let diagnostic): Self.narrate("\(ControlCharacters.escaped(named("\(diagnostic)")))\n")
    case .applied(let revision):
      let message = revision.message.isEmpty ? "" : " \(revision.message)"
      line("\(revision.direction) \(revision.revision)\(message) (\(revision.milliseconds) ms)")
    case .phase(let phase, let duration):
      if showsTimings { line("timing: \(phase.rawValue) \(duration.inMilliseconds)") }
    case .statement(let event): report(event, prefix, line: { line($0) })
    case .inStore, .failure: break
    }
  }

  private func report(_ event: StatementEvent, _ prefix: String, line: (String) -> Void) {
    switch event {
    case .began(let statement): if hasStatusLine { StatusLine.standard.begin(statement, in: prefix) }
    case .ended(let statement, let duration, let rows):
      if hasStatusLine { StatusLine.standard.end(in: prefix) }
      guard showsStatements else { return }
      let result = rows.map { $0 > 0 ? ", \(Wording.count($0, "row"))" : "" } ?? ", failed"
      line("statement: \(StatementText.line(statement.sql)) (\(duration.inMilliseconds)\(result))")
    }
  }

  /// Prints an error: what, where, what caused it, and what to do next.
  ///
  /// - Parameter invocation: the flags that suggested commands repeat.
  func report(_ error: MetaxyError, after invocation: Invocation = Invocation()) {
    narrate(error.completed(for: invocation), prefix: "")
  }

  private func narrate(_ error: MetaxyError, prefix: String) {
    let error = isPyproject ? error.completed(for: Invocation(isPyproject: true)) : error
    func shown(_ part: some CustomStringConvertible) -> String { ControlCharacters.escaped(part.description) }
    let diagnostics = error.diagnostics
    var text = diagnostics.prefix(Self.diagnosticLimit).map { shown($0) + "\n" }.joined()
    let rest = diagnostics.count - Self.diagnosticLimit
    if rest > 0 { text += "… and \(Wording.count(rest, "more problem"))\n" }
    text += "\(style.red("error:")) \(shown(prefix + error.message))\n"
    text += error.causes.map { "caused by: \(shown($0))\n" }.joined()
    let hints = error.allHints
    if !hints.isEmpty { text += "\n" + hints.map { "\(style.cyan("hint:")) \(shown($0))\n" }.joined() }
    if format == .github {
      // A service shows what both streams contain.
      text += GitHubAnnotations.text(of: diagnostics.prefix(Self.diagnosticLimit).map(Annotation.init)) + "\n"
    }
    // The answer stays empty; programs find the error in the last line.
    if format == .json { text += error.json.text(indented: false) + "\n" }
    Self.narrate(text)
  }

  /// The number of problems that are printed for one error; the others are counted.
  private static let diagnosticLimit = 100

  /// Returns whether to use colours: by default only for terminals. https://no-color.org
  private static func usesColor(_ mode: ColorMode) -> Bool {
    switch mode {
    case .always: true
    case .never: false
    case .auto: getenv("NO_COLOR").map { $0.pointee == 0 } ?? true && isatty(STDERR_FILENO) == 1
    }
  }

  /// Writes all of `text` to stderr.
  private static func narrate(_ text: String) { StatusLine.standard.write(text) }
}

extension MetaxyError {
  fileprivate static func unwritableAnswer(_ reason: String) -> MetaxyError {
    MetaxyError(
      .unwritableFile, "cannot write the answer to the standard output: \(reason)",
      hints: ["what the command does besides is done; run it again for its answer"])
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
