internal import MetaxyErrors

extension MetaxyError {
  static func unterminatedSQL(_ what: String, line: Int) -> MetaxyError {
    MetaxyError(Code("unterminated_sql"), "the \(what) that opens in line \(line) never closes")
  }

  static func nulInSQL(line: Int) -> MetaxyError {
    MetaxyError(
      Code("nul_in_sql"), "a NUL character stands in the SQL text at or after line \(line)",
      hints: ["engines stop reading at a NUL, so remove it"])
  }
}
