internal import MetaxyFeatures
internal import MetaxySQLiteDriver

/// The affinity of a column. https://sqlite.org/datatype3.html#determination_of_column_affinity
enum SQLiteAffinity {
  case integer, text, blob, real, numeric

  init(of type: ColumnType) {
    let declared = SQLiteTypes.name(of: type).uppercased()
    func has(_ words: String...) -> Bool { words.contains { declared.contains($0) } }
    // The order matters: `CHARINT` is an integer.
    self =
      if has("INT") {
        .integer
      } else if has("CHAR", "CLOB", "TEXT") {
        .text
      } else if declared.isEmpty || has("BLOB") {
        .blob
      } else {
        has("REAL", "FLOA", "DOUB") ? .real : .numeric
      }
  }
}
