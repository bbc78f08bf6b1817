internal import MetaxyDatabase
internal import MetaxyFeatures

/// Decodes features from the values of their columns.
final class RowDecoder: Decoder {
  let layout: RowLayout
  let json = JSONText()
  /// The position in `row` of the first property's column.
  private let start: Int
  /// Why every member must be a column; nil if optional ones need not.
  let missing: String?
  private var row: [SQLValue] = []
  private var next = 0

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// - Parameters:
  ///   - layout: the columns.
  ///   - start: the position of the first one.
  ///   - missing: the reason of the error about a member without a column; nil if optional members need not be columns.
  init(_ layout: RowLayout, from start: Int, missing: String? = nil) {
    self.layout = layout
    self.start = start
    self.missing = missing
  }

  /// - Throws: ``CellProblem``, or the error of the type's own `init(from:)`.
  func decode<Value: Decodable>(_ type: Value.Type, _ row: [SQLValue]) throws -> Value {
    self.row = row
    next = 0
    return try Value(from: self)
  }

  func position(of key: any CodingKey) -> Int? { layout.position(of: key.stringValue, next: &next) }

  /// Returns whether a column contains NULL or the JSON text `null`, which SQLAlchemy writes for None.
  func isNull(_ position: Int) -> Bool {
    let value = row[start + position]
    return value == .null || layout.forms[position].isJSON && value == .text("null")
  }

  /// Returns the result of `read` for a member's column.
  func value<Value>(
    _ key: any CodingKey, _ read: (ColumnCodec, SQLValue) throws(ColumnProblem) -> Value
  ) throws -> Value {
    guard let position = position(of: key) else {
      throw CellProblem(
        column: key.stringValue,
        reason: missing
          ?? "the registry has no such member, so it is older than the type; `metaxy generate` rewrites it")
    }
    let form = layout.forms[position]
    do throws(ColumnProblem) {
      return try read(form, row[start + position])
    } catch {
      throw CellProblem(column: form.name, reason: error.reason, cause: error.cause)
    }
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(RowDecodingContainer(decoder: self))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw refusal("a list") }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { throw refusal("a single value") }

  private func refusal(_ what: String) -> CellProblem {
    CellProblem(column: nil, reason: "the type is decoded from \(what), not from the members of its table")
  }
}

/// The members of a feature, each decoded from its column.
private struct RowDecodingContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: RowDecoder
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { decoder.layout.forms.compactMap { Key(stringValue: $0.codingKey) } }

  func contains(_ key: Key) -> Bool { decoder.position(of: key) != nil || decoder.missing != nil }

  func decodeNil(forKey key: Key) throws -> Bool {
    guard let position = decoder.position(of: key) else {
      if let missing = decoder.missing { throw CellProblem(column: key.stringValue, reason: missing) }
      return true
    }
    return decoder.isNull(position)
  }

  /// Decodes a scalar, from JSON if the column contains JSON.
  private func scalar<Value: Decodable>(
    _ key: Key, _ read: (ColumnCodec, SQLValue) throws(ColumnProblem) -> Value
  ) throws -> Value {
    try decoder.value(key) { form, value throws(ColumnProblem) in
      form.isJSON ? try decoder.json.value(form.text(value), Value.self) : try read(form, value)
    }
  }

  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    try scalar(key) { form, value throws(ColumnProblem) in try form.text(value) }
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    try scalar(key) { form, value throws(ColumnProblem) in try form.truth(value) }
  }

  func decode(_ type: Double.Type, forKey key: Key) throws -> Double {
    try scalar(key) { form, value throws(ColumnProblem) in try form.double(value) }
  }

  func decode(_ type: Float.Type, forKey key: Key) throws -> Float {
    try scalar(key) { form, value throws(ColumnProblem) in try form.float(value) }
  }

  func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try integer(key) }
  func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try integer(key) }
  func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try integer(key) }
  func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try integer(key) }
  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try integer(key) }
  func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try integer(key) }
  func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try integer(key) }
  func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try integer(key) }
  func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try integer(key) }
  func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try integer(key) }

  private func integer<Number: FixedWidthInteger & Decodable>(_ key: Key) throws -> Number {
    try scalar(key) { form, value throws(ColumnProblem) in try form.integer(value, Number.self) }
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try decoder.value(key) { form, value throws(ColumnProblem) in try form.value(value, type, decoder.json) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> { throw refusal(key) }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw refusal(key) }
  func superDecoder() throws -> any Decoder { throw refusal(nil) }
  func superDecoder(forKey key: Key) throws -> any Decoder { throw refusal(key) }

  private func refusal(_ key: Key?) -> CellProblem {
    CellProblem(column: key?.stringValue, reason: "the type decodes a member by parts, which a column cannot store")
  }
}
