import MetaxyTestSupport

extension DatabaseFile {
  /// A digest of a query's rows, types of values included.
  func digest(_ columns: [String], of table: String) throws -> UInt64 {
    let values = columns.map { "typeof(\($0)) || quote(\($0))" }.joined(separator: " || ',' || ")
    // FNV-1a, so that a difference anywhere is one in the number.
    return try run("SELECT \(values) FROM \(table) ORDER BY 1").reduce(into: 0xcbf2_9ce4_8422_2325) { digest, row in
      for byte in (row[0] ?? "NULL").utf8 + [0] { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
  }

  /// The content of the catalog, without the version table and its log.
  func catalog() throws -> [String] { try SQLiteSignature.lines(of: [path])[0] }

  /// The tables that a rebuild may leave behind.
  func leftovers() throws -> [String] {
    try run("SELECT name FROM sqlite_master WHERE name LIKE '%\\_metaxy\\_%' ESCAPE '\\'").compactMap { $0[0] }
  }
}
