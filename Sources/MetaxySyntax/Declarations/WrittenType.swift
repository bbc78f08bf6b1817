import MetaxyErrors

/// A type as a source spells it, before its names mean anything.
struct WrittenType: Sendable {
  indirect enum Shape: Sendable {
    case named([String], arguments: [WrittenType])
    case optional(WrittenType)
    case implicitlyUnwrapped
    case array(WrittenType)
    case dictionary(key: WrittenType, value: WrittenType)
    /// Tuples, functions, `any`, and what else there is.
    case other
  }

  var shape: Shape
  /// The type's own text, on one line.
  var text: String
  var location: SourceLocation

  /// The parts of a plain name; nil for any other type.
  var name: [String]? {
    if case .named(let parts, let arguments) = shape, arguments.isEmpty { return parts }
    return nil
  }
}
