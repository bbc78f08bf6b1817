import Foundation
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

  /// What the catalog holds, as a program that knows nothing of metaxy reads it; without the version table and its log.
  func catalog() throws -> [String] {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let judge = tests.appendingPathComponent("Fixtures/catalog_signature.py").path
    let command = try Command(
      ["/usr/bin/env", "python3", "-B", judge, "sqlite", path], in: try Scratch.directory())
    guard command.status == 0 else { throw Failure(description: "catalog_signature.py failed: \(command.output)") }
    return command.output.split(separator: "\n").map(String.init).filter { line in
      !line.hasPrefix("colorder|") && !line.contains("|alembic_version")
    }
  }

  /// The tables that a rebuild may leave behind.
  func leftovers() throws -> [String] {
    try run("SELECT name FROM sqlite_master WHERE name LIKE '%\\_metaxy\\_%' ESCAPE '\\'").compactMap { $0[0] }
  }
}

/// A directory that is removed when the tests end.
enum Scratch {
  static func directory() throws -> String {
    let directory = root.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    return directory.path
  }

  private static let root: URL = {
    atexit { try? FileManager.default.removeItem(at: Scratch.root) }
    return FileManager.default.temporaryDirectory.appendingPathComponent("metaxy-\(UUID().uuidString)")
  }()
}
