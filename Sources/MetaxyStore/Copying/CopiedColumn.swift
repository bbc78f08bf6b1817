internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyNames

/// A column that is copied, with the forms of its values on both sides.
struct CopiedColumn: Sendable {
  let source: ColumnCodec
  let target: ColumnCodec
  var name: String { target.name }

  /// The columns of a feature that are copied: the system columns, then those that the database does not compute.
  static func all(from source: RowLayout, to target: RowLayout) -> [CopiedColumn] {
    let system = zip(target.systemColumns, target.generation.systemColumnTypes).map { name, type in
      let column = RegisteredColumn(name, codingKey: name, type: type, isNullable: true)
      return CopiedColumn(source: ColumnCodec(column, source.dialect), target: ColumnCodec(column, target.dialect))
    }
    return system
      + target.writtenPositions.compactMap { position in
        let form = target.forms[position]
        return source.position(ofColumn: form.name).map { CopiedColumn(source: source.forms[$0], target: form) }
      }
  }

  /// Returns a value of the source in the form of the destination.
  ///
  /// - Throws: ``ColumnProblem`` for a value that the column of the destination cannot hold exactly.
  func converted(_ value: SQLValue) throws(ColumnProblem) -> SQLValue {
    guard value != .null, source.dialect != target.dialect else { return value }
    switch target.type {
    case .bigint, .integer, .smallint: return try target.stored(try source.integer(value, Int64.self))
    case .boolean: return try target.stored(try source.truth(value))
    case .double: return try target.stored(try source.double(value))
    case .real: return try real(try source.double(value))
    case .string: return try target.stored(try source.text(value))
    case .binary: return .blob(try source.bytes(value))
    case .timestamp, .date: return try target.stored(time: try source.text(value))
    case .time: return try target.stored(clock: try source.text(value))
    case .interval: return try target.stored(try source.duration(value))
    case .uuid: return try target.stored(try source.uuid(value))
    case .numeric: return try target.stored(try source.decimal(value))
    case .json, .jsonb: return try json(value)
    case .raw: return try raw(value)
    }
  }

  /// A number of 32 bits: PostgreSQL writes the fewest digits that distinguish it, and SQLite keeps 64 bits of any number.
  private func real(_ number: Double) throws(ColumnProblem) -> SQLValue {
    let single = Float(number)
    let isExact = Double(single) == number || Double("\(single)") == number || number.isNaN
    guard isExact else { throw ColumnProblem("\(number) has more digits than the 32 bits of the column keep") }
    return try target.stored(Double(single))
  }

  /// SQLite keeps a JSON text that is a number as a number. https://sqlite.org/datatype3.html#determination_of_column_affinity
  private func json(_ value: SQLValue) throws(ColumnProblem) -> SQLValue {
    switch value {
    case .integer(let number): .text("\(number)")
    case .real(let number) where number.isFinite: .text("\(number)")
    default: .text(try source.plain(value))
    }
  }

  private func raw(_ value: SQLValue) throws(ColumnProblem) -> SQLValue {
    switch value {
    case .text: return .text(try source.plain(value))
    case .blob:
      // Its text would be taken for a text by any other type.
      guard target.dialect == .sqlite || target.typeName?.folded == "bytea" else {
        throw ColumnProblem("bytes do not fit a column of type `\(target.typeName ?? "")`")
      }
      return value
    case .real(let number): return try target.stored(number)
    case .integer, .null: return value
    }
  }
}

extension ColumnCodec {
  /// The words of a raw type on its engine.
  fileprivate var typeName: String? {
    guard case .raw(let words) = type else { return nil }
    return words.text(for: dialect.rawValue)
  }

  /// Returns a text without the character NUL, which PostgreSQL does not store.
  fileprivate func plain(_ value: SQLValue) throws(ColumnProblem) -> String {
    let text = try text(value)
    guard !text.utf8.contains(0) else { throw ColumnProblem("the text holds the character NUL") }
    return text
  }
}
