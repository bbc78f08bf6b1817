import Foundation

/// A table of the property test, with the text that a person would write for it.
///
/// The text is made here, and not by the code under test, which shall read it.
struct SampleTable {
  struct Column {
    enum Kind: CaseIterable { case text, integer, real, blob }

    var name: String
    var kind: Kind
    var type: String
    var collation: String?
    var isNotNull = false
    /// What follows `NOT NULL`.
    var nullConflict = ""
    var defaultText: String?
    /// The expression of a generated column, and the column that it names.
    var generated: (text: String, source: String, isStored: Bool)?
    var check: String?
    var isUnique = false
  }

  struct ForeignKey {
    var columns: [String]
    var table: String
    var referenced: [String]
    var namesColumns: Bool
    var actions: String
    var isInline: Bool
  }

  /// A constraint or an index, with the columns that it names.
  struct Part {
    var text: String
    var columns: [String]
    /// Whether a foreign key may refer to the columns.
    var isTarget = false
  }

  var name: String
  var columns: [Column]
  var key: [String] = []
  var isKeyInline = false
  var isAutoincrement = false
  var isKeyDescending = false
  /// What follows the key.
  var keyConflict = ""
  var constraints: [Part] = []
  var foreignKeys: [ForeignKey] = []
  var indexes: [Part] = []
  var isStrict = false
  var isWithoutRowID = false
  /// Triggers and views.
  var others: [Part] = []

  static func quoted(_ name: String) -> String {
    "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }

  static func list(_ names: [String]) -> String { names.map(quoted).joined(separator: ", ") }

  func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  /// The columns that a row is given values for.
  var stored: [Column] { columns.filter { $0.generated == nil } }

  /// What makes the table, with these names in the place of others.
  func statements(renaming names: [String: String]) -> [String] {
    statements.map { text in
      names.reduce(text) { text, name in
        text.replacingOccurrences(of: Self.quoted(name.key), with: Self.quoted(name.value))
      }
    }
  }

  private var statements: [String] {
    let lines =
      columns.map(definition)
      + (key.isEmpty || isKeyInline ? [] : ["PRIMARY KEY (\(keyElements))\(keyConflict)"]) + constraints.map(\.text)
      + foreignKeys.filter { !$0.isInline }.map { "FOREIGN KEY (\(Self.list($0.columns))) \(references($0))" }
    let options = (isStrict ? ["STRICT"] : []) + (isWithoutRowID ? ["WITHOUT ROWID"] : [])
    return ["CREATE TABLE \(Self.quoted(name)) (\(lines.joined(separator: ", "))) \(options.joined(separator: ", "))"]
      + indexes.map(\.text) + others.map(\.text)
  }

  private var keyElements: String {
    key.enumerated().map { Self.quoted($1) + (isKeyDescending && $0 == 0 ? " DESC" : "") }.joined(separator: ", ")
  }

  private var inlineKey: String {
    "PRIMARY KEY" + (isKeyDescending ? " DESC" : "") + keyConflict + (isAutoincrement ? " AUTOINCREMENT" : "")
  }

  private func definition(of column: Column) -> String {
    let strictTypes: [Column.Kind: String] = [.text: "TEXT", .integer: "INTEGER", .real: "REAL", .blob: "BLOB"]
    let type = isStrict ? strictTypes[column.kind] ?? "ANY" : column.type
    var words = [Self.quoted(column.name), type]
    if let collation = column.collation { words.append("COLLATE \(collation)") }
    if column.isNotNull { words.append("NOT NULL" + column.nullConflict) }
    if let text = column.defaultText { words.append("DEFAULT \(text)") }
    if let generated = column.generated {
      words.append("GENERATED ALWAYS AS (\(generated.text)) \(generated.isStored ? "STORED" : "VIRTUAL")")
    }
    if isKeyInline, key == [column.name] { words.append(inlineKey) }
    if column.isUnique { words.append("UNIQUE") }
    if let check = column.check { words.append("CHECK (\(check))") }
    words += foreignKeys.filter { $0.isInline && $0.columns == [column.name] }.map(references)
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func references(_ key: ForeignKey) -> String {
    "REFERENCES \(Self.quoted(key.table))" + (key.namesColumns ? " (\(Self.list(key.referenced)))" : "") + key.actions
  }
}
