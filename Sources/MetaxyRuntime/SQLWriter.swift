public import MetaxyErrors
public import MetaxyFeatures
public import MetaxySchema

/// Writes what all engines say alike; every word in which they differ comes from the dialect.
public struct SQLWriter {
  let dialect: any Dialect

  public init(_ dialect: any Dialect) { self.dialect = dialect }

  public func name(_ table: TableName) -> String {
    (table.schema.map { dialect.quoted($0) + "." } ?? "") + dialect.quoted(table.name)
  }

  public func names(_ columns: [String]) -> String {
    columns.map(dialect.quoted).joined(separator: ", ")
  }

  /// `CREATE TABLE` with one line for each column and constraint; those of single columns stand with their columns.
  public func createTable(_ table: Table) throws(MetaxyError) -> String {
    var lines: [String] = []
    for column in table.columns {
      lines.append(
        try definition(of: column, in: table.options, with: constraints(of: table, definedWith: column.name)))
    }
    lines += constraints(of: table, definedWith: nil).map(clause)
    let options = dialect.text(of: table.options)
    return "CREATE TABLE \(name(table.name)) (\n  \(lines.joined(separator: ",\n  "))\n)"
      + (options.isEmpty ? "" : " \(options)")
  }

  /// A column as `CREATE TABLE` and `ADD COLUMN` spell it, with the constraints that stand in its definition.
  public func definition(
    of column: Column, in options: [TableOption], with constraints: [Constraint]
  ) throws(MetaxyError) -> String {
    let type = try dialect.typeName(of: column.type, in: options)
    var words = [dialect.quoted(column.name)]
    if !type.isEmpty { words.append(type) }
    if let collation = column.collation { words.append("COLLATE \(dialect.text(ofCollation: collation))") }
    if !column.isNullable { words.append("NOT NULL" + dialect.text(of: column.onConflict)) }
    if let value = column.defaultValue { words.append("DEFAULT \(dialect.text(of: value))") }
    if let generated = column.generated { words.append(dialect.text(of: generated)) }
    return (words + constraints.map(inlineClause)).joined(separator: " ")
  }

  /// A constraint as it stands in a table's definition.
  public func clause(_ constraint: Constraint) -> String {
    let body =
      switch constraint {
      case .primaryKey(let key): "PRIMARY KEY (\(keyElements(key.elements)))\(dialect.text(of: key.onConflict))"
      case .unique(let unique): "UNIQUE (\(keyElements(unique.elements)))\(dialect.text(of: unique.onConflict))"
      case .check(let check): "CHECK (\(check.expression.text(for: dialect.name)))"
      case .foreignKey(let key): "FOREIGN KEY (\(names(key.columns))) \(references(key))"
      }
    return naming(constraint) + body
  }

  public func createIndex(_ index: Index, on table: TableName) -> String {
    "CREATE \(index.isUnique ? "UNIQUE " : "")INDEX \(dialect.quoted(index.name.text))"
      + " ON \(name(table)) (\(elements(index.elements)))"
      + (index.predicate.map { " WHERE \($0.text(for: dialect.name))" } ?? "")
  }

  private func constraints(of table: Table, definedWith column: String?) -> [Constraint] {
    let all: [Constraint] =
      (table.primaryKey.map { [.primaryKey($0)] } ?? []) + table.uniques.map(Constraint.unique)
      + table.checks.map(Constraint.check) + table.foreignKeys.map(Constraint.foreignKey)
    return all.filter { $0.definingColumn?.folded == column?.folded }
  }

  private func inlineClause(_ constraint: Constraint) -> String {
    switch constraint {
    case .foreignKey(let key): naming(constraint) + references(key)
    case .primaryKey(let key):
      naming(constraint) + "PRIMARY KEY" + (key.elements.first?.isDescending == true ? " DESC" : "")
        + dialect.text(of: key.onConflict) + (key.isSelfNumbering ? " " + dialect.selfNumbering : "")
    default: clause(constraint)
    }
  }

  private func naming(_ constraint: Constraint) -> String {
    constraint.name.map { "CONSTRAINT \(dialect.quoted($0.text)) " } ?? ""
  }

  private func references(_ key: ForeignKey) -> String {
    "REFERENCES \(name(key.table))"
      + (key.referencedColumns.isEmpty ? "" : " (\(names(key.referencedColumns)))")
      + (key.onDelete == .noAction ? "" : " ON DELETE \(key.onDelete.rawValue)")
      + (key.onUpdate == .noAction ? "" : " ON UPDATE \(key.onUpdate.rawValue)")
      + (key.match.map { " MATCH \($0)" } ?? "")
      + (key.deferral == .notDeferrable ? "" : " \(key.deferral.rawValue)")
  }

  /// Collations in quotes: else one is easily taken for that of the column, whose definition may say another.
  private func keyElements(_ elements: [IndexElement]) -> String {
    elements.map { element in
      dialect.quoted(element.termText) + (element.collation.map { " COLLATE \(dialect.quoted($0))" } ?? "")
        + (element.isDescending ? " DESC" : "")
    }.joined(separator: ", ")
  }

  private func elements(_ elements: [IndexElement]) -> String { elements.map(element).joined(separator: ", ") }

  private func element(_ element: IndexElement) -> String {
    let term =
      switch element.term {
      case .column(let name): dialect.quoted(name)
      case .expression(let expression): parenthesised(expression.text(for: dialect.name))
      }
    return term + (element.collation.map { " COLLATE \(dialect.text(ofCollation: $0))" } ?? "")
      + (element.isDescending ? " DESC" : "")
  }

  private func parenthesised(_ expression: String) -> String { "(\(expression))" }
}
