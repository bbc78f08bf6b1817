package import MetaxyFeatures

/// Types of columns whose values the database generates.
extension ColumnType {
  /// The type names whose values the server generates, on either engine.
  private static let generatingTypeNames: Set<String> = [
    "SERIAL", "SERIAL2", "SERIAL4", "SERIAL8", "SMALLSERIAL", "BIGSERIAL", "IDENTITY", "GENERATED", "AUTOINCREMENT",
    "AUTO_INCREMENT", "NEXTVAL", "DEFAULT", "AS",
  ]

  /// The text of a raw type whose values the server generates; nil for every other type.
  package var serverGeneratedType: String? {
    guard case .raw(let type) = self else { return nil }
    let texts = [type.text] + type.variants.sorted { $0.key < $1.key }.map(\.value)
    return texts.first { text in
      let found = Self.words(of: text)
      return !Self.generatingTypeNames.isDisjoint(with: found) || found.isSuperset(of: ["INTEGER", "PRIMARY", "KEY"])
    }
  }

  private static func words(of text: String) -> Set<String> {
    let words = text.uppercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }
    return Set(words.map(String.init))
  }

  /// Returns whether a single-column primary key of this type is an alias of SQLite's rowid, which requires exactly the
  /// type `INTEGER`. https://sqlite.org/lang_createtable.html#rowids_and_the_integer_primary_key
  package func isRowID(in options: [TableOption]) -> Bool {
    guard !options.contains(.withoutRowID) else { return false }
    switch self {
    case .integer: return true
    // `INTEGER` is a strict table's type for all whole numbers.
    case .bigint, .smallint, .boolean: return options.contains(.strict)
    case .raw(let type):
      let words = type.text(for: "sqlite").uppercased().split(whereSeparator: \.isWhitespace)
      return words == ["INTEGER"]
    default: return false
    }
  }
}
