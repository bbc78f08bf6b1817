internal import MetaxyFeatures
internal import MetaxySQLiteDriver

/// The values that a column of a type holds, whatever SQLite accepts beyond them.
///
/// SQLite converts by affinity when it stores a value, and keeps a value that it cannot convert: a text in an integer
/// column silently stays a text. https://sqlite.org/datatype3.html#type_affinity
enum SQLiteStoredForm: Hashable {
  case text(length: Int?)
  case integer(ClosedRange<Int>?)
  case real
  case boolean
  /// `2026-11-22 10:07:31.123456`, with up to six digits of a second.
  case timestamp
  /// `2026-11-22`
  case date
  /// `10:07:31.123456`
  case time
  case numeric(precision: Int?, scale: Int?)
  /// 32 hexadecimal digits.
  case uuid
  case binary
  /// A text; a number if the text is one.
  case json
  /// Any value; a text that is a number becomes one.
  case anyNumber
  /// Any value, unchanged.
  case any

  /// - Parameters:
  ///   - isWide: whether INTEGER stands for any integer that SQLite has, not for the numbers of an `Int32`.
  ///   - isStrict: whether the table is STRICT, where `ANY` has no affinity. https://sqlite.org/stricttables.html
  init(_ type: ColumnType, isWide: Bool, isStrict: Bool) {
    switch type {
    case .string(let length): self = .text(length: length)
    case .bigint: self = .integer(nil)
    case .integer: self = .integer(isWide ? nil : -2_147_483_648...2_147_483_647)
    case .smallint: self = .integer(-32768...32767)
    case .double, .real: self = .real
    case .boolean: self = .boolean
    // An interval is stored as a time since 1970.
    case .timestamp, .interval: self = .timestamp
    case .date: self = .date
    case .time: self = .time
    case .numeric(let precision, let scale): self = .numeric(precision: precision, scale: scale)
    case .uuid: self = .uuid
    case .binary: self = .binary
    case .json, .jsonb: self = .json
    case .raw(let words): self = Self.declared(words.text(for: SQLiteDialect.name), isStrict: isStrict)
    }
  }

  private static func declared(_ name: String, isStrict: Bool) -> Self {
    let known = SQLiteTypes.type(declared: name.uppercased())
    guard case .raw = known else { return Self(known, isWide: true, isStrict: isStrict) }
    if isStrict, name.uppercased() == "ANY" { return .any }
    switch SQLiteAffinity(of: .raw(name)) {
    case .integer: return .integer(nil)
    case .text: return .text(length: nil)
    case .blob: return .any
    case .real: return .real
    case .numeric: return decimal(name) ?? .anyNumber
    }
  }

  /// Parses `DECIMAL(12,3)`, which is another name of `NUMERIC(12, 3)`.
  private static func decimal(_ name: String) -> Self? {
    let plain = name.filter { !$0.isWhitespace }.uppercased()
    guard let word = ["DECIMAL", "NUMERIC"].first(where: plain.hasPrefix) else { return nil }
    let rest = plain.dropFirst(word.count)
    guard rest.first == "(", rest.last == ")" else { return rest.isEmpty ? .numeric(precision: nil, scale: nil) : nil }
    let numbers = rest.dropFirst().dropLast().split(separator: ",").map { Int($0) }
    guard let precision = numbers.first ?? nil, numbers.count <= 2 else { return nil }
    return .numeric(precision: precision, scale: numbers.count == 2 ? numbers[1] : nil)
  }

  /// Returns whether every value of this form is one of the other, stored in the same way.
  func isPart(of other: Self) -> Bool {
    switch (self, other) {
    case (.text(let old), .text(let new)): new.map { new in old.map { $0 <= new } ?? false } ?? true
    case (.integer(let old), .integer(let new)):
      new.map { new in old.map { new.contains($0.lowerBound) && new.contains($0.upperBound) } ?? false } ?? true
    case (.numeric(let oldPrecision, let oldScale), .numeric(let newPrecision, let newScale)):
      Self.holds(newPrecision, newScale, oldPrecision, oldScale)
    default: self == other
    }
  }

  private static func holds(_ newPrecision: Int?, _ newScale: Int?, _ precision: Int?, _ scale: Int?) -> Bool {
    guard let newPrecision else { return true }
    guard let precision else { return false }
    return (newScale ?? 0) >= (scale ?? 0) && newPrecision - (newScale ?? 0) >= precision - (scale ?? 0)
  }

  /// Whether two forms differ only in their limits, so that a value that fits is not changed.
  func isSameKind(as other: Self) -> Bool {
    switch (self, other) {
    case (.text, .text), (.integer, .integer), (.numeric, .numeric): true
    default: self == other
    }
  }
}
