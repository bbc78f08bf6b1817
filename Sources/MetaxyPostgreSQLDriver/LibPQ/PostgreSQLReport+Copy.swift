extension PostgreSQLReport {
  /// The row of a COPY from the client that the server refused, from 1; nil if the server does not report it.
  ///
  /// The server has no field for it, only a translated line of the context: `COPY video, line 3, column fps`. Every language
  /// keeps the word COPY, and the name of the table before the number of the line.
  /// <https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/commands/copyfrom.c>
  func copiedRow(of table: String) -> Int? {
    let line = context?.split(separator: "\n").last { $0.contains("COPY") && $0.contains(table) }
    guard let line, let name = line.firstRange(of: table) else { return nil }
    return Int(line[name.upperBound...].drop { !$0.isNumber }.prefix { $0.isNumber })
  }
}
