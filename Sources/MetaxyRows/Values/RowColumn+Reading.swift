internal import MetaxyConfiguration
package import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyEssentials
internal import MetaxyFeatures
internal import MetaxyJSON
internal import MetaxyTime

// Files → stored values.
extension RowColumn {
  /// Returns the value of a cell as the column's engine stores it.
  ///
  /// - Throws: `CellRefusal` for a value that is not one of the column's type, or that the engine cannot keep.
  package func stored(_ cell: Cell) throws(CellRefusal) -> SQLValue {
    if cell == .null { return .null }
    if case .raw = type { return try raw(cell) }
    switch (type, cell) {
    case (.json, .json(let text)), (.jsonb, .json(let text)), (.json, .text(let text)), (.jsonb, .text(let text)):
      return try json(text)
    case (.boolean, .truth(let value)): return .integer(value ? 1 : 0)
    case (.boolean, .text(let text)):
      guard text == "true" || text == "false" else { throw refusal(cell, ": it is `true` or `false`") }
      return .integer(text == "true" ? 1 : 0)
    case (.bigint, .number(let digits)), (.bigint, .text(let digits)): return try integer(digits, Int64.self)
    case (.integer, .number(let digits)), (.integer, .text(let digits)): return try integer(digits, Int32.self)
    case (.smallint, .number(let digits)), (.smallint, .text(let digits)): return try integer(digits, Int16.self)
    case (.double, .number(let digits)), (.double, .text(let digits)): return .real(try double(digits))
    case (.real, .number(let digits)), (.real, .text(let digits)): return .real(try float(digits))
    case (.numeric(let precision, let scale), .number(let digits)),
      (.numeric(let precision, let scale), .text(let digits)):
      return try decimal(digits, precision, scale)
    case (.string(let limit), .text(let text)):
      try requireStorable(text)
      if let limit, text.utf8.count > limit, text.unicodeScalars.count > limit {
        throw CellRefusal("the text has \(text.unicodeScalars.count) characters, and the limit is \(limit)")
      }
      return .text(text)
    case (.binary, .text(let text)):
      guard let data = Data(base64Encoded: text) else { throw refusal(cell, " in Base64") }
      return .blob(Array(data))
    case (_, .text(let text)): if let value = value(ofText: text) { return value }
    default: break
    }
    throw refusal(cell)
  }

  private func refusal(_ cell: Cell, _ more: String = "") -> CellRefusal {
    CellRefusal("\(cell.displayText) is not \(noun)\(more)")
  }

  private func requireStorable(_ text: String) throws(CellRefusal) {
    guard !text.utf8.contains(0) else { throw CellRefusal("the text holds the character NUL") }
  }

  /// Returns the stored form of a text that stands for another value; nil if it does not.
  private func value(ofText text: String) -> SQLValue? {
    let isSQLite = dialect == .sqlite
    switch type {
    case .timestamp: return Timestamp(text).map { .text(isSQLite ? $0.text : $0.text + "+00") }
    case .date:
      guard text.utf8.count == 10 else { return nil }
      return Timestamp(text).map { .text($0.dayText) }
    case .time: return ClockText(text).map { .text($0.text) }
    case .uuid: return UUIDText(text).map { .text(isSQLite ? $0.digits : $0.text) }
    case .interval:
      guard let microseconds = ISODuration.microseconds(text) else { return nil }
      // As SQLAlchemy on SQLite: the time that is so long after 1970.
      guard isSQLite else { return .text(IntervalText(microseconds: microseconds).text) }
      return Timestamp(microseconds: microseconds).map { .text($0.text) }
    default: return nil
    }
  }

  private func raw(_ cell: Cell) throws(CellRefusal) -> SQLValue {
    switch cell {
    case .text(let text):
      try requireStorable(text)
      return .text(text)
    case .number(let digits):
      if let integer = Int64(digits) { return .integer(integer) }
      return dialect == .sqlite ? .real(try double(digits)) : .text(digits)
    case .truth(let value): return .integer(value ? 1 : 0)
    case .json(let text): return .text(text)
    case .null: return .null
    }
  }

  private func integer<Number: FixedWidthInteger>(
    _ digits: String, _ type: Number.Type
  ) throws(CellRefusal) -> SQLValue {
    // The initializer accepts a plus sign too, which no form has.
    guard !digits.hasPrefix("+"), let number = Int64(digits) else {
      let isWhole = digits.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
      guard isWhole, DecimalDigits(digits) != nil else { throw refusal(.text(digits)) }
      throw CellRefusal("`\(digits)` needs more than 64 bits")
    }
    guard Number(exactly: number) != nil else {
      throw CellRefusal("`\(digits)` needs more than the \(Number.bitWidth) bits of the column")
    }
    return .integer(number)
  }

  private func double(_ digits: String) throws(CellRefusal) -> Double {
    switch digits {
    case "NaN":
      // https://sqlite.org/c3ref/bind_blob.html
      guard dialect == .postgresql else { throw CellRefusal("SQLite cannot store NaN") }
      return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default:
      // The initializer also accepts `inf` and hexadecimal digits.
      guard DecimalDigits(digits.lowercased()) != nil, let number = Double(digits) else {
        throw refusal(.text(digits))
      }
      guard number.isFinite else { throw CellRefusal("`\(digits)` is too great for the 64 bits of the column") }
      return number
    }
  }

  private func float(_ digits: String) throws(CellRefusal) -> Double {
    let number = try double(digits)
    guard number.isFinite else { return number }
    let float = Float(number)
    guard float.isFinite else { throw CellRefusal("`\(digits)` is too great for the 32 bits of the column") }
    if Double(float) == number { return number }
    guard dialect == .sqlite else {
      // The server rounds to the number with these digits.
      guard Double("\(float)") == number else {
        throw CellRefusal("`\(digits)` has more digits than the 32 bits of the column keep")
      }
      return number
    }
    return FloatDigits.count(of: digits) <= FloatDigits.limit ? Double(float) : number
  }

  private func decimal(_ digits: String, _ precision: Int?, _ scale: Int?) throws(CellRefusal) -> SQLValue {
    guard let number = DecimalText(digits), let counts = DecimalDigits(digits.lowercased()) else {
      guard dialect == .postgresql, ["NaN", "Infinity", "-Infinity"].contains(digits) else {
        throw refusal(.text(digits))
      }
      return .text(digits)
    }
    if let precision {
      let scale = scale ?? 0
      guard counts.fraction <= scale, counts.whole <= precision - scale else {
        throw CellRefusal("`\(digits)` does not fit into \(precision) digits, \(scale) of them after the point")
      }
    }
    guard dialect == .sqlite else { return .text(number.text) }
    // SQLite has no decimal numbers, but integers of 64 bits.
    if number.isWhole, let integer = Int64(number.shortest.text) { return .integer(integer) }
    guard let double = Double(digits), double.isFinite,
      DecimalText(Self.digits(of: double))?.shortest == number.shortest
    else { throw CellRefusal("`\(digits)` has more digits than a number of SQLite keeps") }
    return .real(double)
  }

  private func json(_ text: String) throws(CellRefusal) -> SQLValue {
    do {
      // Python writes `NaN` into the texts of SQLite; PostgreSQL has none.
      _ = try JSONNode(parsing: text.utf8, file: "", allowsNonFinite: dialect == .sqlite)
    } catch {
      let reason = error.diagnostics.first?.message ?? error.message
      throw CellRefusal("\(Cell.text(text).displayText) is not JSON: \(reason)")
    }
    return .text(text)
  }
}
