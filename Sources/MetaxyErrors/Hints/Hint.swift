/// A sentence about the next step.
///
/// Its commands are values, because their flags depend on those that metaxy was started with.
///
/// ```swift
/// "\(.upgrade()) creates it"  // `metaxy --store prod upgrade` creates it
/// ```
public struct Hint: Sendable, Hashable {
  fileprivate enum Part: Sendable, Hashable {
    case text(String)
    case command(SuggestedCommand)
  }

  fileprivate var parts: [Part]

  /// A hint without commands.
  package init(_ text: String) { parts = [.text(text)] }

  /// The commands of metaxy that the hint suggests.
  package var commands: [SuggestedCommand] {
    parts.compactMap { part in
      switch part {
      case .text: nil
      case .command(let command): command
      }
    }
  }

  /// The hint, with commands as they are typed after `invocation`; those that have one already stay.
  package func completed(for invocation: Invocation) -> Hint {
    var hint = self
    hint.parts = parts.map { part in
      switch part {
      case .text(let text): invocation.isPyproject ? .text(SettingPlaces.inPyproject(text)) : part
      case .command(let command): .command(command.completed(for: invocation))
      }
    }
    return hint
  }
}

extension Hint: ExpressibleByStringInterpolation {
  /// The pieces of a hint while it is written.
  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    /// Starts without pieces.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Appends text.
    public mutating func appendLiteral(_ literal: String) { append(.text(literal)) }
    /// Appends the description of a value.
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) { append(.text(value.description)) }
    package mutating func appendInterpolation(_ command: SuggestedCommand) { append(.command(command)) }

    /// Joins neighbouring texts: hints with the same text are equal, however it was divided into parts.
    fileprivate mutating func append(_ part: Part) {
      if case .text(let text) = part, case .text(let before) = parts.last {
        parts[parts.count - 1] = .text(before + text)
      } else if part != .text("") {
        parts.append(part)
      }
    }
  }

  /// Creates a hint without commands.
  public init(stringLiteral text: String) { self.init(text) }
  /// Creates a hint from its pieces.
  public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  package static func + (left: Hint, right: Hint) -> Hint {
    var whole = StringInterpolation(literalCapacity: 0, interpolationCount: 0)
    for part in left.parts + right.parts { whole.append(part) }
    return Hint(stringInterpolation: whole)
  }
}

extension Hint: CustomStringConvertible {
  /// The sentence, with commands in backticks.
  public var description: String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .command(let command): "`\(command)`"
      }
    }.joined()
  }
}
