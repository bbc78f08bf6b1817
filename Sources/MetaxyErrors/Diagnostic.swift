/// Something wrong at a place in a file that a person wrote.
public struct Diagnostic: Sendable, Hashable {
  public enum Severity: String, Sendable, Hashable {
    case error, warning
  }

  /// A second place that explains the first: the other end of a duplicate, a step of a cycle.
  public struct Note: Sendable, Hashable {
    public var message: String
    public var location: SourceLocation?

    public init(_ message: String, at location: SourceLocation? = nil) {
      self.message = message
      self.location = location
    }
  }

  public var severity: Severity
  public var message: String
  public var location: SourceLocation
  /// The text of the line at `location`, without its line end; nil where it is not at hand.
  public var sourceLine: String?
  public var notes: [Note]

  public init(
    _ severity: Severity, _ message: String, at location: SourceLocation, sourceLine: String? = nil,
    notes: [Note] = []
  ) {
    self.severity = severity
    self.message = message
    self.location = location
    self.sourceLine = sourceLine
    self.notes = notes
  }

  /// An error.
  public init(_ message: String, at location: SourceLocation, sourceLine: String? = nil, notes: [Note] = []) {
    self.init(.error, message, at: location, sourceLine: sourceLine, notes: notes)
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `path:line:column: error: message`, the source line with a caret under the column, and one line for each note.
  public var description: String {
    var text = "\(location): \(severity.rawValue): \(message)"
    if let sourceLine {
      let before = String(decoding: sourceLine.utf8.prefix(max(0, location.column - 1)), as: UTF8.self)
      text += "\n  \(sourceLine)\n  \(CaretPadding.below(before))^"
    }
    for note in notes {
      text += "\n" + (note.location.map { "\($0): " } ?? "") + "note: \(note.message)"
    }
    return text
  }
}
