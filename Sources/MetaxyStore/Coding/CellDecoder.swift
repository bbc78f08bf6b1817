internal import MetaxyDatabase
internal import MetaxyEssentials
internal import MetaxyFeatures

extension ColumnCodec {
  /// Decodes a value of any type, as stored by ``stored(any:_:)``.
  func value<Value: Decodable>(
    _ stored: SQLValue, _ type: Value.Type, _ json: JSONText
  ) throws(ColumnProblem) -> Value {
    if isJSON { return try json.value(text(stored), type) }
    // Without a value of its own, nil would be one of an optional type.
    if let own = try ownValue(stored, type), let value = own as? Value { return value }
    do {
      return try Value(from: CellDecoder(form: self, stored: stored, json: json))
    } catch is ValueOfParts {
      guard isRaw else { throw mismatch("a value of several parts") }
      return try json.value(text(stored), type)
    } catch {
      if let problem = error as? ColumnProblem { throw problem }
      throw ColumnProblem(
        "\(stored.displayText) is not a value of \(Value.self): \(JSONText.reason(error))", cause: error)
    }
  }

  /// Returns the value if its type has a column type of its own; nil for other types.
  private func ownValue(_ stored: SQLValue, _ type: any Decodable.Type) throws(ColumnProblem) -> (any Sendable)? {
    if type == Date.self { return try date(stored) }
    if type == UUID.self { return try uuid(stored) }
    if type == Decimal.self { return try decimal(stored) }
    if type == URL.self { return try url(stored) }
    if type == Data.self { return Data(try bytes(stored)) }
    if type == [UInt8].self, !isRaw || stored.isBlob { return try bytes(stored) }
    if type == Duration.self { return try duration(stored) }
    return nil
  }
}

/// The error of a value that is decoded from a list or from members.
private struct ValueOfParts: Error {}

/// Decodes a value from a single column.
private struct CellDecoder: Decoder, SingleValueDecodingContainer {
  let form: ColumnCodec
  let stored: SQLValue
  let json: JSONText

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> { throw ValueOfParts() }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw ValueOfParts() }
  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { stored == .null }
  func decode(_ type: String.Type) throws -> String { try form.text(stored) }
  func decode(_ type: Bool.Type) throws -> Bool { try form.truth(stored) }
  func decode(_ type: Double.Type) throws -> Double { try form.double(stored) }
  func decode(_ type: Float.Type) throws -> Float { try form.float(stored) }
  func decode(_ type: Int.Type) throws -> Int { try form.integer(stored, type) }
  func decode(_ type: Int8.Type) throws -> Int8 { try form.integer(stored, type) }
  func decode(_ type: Int16.Type) throws -> Int16 { try form.integer(stored, type) }
  func decode(_ type: Int32.Type) throws -> Int32 { try form.integer(stored, type) }
  func decode(_ type: Int64.Type) throws -> Int64 { try form.integer(stored, type) }
  func decode(_ type: UInt.Type) throws -> UInt { try form.integer(stored, type) }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try form.integer(stored, type) }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try form.integer(stored, type) }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try form.integer(stored, type) }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try form.integer(stored, type) }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try form.value(stored, type, json) }
}

extension SQLValue {
  fileprivate var isBlob: Bool { if case .blob = self { true } else { false } }
}
