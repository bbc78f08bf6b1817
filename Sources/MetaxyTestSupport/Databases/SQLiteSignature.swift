internal import MetaxyErrors
internal import MetaxyEssentials
internal import MetaxyFileWriting
internal import MetaxyFiles

/// The content of the catalogs of SQLite files, read by a program that is independent of metaxy.
package enum SQLiteSignature {
  /// Returns the lines of each file, without the order of columns and without metaxy's tables.
  package static func lines(of files: [String]) throws -> [[String]] {
    // One process for all files, because starting Python takes longer than reading a catalog.
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
      lines.filter { !$0.hasPrefix("colorder|") && !$0.contains("|alembic_version") }.map(withoutNullOfRowid)
    }
  }

  /// NOT NULL has no effect on `INTEGER PRIMARY KEY`, which is never NULL. https://sqlite.org/lang_createtable.html#rowid
  private static func withoutNullOfRowid(_ line: String) -> String {
    line.hasPrefix("column|") && line.contains("|pk=1|") ? line.replacing("|integer|1|", with: "|integer|0|") : line
  }
}
