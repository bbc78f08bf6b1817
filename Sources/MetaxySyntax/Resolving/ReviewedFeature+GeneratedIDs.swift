import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph

/// ID columns must be given by the program: one that the server fills would name another sample at each insert.
extension ReviewedFeature {
  var generatedIDColumns: [Diagnostic] {
    idColumns.names.compactMap { column(named: $0.value) }.flatMap(generation)
  }

  private func generation(of column: Column) -> [Diagnostic] {
    let arguments = column.property.arguments
    var reasons: [Located<String>] = []
    if let given = arguments.defaultValue { reasons.append(Located("it has a default", at: given.location)) }
    if let given = arguments.generated { reasons.append(Located("it is a generated column", at: given.location)) }
    if case .raw(let type) = arguments.type, let text = Self.fillingText(in: type) {
      reasons.append(Located("`\(text)` fills itself", at: column.property.columnPlace))
    }
    if isRowID(column) {
      reasons.append(
        Located("SQLite fills a lone `INTEGER PRIMARY KEY` itself", at: column.property.columnPlace))
    }
    return reasons.map { reason in
      Diagnostic(
        .error, "the ID column `\(column.name)` of `\(label)` must not be filled by the database: \(reason.value)",
        at: reason.location)
    }
  }

  /// Words of a type that make the server fill the column, on either engine.
  private static let fillingWords: Set<String> = [
    "SERIAL", "SERIAL2", "SERIAL4", "SERIAL8", "SMALLSERIAL", "BIGSERIAL", "IDENTITY", "GENERATED", "AUTOINCREMENT",
    "AUTO_INCREMENT", "NEXTVAL", "DEFAULT", "AS",
  ]

  /// Returns the text of a raw type that makes the server fill the column.
  private static func fillingText(in type: SQLExpression) -> String? {
    let texts = [type.text] + type.variants.sorted { $0.key < $1.key }.map(\.value)
    return texts.first { text in
      let found = words(of: text)
      return !fillingWords.isDisjoint(with: found) || found.isSuperset(of: ["INTEGER", "PRIMARY", "KEY"])
    }
  }

  private static func words(of text: String) -> Set<String> {
    let words = text.uppercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }
    return Set(words.map(String.init))
  }

  /// Whether the column is an alias of SQLite's rowid: alone in the key, and of the type `INTEGER` to the letter.
  /// https://sqlite.org/lang_createtable.html#rowids_and_the_integer_primary_key
  private func isRowID(_ column: Column) -> Bool {
    guard primaryKeyColumns == [column.name], !has(.withoutRowID) else { return false }
    switch column.definition?.type {
    case .integer: return true
    // A strict table knows no other word for whole numbers.
    case .bigint, .smallint, .boolean: return has(.strict)
    case .raw(let type):
      let words = type.text(for: "sqlite").uppercased().split(whereSeparator: \.isWhitespace)
      return words == ["INTEGER"]
    default: return false
    }
  }
}
