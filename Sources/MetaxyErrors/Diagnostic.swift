/// A problem at a place in a file.
public struct Diagnostic: Sendable, Hashable {
  /// Whether the problem prevents the work.
  public enum Severity: String, Sendable, Hashable {
    /// Nothing was done.
    case error
    /// The work continues.
    case warning
  }

  /// A second place that explains the first: the second of two duplicates, a step of a cycle.
  public struct Note: Sendable, Hashable {
    /// One sentence, lower case, without a full stop.
    public var message: String
    /// The place; nil for a note without one.
    public var location: SourceLocation?

    package init(_ message: String, at location: SourceLocation? = nil) {
      self.message = message
      self.location = location
    }
  }

  /// Whether the problem prevents the work.
  public var severity: Severity
  /// One sentence, lower case, without a full stop.
  public var message: String
  /// The place of the problem.
  public var location: SourceLocation
  /// The text of the line at `location`, without its line end; nil if it is not known.
  public var sourceLine: String?
  /// Further places that explain the problem.
  public var notes: [Note]

  package init(
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
  package init(_ message: String, at location: SourceLocation, sourceLine: String? = nil, notes: [Note] = []) {
    self.init(.error, message, at: location, sourceLine: sourceLine, notes: notes)
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `path:line:column: error: message`, the source line with a caret under the column, and one line for each note.
  public var description: String {
    var text = "\(location): \(severity.rawValue): \(message)"
    if let sourceLine {
      text += "\n" + PlaceExcerpt.text(of: sourceLine.utf8, at: location.column - 1)
    }
    for note in notes {
      text += "\n" + (note.location.map { "\($0): " } ?? "") + "note: \(note.message)"
    }
    return text
  }
}
