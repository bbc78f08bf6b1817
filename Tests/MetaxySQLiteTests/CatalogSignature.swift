import Foundation
import MetaxyTestSupport

/// What a database's catalog holds, read by a program that knows nothing of metaxy.
enum CatalogSignature {
  static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

  /// Why the program could not read a catalog.
  struct Failure: Error {
    var output: String
  }

  /// Returns the lines of each file, but for the order of columns and the tables named.
  static func lines(of files: [String], ignoring tables: [String] = []) throws -> [[String]] {
    // One process for all files: starting Python takes longer than reading a catalog.
    let program = """
      import json, sqlite3, sys
      sys.path.insert(0, sys.argv[1])
      from catalog_signature import sqlite_signature
      print(json.dumps([sqlite_signature(sqlite3.connect(path)) for path in json.load(open(sys.argv[2]))]))
      """
    let directory = try TemporaryDirectory()
    let input = "\(directory.path)/files.json"
    try JSONEncoder().encode(files).write(to: URL(fileURLWithPath: input))
    let result = try ChildProcess(
      #"python3 -B -c "$PROGRAM" "$FIXTURES" "$INPUT""#,
      environment: ProcessInfo.processInfo.environment.merging(
        ["PROGRAM": program, "FIXTURES": fixtures.path, "INPUT": input]) { $1 },
      directory: directory.path, scratch: directory.path)
    guard result.status == 0 else { throw Failure(output: result.errors) }
    return try JSONDecoder().decode([[String]].self, from: Data(result.output.utf8)).map { lines in
      lines.filter { line in
        !line.hasPrefix("colorder|")
          && !tables.contains { line.contains("|\($0)|") || line.contains("|\($0).") }
      }
    }
  }
}
