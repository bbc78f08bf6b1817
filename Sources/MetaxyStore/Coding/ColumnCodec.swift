internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyRows
internal import MetaxyTime

/// A column on an engine, with the stored form of its values.
///
/// The forms are SQLAlchemy's, so that Python reads what Swift writes, and vice versa.
struct ColumnCodec: Sendable {
  let name: String
  let codingKey: String
  let type: ColumnType
  let dialect: StoreDialect

  init(_ column: RegisteredColumn, _ dialect: StoreDialect) {
    name = column.name
    codingKey = column.codingKey
    type = column.type
    self.dialect = dialect
  }

  /// Whether the column contains JSON texts.
  var isJSON: Bool {
    switch type {
    case .json, .jsonb: true
    default: false
    }
  }

  var isRaw: Bool {
    if case .raw = type { true } else { false }
  }
}

/// Why a column cannot store a value, or why a stored value is invalid.
struct ColumnProblem: Error {
  var reason: String
  var cause: (any Error)?

  init(_ reason: String, cause: (any Error)? = nil) {
    self.reason = reason
    self.cause = cause
  }
}

extension ColumnCodec {
  func stored(_ text: String) throws(ColumnProblem) -> SQLValue {
    guard !text.utf8.contains(0) else { throw ColumnProblem("the text holds the character NUL") }
    switch type {
    case .string(let length?):
      // PostgreSQL and Python both count code points.
      guard text.utf8.count <= length || text.unicodeScalars.count <= length else {
        throw ColumnProblem("the text has \(text.unicodeScalars.count) characters, and the limit is \(length)")
      }
      return .text(text)
    case .string, .raw, .date, .time: return .text(text)
    default: throw mismatch("a text")
    }
  }

  func stored(_ number: some BinaryInteger) throws(ColumnProblem) -> SQLValue {
    guard let wide = Int64(exactly: number) else { throw ColumnProblem("\(number) needs more than 64 bits") }
    switch type {
    case .bigint, .raw: return .integer(wide)
    case .integer: return try stored(wide, as: Int32.self)
    case .smallint: return try stored(wide, as: Int16.self)
    case .double, .real:
      guard let double = Double(exactly: wide) else { throw ColumnProblem("\(number) has too many digits") }
      return .real(double)
    case .boolean where wide == 0 || wide == 1: return .integer(wide)
    default: throw mismatch("an integer")
    }
  }

  private func stored<Narrow: FixedWidthInteger>(
    _ number: Int64, as type: Narrow.Type
  ) throws(ColumnProblem) -> SQLValue {
    guard Narrow(exactly: number) != nil else {
      throw ColumnProblem("\(number) needs more than the \(Narrow.bitWidth) bits of the column")
    }
    return .integer(number)
  }

  func stored(_ number: Double) throws(ColumnProblem) -> SQLValue {
    switch type {
    case .double, .raw: break
    case .real:
      guard !number.isFinite || Float(number).isFinite else {
        throw ColumnProblem("\(number) is too great for the 32 bits of the column")
      }
    default: throw mismatch("a floating-point number")
    }
    // SQLite stores NaN as NULL. https://sqlite.org/c3ref/bind_blob.html
    guard dialect == .postgresql || !number.isNaN else { throw ColumnProblem("SQLite cannot store NaN") }
    return .real(number)
  }

  func stored(_ truth: Bool) throws(ColumnProblem) -> SQLValue {
    switch type {
    case .boolean, .bigint, .integer, .smallint, .raw: return .integer(truth ? 1 : 0)
    default: throw mismatch("a Boolean")
    }
  }

  func stored(_ bytes: [UInt8]) throws(ColumnProblem) -> SQLValue {
    switch type {
    case .binary, .raw: return .blob(bytes)
    default: throw mismatch("bytes")
    }
  }

  func stored(_ duration: Duration) throws(ColumnProblem) -> SQLValue {
    guard case .interval = type else { throw mismatch("a duration") }
    guard let interval = IntervalText(duration) else { throw ColumnProblem("the duration is too long") }
    switch dialect {
    case .postgresql: return .text(interval.text)
    case .sqlite:
      // As SQLAlchemy: the time that is so long after 1970.
      guard let time = Timestamp(microseconds: interval.microseconds) else {
        throw ColumnProblem("the duration is too long: the years from 1970 on must be 1 to 9999")
      }
      return .text(time.text)
    }
  }

  func mismatch(_ what: String) -> ColumnProblem {
    ColumnProblem("\(what) does not fit a column of type \(type.word)")
  }
}

extension ColumnType {
  /// The type as written in `@Column(type:)`.
  var word: String {
    switch self {
    case .string(nil): "`.string`"
    case .string(let length?): "`.varchar(\(length))`"
    case .numeric(let precision?, let scale?): "`.numeric(\(precision), \(scale))`"
    case .numeric: "`.numeric`"
    case .raw: "`.raw`"
    default: "`.\(self)`"
    }
  }
}
