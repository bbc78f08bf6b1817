package import MetaxyNames

/// The names that metaxy generates for constraints and indexes: the same on every engine, at most 63 bytes.
///
/// | object | name |
/// |---|---|
/// | primary key | `pk_<table>` |
/// | unique constraint | `uq_<table>_<columns>` |
/// | index | `ix_<table>_<columns>` |
/// | foreign key | `fk_<table>_<columns>_<other table>` |
/// | check of a column | `ck_<table>_<column>` |
/// | check of a table | `ck_<table>_<hash of the expression>` |
package enum ObjectNames {
  /// PostgreSQL silently truncates longer names. https://www.postgresql.org/docs/current/limits.html
  package static let maximumLength = 63

  /// The prefix of what the statements of a section make for themselves.
  private static let ownPrefix = "_metaxy_"

  /// The prefix of the new table's name during a rebuild.
  package static let rebuildPrefix = ownPrefix + "new_"

  /// Whether the statements of a section make a table or another object for themselves, and it ends with them.
  package static func isOwn(_ name: String) -> Bool { name.folded.hasPrefix(ownPrefix) }

  package static func primaryKey(of table: TableName) -> ConstraintName { name("pk", [table.name]) }

  package static func unique(of table: TableName, columns: [String]) -> ConstraintName {
    name("uq", [table.name] + columns)
  }

  package static func index(of table: TableName, terms: [String]) -> ConstraintName {
    name("ix", [table.name] + terms)
  }

  package static func foreignKey(of table: TableName, columns: [String], to other: TableName) -> ConstraintName {
    name("fk", [table.name] + columns + [other.name])
  }

  package static func check(of table: TableName, column: String) -> ConstraintName {
    name("ck", [table.name, column])
  }

  package static func check(of table: TableName, expression: String) -> ConstraintName {
    name("ck", [table.name, hash(of: expression)])
  }

  /// Returns the part of an index's name that represents an expression: eight hexadecimal digits.
  package static func hash(of text: String) -> String {
    // FNV-1a with 32 bits: short and stable across releases; it need not be secure.
    var hash: UInt32 = 2_166_136_261
    for byte in text.utf8 { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private static func name(_ prefix: String, _ parts: [String]) -> ConstraintName {
    let full = ([prefix] + parts).joined(separator: "_")
    guard full.utf8.count > maximumLength else { return .derived(full) }
    var kept = full
    while kept.utf8.count > maximumLength - 9 { kept.removeLast() }
    return .derived("\(kept)_\(hash(of: full))")
  }
}
