package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyNames
package import MetaxySchema

/// Writes the SQL that all engines share; every keyword that differs comes from the dialect.
package struct SQLWriter {
  let dialect: any Dialect

  package init(_ dialect: any Dialect) { self.dialect = dialect }

  package func name(_ table: TableName) -> String {
    (table.schema.map { dialect.quoted($0) + "." } ?? "") + dialect.quoted(table.name)
  }

  package func names(_ columns: [String]) -> String {
    columns.map(dialect.quoted).joined(separator: ", ")
  }

  /// Writes `CREATE TABLE` with one line for each column and constraint; single-column constraints are part of their
  /// columns.
  ///
  /// - Parameter kind: the text after `CREATE`.
  package func createTable(_ table: Table, kind: String = "TABLE") throws(MetaxyError) -> String {
    var lines: [String] = []
    for column in table.columns {
      lines.append(
        try definition(of: column, in: table.options, with: constraints(of: table, definedWith: column.name)))
    }
    lines += constraints(of: table, definedWith: nil).map(clause)
    let options = dialect.text(of: table.options)
    let body = lines.isEmpty ? "()" : "(\n  \(lines.joined(separator: ",\n  "))\n)"
    return "CREATE \(kind) \(name(table.name)) \(body)"
      + (options.isEmpty ? "" : " \(options)")
  }

  /// Writes a column for `CREATE TABLE` and `ADD COLUMN`, with the constraints of its definition.
  package func definition(
    of column: Column, in options: [TableOption], with constraints: [Constraint]
  ) throws(MetaxyError) -> String {
    let type = try dialect.typeName(of: column.type, in: options)
    var words = [dialect.quoted(column.name)]
    if !type.isEmpty { words.append(type) }
    if let collation = column.collation { words.append("COLLATE \(dialect.text(ofCollation: collation))") }
    if !column.isNullable { words.append("NOT NULL" + dialect.text(of: column.onConflict)) }
    if let value = column.defaultValue { words.append("DEFAULT \(dialect.text(of: value))") }
    if let generated = column.generated { words.append(dialect.text(of: generated)) }
    if let identity = column.identity { words.append(dialect.text(of: identity)) }
    return (words + constraints.map(inlineClause)).joined(separator: " ")
  }

  /// Writes a constraint for a table's definition.
  package func clause(_ constraint: Constraint) -> String {
    let body =
      switch constraint {
      case .primaryKey(let key):
        "PRIMARY KEY (\(keyElements(key.elements)))\(including(key.includes))\(with(key.storage))\(dialect.text(of: key.onConflict))"
          + text(of: key.deferral)
      case .unique(let unique):
        "UNIQUE\(unique.nullsAreEqual ? " NULLS NOT DISTINCT" : "") (\(keyElements(unique.elements)))"
          + including(unique.includes) + with(unique.storage) + dialect.text(of: unique.onConflict)
          + text(of: unique.deferral)
      case .check(let check):
        "CHECK (\(check.expression.text(for: dialect.name)))" + (check.isInherited ? "" : " NO INHERIT")
      case .foreignKey(let key): "FOREIGN KEY (\(names(key.columns))) \(references(key))"
      case .exclusion(let exclusion): self.exclusion(exclusion)
      }
    return naming(constraint) + body
  }

  /// Writes `CREATE INDEX`.
  ///
  /// - Parameter kind: the text after `INDEX`, with a trailing space.
  package func createIndex(_ index: Index, on table: TableName, kind: String = "") -> String {
    "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(kind)\(dialect.quoted(index.name.text))"
      + " ON \(name(table))\(index.method.map { " USING \($0)" } ?? "") (\(elements(index.elements)))"
      + including(index.includes) + (index.nullsAreEqual ? " NULLS NOT DISTINCT" : "")
      + with(index.storage)
      + (index.predicate.map { " WHERE \($0.text(for: dialect.name))" } ?? "")
  }

  private func constraints(of table: Table, definedWith column: String?) -> [Constraint] {
    let all: [Constraint] =
      (table.primaryKey.map { [.primaryKey($0)] } ?? []) + table.uniques.map(Constraint.unique)
      + table.checks.map(Constraint.check) + table.foreignKeys.map(Constraint.foreignKey)
      + table.exclusions.map(Constraint.exclusion)
    return all.filter { $0.definingColumn?.folded == column?.folded }
  }

  private func inlineClause(_ constraint: Constraint) -> String {
    switch constraint {
    case .foreignKey(let key): naming(constraint) + references(key)
    case .primaryKey(let key):
      naming(constraint) + "PRIMARY KEY" + (key.elements.first?.isDescending == true ? " DESC" : "")
        + dialect.text(of: key.onConflict) + (key.isAutoincrement ? " " + dialect.autoincrementKeyword : "")
    default: clause(constraint)
    }
  }

  private func naming(_ constraint: Constraint) -> String {
    constraint.name.map { "CONSTRAINT \(dialect.quoted($0.text)) " } ?? ""
  }

  private func references(_ key: ForeignKey) -> String {
    "REFERENCES \(name(key.table))"
      + (key.referencedColumns.isEmpty ? "" : " (\(names(key.referencedColumns)))")
      + (key.match.map { " MATCH \($0)" } ?? "")
      + (key.onDelete == .noAction ? "" : " ON DELETE \(key.onDelete.rawValue)")
      + (key.columnsSetOnDelete.isEmpty ? "" : " (\(names(key.columnsSetOnDelete)))")
      + (key.onUpdate == .noAction ? "" : " ON UPDATE \(key.onUpdate.rawValue)")
      + text(of: key.deferral)
  }

  private func exclusion(_ exclusion: ExclusionConstraint) -> String {
    let list = exclusion.elements.map { "\(element($0.element)) WITH \($0.comparison)" }.joined(separator: ", ")
    return "EXCLUDE USING \(exclusion.method) (\(list))\(including(exclusion.includes))\(with(exclusion.storage))"
      + (exclusion.predicate.map { " WHERE (\($0.text(for: dialect.name)))" } ?? "") + text(of: exclusion.deferral)
  }

  private func text(of deferral: ConstraintDeferral) -> String {
    deferral == .notDeferrable ? "" : " \(deferral.rawValue)"
  }

  private func with(_ storage: StorageParameters) -> String { storage.isEmpty ? "" : " WITH (\(storage.text))" }

  private func including(_ columns: [String]) -> String {
    columns.isEmpty ? "" : " INCLUDE (\(names(columns)))"
  }

  /// Writes the elements of an index. Collations are always explicit: the column's definition may have a different one.
  private func keyElements(_ elements: [IndexElement]) -> String {
    elements.map { element in
      term(of: element) + (element.collation.map { " COLLATE \(dialect.quoted($0))" } ?? "")
        + (element.isDescending ? " DESC" : "")
    }.joined(separator: ", ")
  }

  private func elements(_ elements: [IndexElement]) -> String { elements.map(element).joined(separator: ", ") }

  private func element(_ element: IndexElement) -> String {
    term(of: element) + (element.collation.map { " COLLATE \(dialect.text(ofCollation: $0))" } ?? "")
      + (element.operatorClass.map { " \($0)" } ?? "")
      + (element.isDescending ? " DESC" : "") + (element.nullsFirst.map { " NULLS \($0 ? "FIRST" : "LAST")" } ?? "")
  }

  private func term(of element: IndexElement) -> String {
    switch element.term {
    case .column(let name): dialect.quoted(name)
    case .expression(let expression): dialect.text(ofIndexed: expression, hasCollation: element.collation != nil)
    }
  }
}
