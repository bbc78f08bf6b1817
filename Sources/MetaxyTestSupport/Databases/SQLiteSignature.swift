internal import MetaxyErrors
internal import MetaxyEssentials
internal import MetaxyFileWriting
internal import MetaxyFiles

/// What the catalogs of SQLite files hold, read by a program that knows nothing of metaxy.
package enum SQLiteSignature {
  /// Returns the lines of each file, without the order of columns, which is no difference, and without metaxy's tables.
  package static func lines(of files: [String]) throws -> [[String]] {
    // One process for all files: to start Python takes longer than to read a catalog.
    let program = """
      import json, sqlite3
      from catalog_signature import sqlite_signature
      print(json.dumps([sqlite_signature(sqlite3.connect(path)) for path in json.load(open(sys.argv[1]))]))
      """
    let directory = try TemporaryDirectory()
    let input = "\(directory.path)/files.json"
    try Files.write(String(decoding: try JSONEncoder().encode(files), as: UTF8.self), to: input)
    let output = try Python.run(program, [input])
    return try JSONDecoder().decode([[String]].self, from: Data(output.utf8)).map { lines in
      lines.filter { !$0.hasPrefix("colorder|") && !$0.contains("|alembic_version") }
    }
  }
}
