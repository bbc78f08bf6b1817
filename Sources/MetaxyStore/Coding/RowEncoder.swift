internal import MetaxyDatabase
internal import MetaxyFeatures

/// Encodes features as the values of their columns.
final class RowEncoder: Encoder {
  let layout: RowLayout
  let json = JSONText()
  /// The values of the current row, in the order of the layout's columns.
  private(set) var values: [SQLValue] = []
  private var next = 0
  private var problem: CellProblem?

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  init(_ layout: RowLayout) { self.layout = layout }

  /// Encodes a row into ``values``.
  ///
  /// - Throws: ``CellProblem``, or the error of the type's own `encode(to:)`.
  func encode(_ row: some Feature) throws {
    values.removeAll(keepingCapacity: true)
    for _ in layout.forms { values.append(.null) }
    next = 0
    problem = nil
    try row.encode(to: self)
    // The type's own code may have caught the error.
    if let problem { throw problem }
    for (position, column) in layout.feature.columns.enumerated()
    where !column.isNullable && !column.isGenerated && values[position] == .null {
      throw CellProblem(column: column.name, reason: "the value is missing, and the column does not accept NULL")
    }
  }

  /// Stores a value in the column of a coding key, in the form that `store` returns.
  func put(_ key: any CodingKey, _ store: (ColumnCodec) throws(ColumnProblem) -> SQLValue) throws {
    guard let position = layout.position(of: key.stringValue, next: &next) else {
      throw refuse(
        CellProblem(
          column: key.stringValue,
          reason: "the registry has no such member, so it is older than the type; `metaxy generate` rewrites it"))
    }
    let form = layout.forms[position]
    do throws(ColumnProblem) {
      values[position] = try store(form)
    } catch {
      throw refuse(CellProblem(column: form.name, reason: error.reason, cause: error.cause))
    }
  }

  func refuse(_ problem: CellProblem) -> CellProblem {
    self.problem = self.problem ?? problem
    return problem
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(RowEncodingContainer(encoder: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { RefusingContainer(refuse("a list")) }
  func singleValueContainer() -> any SingleValueEncodingContainer { RefusingContainer(refuse("a single value")) }

  private func refuse(_ what: String) -> CellProblem {
    refuse(CellProblem(column: nil, reason: "the type codes itself as \(what), not as the members of its table"))
  }
}

/// A value that a column cannot store, or an error that does not belong to one column.
struct CellProblem: Error {
  var column: String?
  var reason: String
  var cause: (any Error)?
}

/// The members of a feature, each encoded into its column.
private struct RowEncodingContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let encoder: RowEncoder
  var codingPath: [any CodingKey] { [] }

  /// Encodes a scalar, as JSON if the column contains JSON.
  private func put(
    _ key: Key, _ value: some Encodable, _ store: (ColumnCodec) throws(ColumnProblem) -> SQLValue
  ) throws {
    try encoder.put(key) { form throws(ColumnProblem) in
      form.isJSON ? .text(try encoder.json.text(value)) : try store(form)
    }
  }

  func encodeNil(forKey key: Key) throws { try encoder.put(key) { _ in .null } }

  func encode(_ value: String, forKey key: Key) throws {
    try put(key, value) { form throws(ColumnProblem) in try form.stored(value) }
  }

  func encode(_ value: Bool, forKey key: Key) throws {
    try put(key, value) { form throws(ColumnProblem) in try form.stored(value) }
  }

  func encode(_ value: Double, forKey key: Key) throws {
    try put(key, value) { form throws(ColumnProblem) in try form.stored(value) }
  }

  func encode(_ value: Float, forKey key: Key) throws {
    try put(key, value) { form throws(ColumnProblem) in try form.stored(Double(value)) }
  }

  func encode(_ value: Int, forKey key: Key) throws { try put(integer: value, key) }
  func encode(_ value: Int8, forKey key: Key) throws { try put(integer: value, key) }
  func encode(_ value: Int16, forKey key: Key) throws { try put(integer: value, key) }
  func encode(_ value: Int32, forKey key: Key) throws { try put(integer: value, key) }
  func encode(_ value: Int64, forKey key: Key) throws { try put(integer: value, key) }
  func encode(_ value: UInt, forKey key: Key) throws { try put(integer: value, key) }
  func encode(_ value: UInt8, forKey key: Key) throws { try put(integer: value, key) }
  func encode(_ value: UInt16, forKey key: Key) throws { try put(integer: value, key) }
  func encode(_ value: UInt32, forKey key: Key) throws { try put(integer: value, key) }
  func encode(_ value: UInt64, forKey key: Key) throws { try put(integer: value, key) }

  private func put(integer: some BinaryInteger & Encodable, _ key: Key) throws {
    try put(key, integer) { form throws(ColumnProblem) in try form.stored(integer) }
  }

  func encode(_ value: some Encodable, forKey key: Key) throws {
    try encoder.put(key) { form throws(ColumnProblem) in try form.stored(any: value, encoder.json) }
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy type: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> { KeyedEncodingContainer(RefusingKeyedContainer(refuse(key))) }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { RefusingContainer(refuse(key)) }
  func superEncoder() -> any Encoder { RefusingEncoder(problem: refuse(nil)) }
  func superEncoder(forKey key: Key) -> any Encoder { RefusingEncoder(problem: refuse(key)) }

  private func refuse(_ key: Key?) -> CellProblem {
    encoder.refuse(
      CellProblem(column: key?.stringValue, reason: "the type codes a member by parts, which a column cannot store"))
  }
}
