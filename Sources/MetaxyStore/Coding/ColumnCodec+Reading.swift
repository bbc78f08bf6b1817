internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyRows
internal import MetaxyTime

extension ColumnCodec {
  func text(_ value: SQLValue) throws(ColumnProblem) -> String {
    guard case .text(let text) = value else { throw unreadable(value, "a text") }
    return text
  }

  func integer<Number: FixedWidthInteger>(_ value: SQLValue, _ type: Number.Type) throws(ColumnProblem) -> Number {
    guard case .integer(let wide) = value else { throw unreadable(value, "an integer") }
    guard let number = Number(exactly: wide) else {
      throw ColumnProblem("\(wide) is out of the range of \(Number.self)")
    }
    return number
  }

  func double(_ value: SQLValue) throws(ColumnProblem) -> Double {
    switch value {
    case .real(let number): return number
    // SQLite returns an integer if the column's declared type differs from metaxy's.
    case .integer(let number):
      guard let double = Double(exactly: number) else { throw unreadable(value, "a floating-point number") }
      return double
    default: throw unreadable(value, "a floating-point number")
    }
  }

  func float(_ value: SQLValue) throws(ColumnProblem) -> Float {
    let double = try double(value)
    let float = Float(double)
    guard float.isFinite || !double.isFinite else { throw ColumnProblem("\(double) is out of the range of Float") }
    return float
  }

  func truth(_ value: SQLValue) throws(ColumnProblem) -> Bool {
    switch value {
    case .integer(0): return false
    case .integer(1): return true
    default: throw unreadable(value, "a Boolean")
    }
  }

  func bytes(_ value: SQLValue) throws(ColumnProblem) -> [UInt8] {
    guard case .blob(let bytes) = value else { throw unreadable(value, "bytes") }
    return bytes
  }

  func duration(_ value: SQLValue) throws(ColumnProblem) -> Duration {
    let text = try text(value)
    let microseconds: Int64? =
      switch dialect {
      case .sqlite: Timestamp(text)?.microseconds
      case .postgresql: IntervalText(text)?.microseconds
      }
    guard let microseconds else { throw unreadable(value, "a duration") }
    return .microseconds(microseconds)
  }

  func unreadable(_ value: SQLValue, _ what: String) -> ColumnProblem {
    let displayText =
      switch value {
      case .null: "NULL"
      case .integer(let number): "`\(number)`"
      case .real(let number): "`\(number)`"
      case .text(let text): "`\(text.prefix(60))`"
      case .blob(let bytes): "a blob of \(bytes.count) bytes"
      }
    return ColumnProblem("\(displayText) is not \(what)")
  }
}
