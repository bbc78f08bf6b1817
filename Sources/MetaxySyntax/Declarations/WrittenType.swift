import MetaxyErrors

/// A type as written in a source, before its names are resolved.
struct WrittenType: Sendable {
  indirect enum Shape: Sendable {
    case named([String], arguments: [WrittenType])
    case optional(WrittenType)
    case implicitlyUnwrapped
    case array(WrittenType)
    case dictionary(key: WrittenType, value: WrittenType)
    /// Tuples, functions, `any` and everything else.
    case other
  }

  var shape: Shape
  /// The type's source text on one line.
  var text: String
  var location: SourceLocation

  /// The parts of a plain name; nil for any other shape.
  var name: [String]? {
    if case .named(let parts, let arguments) = shape, arguments.isEmpty { return parts }
    return nil
  }
}
