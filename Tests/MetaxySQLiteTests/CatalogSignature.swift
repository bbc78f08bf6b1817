import Foundation

/// What a database's catalog holds, read by a program that knows nothing of metaxy.
enum CatalogSignature {
  static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

  /// Returns the lines of each file, but for the order of columns and the tables named.
  static func lines(of files: [String], ignoring tables: [String] = []) throws -> [[String]] {
    // One process for all files: starting Python takes longer than reading a catalog.
    let program = """
      import json, sqlite3, sys
      sys.path.insert(0, sys.argv[1])
      from catalog_signature import sqlite_signature
      print(json.dumps([sqlite_signature(sqlite3.connect(path)) for path in json.load(sys.stdin)]))
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-B", "-c", program, fixtures.path]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(files))
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return try JSONDecoder().decode([[String]].self, from: data).map { lines in
      lines.filter { line in
        !line.hasPrefix("colorder|")
          && !tables.contains { line.contains("|\($0)|") || line.contains("|\($0).") }
      }
    }
  }
}
