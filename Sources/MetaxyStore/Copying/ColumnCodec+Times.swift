internal import MetaxyConfiguration
internal import MetaxyDatabase
internal import MetaxyFeatures
internal import MetaxyTime

// Times that another engine wrote.
extension ColumnCodec {
  /// Returns the stored form of a time or a day.
  func stored(time text: String) throws(ColumnProblem) -> SQLValue {
    guard let time = Timestamp(text) else {
      throw ColumnProblem(
        "`\(text.prefix(60))` is not a time in the years 1 to 9999, with six digits of a second at most")
    }
    guard case .date = type else { return .text(dialect == .sqlite ? time.text : time.text + "+00") }
    guard time.isMidnight else { throw ColumnProblem("`\(text.prefix(60))` is not a whole day") }
    return .text(time.dayText)
  }

  /// Returns the stored form of a time of day.
  func stored(clock text: String) throws(ColumnProblem) -> SQLValue {
    guard text.utf8.prefix(9).count >= 8, Timestamp("1970-01-01 \(text)") != nil,
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == 58 || $0 == 46 })
    else {
      throw ColumnProblem("`\(text.prefix(60))` is not a time of day, with six digits of a second at most")
    }
    return .text(text)
  }
}
