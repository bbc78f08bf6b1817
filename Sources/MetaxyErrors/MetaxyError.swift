/// The one error type that metaxy throws to its users.
///
/// Programs decide by ``code-swift.property`` and ``payload-swift.property``, not by ``message``, which may change with any
/// release. Each module creates its errors in `MetaxyError+….swift` files, as static functions of the values concerned. Layers
/// add context by wrapping (``cause``), never by rewriting.
public struct MetaxyError: Error, Sendable {
  /// The kind of error.
  public var code: Code
  /// One sentence, lower case, without a full stop; typed or stored text is in backticks.
  public var message: String
  /// The values that the error is about.
  public var payload: Payload
  /// The next steps, if they are known.
  public var hints: [Hint]
  /// Places in files, for an error with several places or about the content of a file.
  public var diagnostics: [Diagnostic]
  /// The error underneath, as it was thrown.
  public var cause: (any Error)?

  package init(
    _ code: Code, _ message: String, _ payload: Payload = Payload(), hints: [Hint] = [],
    diagnostics: [Diagnostic] = [],
    cause: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.payload = payload
    self.hints = hints
    self.diagnostics = diagnostics
    self.cause = cause
  }

  /// The same error with one more hint.
  package func hinting(_ hint: Hint) -> MetaxyError {
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
  public var allHints: [Hint] {
    var seen: Set<Hint> = []
    return (hints + ((cause as? MetaxyError)?.allHints ?? [])).filter { seen.insert($0).inserted }
  }

  /// The same error with the commands of its hints, and of those underneath, as they are typed after `invocation`.
  package func completed(for invocation: Invocation) -> MetaxyError {
    var error = invocation.isPyproject ? inPyproject : self
    error.hints = hints.map { $0.completed(for: invocation) }
    if let cause = cause as? MetaxyError { error.cause = cause.completed(for: invocation) }
    return error
  }
}

extension MetaxyError: CustomStringConvertible {
  /// The complete text of the error: places, message, causes, hints, one or more lines each.
  public var description: String {
    (diagnostics.map(\.description) + [message] + causes.map { "caused by: \($0)" } + allHints.map { "hint: \($0)" })
      .joined(separator: "\n")
  }
}
