/// The one error type that metaxy throws to its users.
///
/// Each module makes its own errors in a `MetaxyError+….swift` file, as static functions that take the values concerned.
/// Layers add context by wrapping (`cause`), never by rewriting.
public struct MetaxyError: Error, Sendable {
  /// What kind of error this is, for programs: stable across releases, unlike the message.
  public struct Code: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
  }

  public var code: Code
  /// One sentence, lower case, without a full stop; whatever was typed or stored stands in backticks.
  public var message: String
  /// What to do next, where that is known: one sentence or command each.
  public var hints: [String]
  /// Places in files, where there are several or where the place is all that matters.
  public var diagnostics: [Diagnostic]
  /// The error underneath, as it was thrown.
  public var cause: (any Error)?

  public init(
    _ code: Code, _ message: String, hints: [String] = [], diagnostics: [Diagnostic] = [],
    cause: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.hints = hints
    self.diagnostics = diagnostics
    self.cause = cause
  }

  /// The same error with one more hint.
  public func hinting(_ hint: String) -> MetaxyError {
    var error = self
    error.hints.append(hint)
    return error
  }
}

extension MetaxyError {
  /// The messages of the errors underneath, from the nearest to the first.
  public var causes: [String] {
    guard let cause else { return [] }
    guard let known = cause as? MetaxyError else { return [String(describing: cause)] }
    return [known.message] + known.causes
  }

  /// The hints of the error and of those underneath, each once.
  public var allHints: [String] {
    var seen: Set<String> = []
    return (hints + ((cause as? MetaxyError)?.allHints ?? [])).filter { seen.insert($0).inserted }
  }
}

extension MetaxyError: CustomStringConvertible {
  /// All that the error says: places, message, causes, hints, a line or more each.
  public var description: String {
    (diagnostics.map(\.description) + [message] + causes.map { "caused by: \($0)" } + allHints.map { "hint: \($0)" })
      .joined(separator: "\n")
  }
}
