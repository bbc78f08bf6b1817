internal import MetaxyDatabase
internal import MetaxyEssentials
internal import MetaxyFeatures

extension ColumnCodec {
  /// Returns the stored form of a value of any type: types with a column type, JSON, and types that encode themselves
  /// as one of these, such as enumerations and identifiers.
  func stored(any value: some Encodable, _ json: JSONText) throws(ColumnProblem) -> SQLValue {
    guard !isJSON else { return .text(try json.text(value)) }
    switch value {
    case let date as Date: return try stored(date)
    case let uuid as UUID: return try stored(uuid)
    case let number as Decimal: return try stored(number)
    case let url as URL: return try stored(url)
    case let data as Data: return try stored([UInt8](data))
    case let bytes as [UInt8] where !isRaw: return try stored(bytes)
    case let duration as Duration: return try stored(duration)
    default: return try storedByCoding(value, json)
    }
  }

  private func storedByCoding(_ value: some Encodable, _ json: JSONText) throws(ColumnProblem) -> SQLValue {
    let encoder = CellEncoder(form: self, json: json)
    do {
      try value.encode(to: encoder)
    } catch is ValueOfParts {
      // Handled below, like an empty value, which does not throw.
    } catch {
      if let problem = encoder.problem ?? error as? ColumnProblem { throw problem }
      throw ColumnProblem("the value cannot be coded: \(JSONText.reason(error))", cause: error)
    }
    if let problem = encoder.problem { throw problem }
    if let stored = encoder.value { return stored }
    // A raw column stores the text of a list: `[1,2,3]` is a vector of pgvector.
    guard encoder.hasParts, isRaw else { throw mismatch("a value of several parts") }
    return .text(try json.text(value))
  }
}

/// The error of a value that is encoded as a list or as members.
private struct ValueOfParts: Error {}

/// Encodes a value into a single column.
private final class CellEncoder: Encoder {
  let form: ColumnCodec
  let json: JSONText
  var value: SQLValue?
  /// Whether the value is encoded as a list or as members.
  var hasParts = false
  var problem: ColumnProblem?

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(form: ColumnCodec, json: JSONText) {
    self.form = form
    self.json = json
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    hasParts = true
    return KeyedEncodingContainer(RefusingKeyedContainer(ValueOfParts()))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    hasParts = true
    return RefusingContainer(ValueOfParts())
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { CellEncodingContainer(encoder: self) }

  func put(_ store: (ColumnCodec) throws(ColumnProblem) -> SQLValue) throws {
    do throws(ColumnProblem) {
      value = try store(form)
    } catch {
      problem = error
      throw error
    }
  }
}

private struct CellEncodingContainer: SingleValueEncodingContainer {
  let encoder: CellEncoder
  var codingPath: [any CodingKey] { [] }

  func encodeNil() throws { encoder.value = .null }
  func encode(_ value: String) throws { try encoder.put { form throws(ColumnProblem) in try form.stored(value) } }
  func encode(_ value: Bool) throws { try encoder.put { form throws(ColumnProblem) in try form.stored(value) } }
  func encode(_ value: Double) throws { try encoder.put { form throws(ColumnProblem) in try form.stored(value) } }
  func encode(_ value: Float) throws {
    try encoder.put { form throws(ColumnProblem) in try form.stored(Double(value)) }
  }
  func encode(_ value: Int) throws { try put(integer: value) }
  func encode(_ value: Int8) throws { try put(integer: value) }
  func encode(_ value: Int16) throws { try put(integer: value) }
  func encode(_ value: Int32) throws { try put(integer: value) }
  func encode(_ value: Int64) throws { try put(integer: value) }
  func encode(_ value: UInt) throws { try put(integer: value) }
  func encode(_ value: UInt8) throws { try put(integer: value) }
  func encode(_ value: UInt16) throws { try put(integer: value) }
  func encode(_ value: UInt32) throws { try put(integer: value) }
  func encode(_ value: UInt64) throws { try put(integer: value) }

  private func put(integer: some BinaryInteger) throws {
    try encoder.put { form throws(ColumnProblem) in try form.stored(integer) }
  }

  func encode(_ value: some Encodable) throws {
    try encoder.put { form throws(ColumnProblem) in try form.stored(any: value, encoder.json) }
  }
}
