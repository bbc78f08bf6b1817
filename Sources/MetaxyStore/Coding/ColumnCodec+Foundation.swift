internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyEssentials
internal import MetaxyFeatures
internal import MetaxyHashing
internal import MetaxyRows
internal import MetaxyTime

// The types of Foundation that have a column type.
extension ColumnCodec {
  func stored(_ date: Date) throws(ColumnProblem) -> SQLValue {
    // Computed relative to 2001, as `Date` is: half the error of a number relative to 1970.
    let exact = (date.timeIntervalSinceReferenceDate * 1e6).rounded()
    guard let microseconds = Int64(exactly: exact),
      let time = Timestamp(microseconds: microseconds &+ Self.referenceDate), exact.magnitude < 1e18
    else { throw ColumnProblem("the date is out of range: the years are 1 to 9999") }
    switch type {
    case .timestamp: return .text(dialect == .sqlite ? time.text : time.text + "+00")
    case .date:
      guard time.isMidnight else { throw ColumnProblem("`\(time.text)` is not a whole day in UTC") }
      return .text(time.dayText)
    default: throw mismatch("a date")
    }
  }

  func date(_ value: SQLValue) throws(ColumnProblem) -> Date {
    let text = try text(value)
    guard let time = Timestamp(text) else {
      throw ColumnProblem("`\(text.prefix(60))` is not a time in the years 1 to 9999")
    }
    return Date(timeIntervalSinceReferenceDate: Double(time.microseconds - Self.referenceDate) / 1e6)
  }

  /// 2001-01-01, in microseconds since 1970.
  private static var referenceDate: Int64 { 978_307_200_000_000 }

  func stored(_ uuid: UUID) throws(ColumnProblem) -> SQLValue {
    let digits = withUnsafeBytes(of: uuid.uuid) { Hexadecimal.text(of: $0) }
    if case .uuid = type, dialect == .sqlite { return .text(digits) }
    guard let text = UUIDText(digits)?.text else { throw mismatch("a UUID") }
    switch type {
    case .uuid: return .text(text)
    case .string: return try stored(text)
    default: throw mismatch("a UUID")
    }
  }

  func uuid(_ value: SQLValue) throws(ColumnProblem) -> UUID {
    guard let digits = UUIDText(try text(value))?.digits, let bytes = Hexadecimal.bytes(digits.utf8) else {
      throw unreadable(value, "a UUID")
    }
    var uuid: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    withUnsafeMutableBytes(of: &uuid) { $0.copyBytes(from: bytes) }
    return UUID(uuid: uuid)
  }

  func stored(_ url: URL) throws(ColumnProblem) -> SQLValue { try stored(url.absoluteString) }

  func url(_ value: SQLValue) throws(ColumnProblem) -> URL {
    guard let url = URL(string: try text(value)) else { throw unreadable(value, "a URL") }
    return url
  }

  func stored(_ number: Decimal) throws(ColumnProblem) -> SQLValue {
    guard case .numeric(let precision, let scale) = type else { throw mismatch("a decimal number") }
    let text = "\(number)"
    guard let digits = DecimalDigits(text) else { throw ColumnProblem("NaN is not a decimal number") }
    if let precision {
      let scale = scale ?? 0
      guard digits.fraction <= scale, digits.whole <= precision - scale else {
        throw ColumnProblem("\(text) does not fit into \(precision) digits, \(scale) of them after the point")
      }
    }
    guard dialect == .sqlite else { return .text(text) }
    // SQLite has no decimal numbers: SQLAlchemy binds a double, and reads the digits of its shortest text.
    guard let double = Double(text), double.isFinite, Decimal(string: "\(double)") == number else {
      throw ColumnProblem("\(text) has more digits than a number of SQLite keeps")
    }
    return .real(double)
  }

  func decimal(_ value: SQLValue) throws(ColumnProblem) -> Decimal {
    let text: String
    switch value {
    case .integer(let number): text = "\(number)"
    case .real(let number): text = "\(number)"
    case .text(let number): text = number
    default: throw unreadable(value, "a decimal number")
    }
    // Foundation parses a prefix, and rounds a number with too many digits.
    guard let digits = DecimalDigits(text), digits.significant <= 38, let number = Decimal(string: text) else {
      throw unreadable(value, "a decimal number of at most 38 digits")
    }
    return number
  }
}
