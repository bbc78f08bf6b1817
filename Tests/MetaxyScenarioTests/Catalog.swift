import Foundation

/// What databases' catalogs hold, read by a program that knows nothing of metaxy.
enum Catalog {
  /// Returns the lines of each file, but for metaxy's books and the order of columns, which is no difference.
  static func lines(of files: [String]) throws -> [[String]] {
    let program = """
      import json, sqlite3, sys
      sys.path.insert(0, sys.argv[1])
      from catalog_signature import sqlite_signature
      print(json.dumps([sqlite_signature(sqlite3.connect(path)) for path in sys.argv[2:]]))
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-B", "-c", program, Scenario.fixtures.path(percentEncoded: false)] + files
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return try JSONDecoder().decode([[String]].self, from: data).map { lines in
      lines.filter { !$0.hasPrefix("colorder|") && !$0.contains("|alembic_version") }
    }
  }
}
