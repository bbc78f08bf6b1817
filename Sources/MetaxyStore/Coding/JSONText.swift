internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyEssentials
internal import MetaxyFeatures

/// Values as the JSON texts of a column: members sorted by name, points in time as ISO 8601 with microseconds, bytes in
/// Base64.
struct JSONText {
  private let encoder = JSONEncoder()
  private let decoder = JSONDecoder()

  init() {
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      guard case .text(let text) = try Self.dates.stored(date) else { return try container.encodeNil() }
      try container.encode(text.replacing(" ", with: "T") + "Z")
    }
    decoder.dateDecodingStrategy = .custom { decoder in
      try Self.dates.date(.text(try decoder.singleValueContainer().decode(String.self)))
    }
  }

  private static let dates = ColumnCodec(.init("", codingKey: "", type: .timestamp), .sqlite)

  func text(_ value: some Encodable) throws(ColumnProblem) -> String {
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      throw ColumnProblem("the value cannot be written as JSON: \(Self.reason(error))", cause: nil)
    }
  }

  func value<Value: Decodable>(_ text: String, _ type: Value.Type) throws(ColumnProblem) -> Value {
    do {
      return try decoder.decode(type, from: Data(text.utf8))
    } catch {
      throw ColumnProblem("the JSON is not a value of \(Value.self): \(Self.reason(error))", cause: nil)
    }
  }

  /// Returns the message of a coding error, with its path.
  static func reason(_ error: any Error) -> String {
    if let problem = error as? ColumnProblem { return problem.reason }
    let context: (text: String, path: [any CodingKey])
    switch error {
    case EncodingError.invalidValue(_, let found): context = (found.debugDescription, found.codingPath)
    case DecodingError.typeMismatch(_, let found), DecodingError.valueNotFound(_, let found),
      DecodingError.keyNotFound(_, let found), DecodingError.dataCorrupted(let found):
      context = (found.debugDescription, found.codingPath)
    default: return "\(error)"
    }
    let path = context.path.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    let text = context.text.hasSuffix(".") ? String(context.text.dropLast()) : context.text
    return path.isEmpty ? text : "\(text) at `\(path)`"
  }
}
