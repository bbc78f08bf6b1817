internal import MetaxyConfiguration
package import MetaxyDatabase
internal import MetaxyEssentials
internal import MetaxyFeatures
internal import MetaxyTime

// Stored values → files.
extension RowColumn {
  /// Returns the form of a stored value.
  ///
  /// - Throws: `CellRefusal` for a value that is not one of the column's type: SQLite stores any value in any column.
  package func cell(_ value: SQLValue) throws(CellRefusal) -> Cell {
    guard value != .null else { return .null }
    switch type {
    case .string: if case .text(let text) = value { return .text(text) }
    case .bigint, .integer, .smallint: if case .integer(let number) = value { return .number(String(number)) }
    case .boolean:
      if value == .integer(0) { return .truth(false) }
      if value == .integer(1) { return .truth(true) }
    case .double, .real: if let number = number(value) { return number }
    case .numeric(_, let scale): if let text = decimal(value, scale: scale) { return .text(text) }
    case .json, .jsonb: return .json(try jsonText(value))
    case .binary: if case .blob(let bytes) = value { return .text(Data(bytes).base64EncodedString()) }
    case .raw:
      switch value {
      case .integer(let number): return .number(String(number))
      case .real(let number): return Self.cell(of: number, isFloat: false)
      case .text(let text): return .text(text)
      case .blob, .null: break
      }
    case .timestamp, .date, .time, .interval, .uuid:
      if case .text(let text) = value, let form = form(ofText: text) { return .text(form) }
    }
    throw CellRefusal("\(value.displayText) is not \(noun)")
  }

  /// Returns the form of a text that stands for another value; nil if it does not.
  private func form(ofText text: String) -> String? {
    switch type {
    case .timestamp: Timestamp(text)?.zonedText
    case .date: Timestamp(text).flatMap { $0.isMidnight ? $0.dayText : nil }
    case .time: ClockText(text)?.text
    case .interval:
      (dialect == .sqlite ? Timestamp(text)?.microseconds : IntervalText(text)?.microseconds).map(ISODuration.text)
    default: UUIDText(text)?.text
    }
  }

  private func number(_ value: SQLValue) -> Cell? {
    switch value {
    // PostgreSQL prints the shortest digits of 32 bits for a `real`.
    case .real(let number): type == .real ? floatCell(of: number) : Self.cell(of: number, isFloat: false)
    // SQLite returns an integer if the column's declared type differs from metaxy's.
    case .integer(let number): Double(exactly: number).map { Self.cell(of: $0, isFloat: false) }
    default: nil
    }
  }

  /// Returns the form of a number in a column of 32 bits.
  private func floatCell(of number: Double) -> Cell {
    let isFloat = dialect == .postgresql || Double(Float(number)) == number || !number.isFinite
    let cell = Self.cell(of: number, isFloat: isFloat)
    // SQLite keeps all 64 bits of a number; zeros distinguish it from the one of 32 bits with the same shortest digits.
    guard !isFloat, case .number(let digits) = cell else { return cell }
    return .number(FloatDigits.padded(digits))
  }

  private static func cell(of number: Double, isFloat: Bool) -> Cell {
    if number.isNaN { return .text("NaN") }
    if number.isInfinite { return .text(number < 0 ? "-Infinity" : "Infinity") }
    return .number(isFloat ? "\(Float(number))" : "\(number)")
  }

  private func decimal(_ value: SQLValue, scale: Int?) -> String? {
    let text: String
    switch value {
    case .integer(let number): text = "\(number)"
    case .real(let number) where number.isFinite: text = Self.digits(of: number)
    case .text(let digits): text = digits
    default: return nil
    }
    // The server has the digits in their form, and its own words for what is not finite.
    if dialect == .postgresql { return text }
    guard let number = DecimalText(text) else { return nil }
    var plain = number
    if case .numeric(let precision, _) = type, precision != nil { plain.pad(to: scale ?? 0) }
    return plain.text
  }

  /// Returns the shortest digits of a number: the `.0` that its text can have is not one of them.
  static func digits(of number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private func jsonText(_ value: SQLValue) throws(CellRefusal) -> String {
    let text: String
    switch value {
    case .text(let stored): text = stored
    // A column of the declared type JSON has the affinity NUMERIC. https://sqlite.org/datatype3.html#determination_of_column_affinity
    case .integer(let number): text = "\(number)"
    case .real(let number) where number.isFinite: text = "\(number)"
    default: throw CellRefusal("\(value.displayText) is not JSON")
    }
    guard type == .jsonb, dialect == .sqlite else { return text }
    guard let form = JSONBText.text(of: text) else { throw CellRefusal("\(value.displayText) is not JSON") }
    return form
  }
}
