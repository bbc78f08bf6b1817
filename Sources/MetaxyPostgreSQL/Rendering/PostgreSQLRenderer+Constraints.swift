internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySchema

// Constraints and indexes.
extension PostgreSQLRenderer {
  func render(_ operation: AddConstraint) -> [StagedStatement] {
    let constraint = operation.constraint.named(in: operation.table)
    guard isOnline(operation.table) else { return addition(of: constraint, to: operation.table) }
    switch constraint {
    case .exclusion: return addition(of: constraint, to: operation.table)
    case .check: return additionAndValidation(of: constraint, to: operation.table, .main, .concurrent)
    // Its copies for the partitions would stay unvalidated.
    case .foreignKey(let key) where isPartitioned(key.table): return addition(of: constraint, to: operation.table)
    case .foreignKey(let key):
      return buildsKey(for: key)
        ? additionAndValidation(of: constraint, to: operation.table, .attach, .last)
        : additionAndValidation(of: constraint, to: operation.table, .main, .concurrent)
    case .primaryKey(let key):
      return attachment(
        of: constraint, "PRIMARY KEY", to: operation.table,
        index: index(key.elements, includes: key.includes, key.storage, nullsAreEqual: false), key.deferral)
    case .unique(let unique):
      return attachment(
        of: constraint, "UNIQUE", to: operation.table,
        index: index(unique.elements, includes: unique.includes, unique.storage, nullsAreEqual: unique.nullsAreEqual),
        unique.deferral)
    }
  }

  /// Returns the addition in one statement, which scans all existing rows.
  private func addition(of constraint: Constraint, to table: TableName) -> [StagedStatement] {
    let suffix = constraint.isValidated ? "" : " NOT VALID"
    let announcement =
      switch constraint {
      case .exclusion: announcement("add an exclusion constraint", table)
      case .foreignKey(let key) where isPartitioned(key.table):
        announcement("add a foreign key to a partitioned table", table)
      default: isPartitioned(table) ? announcement("add a constraint to a partitioned table", table) : []
      }
    let notes = constraint.isValidated ? notes(on: constraint, of: table) + announcement : []
    var stage = PostgreSQLStage.main
    if case .foreignKey(let key) = constraint, buildsKey(for: key) { stage = .attach }
    return [
      StagedStatement(
        RenderedStatement(
          alter(table, "ADD \(writer.clause(constraint))\(suffix)"), notes: notes,
          preconditions: conditions(of: constraint, on: table)), stage)
    ]
      + comments(of: constraint, in: table, stage)
  }

  /// Returns whether the key that a foreign key references is built without locking out other sessions.
  private func buildsKey(for key: ForeignKey) -> Bool { isOnline(key.table) && plan.addsKey(to: key.table) }

  private func notes(on constraint: Constraint, of table: TableName) -> [String] {
    let notes =
      plan.mayHoldRows(table) ? ["fails if rows of \(table) violate: \(constraint.displayText)"] : []
    return isMet(constraint, by: table) ? [] : notes
  }

  /// Adds the constraint for new rows first, which takes no time; the existing rows are validated while other sessions
  /// read and write. https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES
  private func additionAndValidation(
    of constraint: Constraint, to table: TableName, _ stage: PostgreSQLStage, _ validation: PostgreSQLStage
  ) -> [StagedStatement] {
    let addition = StagedStatement(alter(table, "ADD \(writer.clause(constraint)) NOT VALID"), stage)
    return [addition] + comments(of: constraint, in: table, stage)
      + (constraint.isValidated ? [self.validation(of: constraint, in: table, validation)] : [])
  }

  private func validation(
    of constraint: Constraint, in table: TableName, _ stage: PostgreSQLStage
  ) -> StagedStatement {
    StagedStatement(
      RenderedStatement(
        alter(table, "VALIDATE CONSTRAINT \(dialect.quoted(constraint.name?.text ?? ""))"),
        notes: notes(on: constraint, of: table), preconditions: conditions(of: constraint, on: table)), stage)
  }

  /// Returns the validation of a constraint of a table with rows.
  func validation(of constraint: Constraint, in table: TableName) -> [StagedStatement] {
    [validation(of: constraint, in: table, isOnline(table) ? .concurrent : .main)]
  }

  /// Builds the index while other sessions read and write, and then attaches it to the constraint, which takes its
  /// name.
  private func attachment(
    of constraint: Constraint, _ kind: String, to table: TableName, index: Index, _ deferral: ConstraintDeferral
  ) -> [StagedStatement] {
    let name = constraint.name?.text ?? ""
    var index = index
    index.name = .given(plan.replaces(constraint, of: table) ? ObjectNames.temporary(name) : name)
    let action =
      "ADD CONSTRAINT \(dialect.quoted(name)) \(kind) USING INDEX \(dialect.quoted(index.name.text))"
      + (deferral == .notDeferrable ? "" : " \(deferral.rawValue)")
    return [
      StagedStatement(
        RenderedStatement(
          writer.createIndex(index, on: table, kind: "CONCURRENTLY "), notes: notes(on: constraint, of: table),
          preconditions: conditions(of: constraint, on: table)), .concurrent),
      StagedStatement(alter(table, action), .attach),
    ] + comments(of: constraint, in: table, .attach)
  }

  private func index(
    _ elements: [IndexElement], includes: [String], _ storage: StorageParameters, nullsAreEqual: Bool
  ) -> Index {
    var index = Index(name: .derived(""), elements: elements, isUnique: true)
    index.includes = includes
    index.storage = storage
    index.nullsAreEqual = nullsAreEqual
    return index
  }

  func render(_ operation: DropConstraint) throws(MetaxyError) -> [StagedStatement] {
    let constraint = operation.constraint.named(in: operation.table)
    // A view that groups by the key of a table selects its other columns by it.
    let notes = try refuse(for: operation) { object in
      constraint.name.map { object.uses.contains(.constraint($0.text, of: operation.table)) } ?? false
    }
    let isReplaced = plan.isReplaced(constraint, of: operation.table) && isOnline(operation.table)
    return [
      StagedStatement(
        alter(operation.table, "DROP CONSTRAINT \(dialect.quoted(constraint.name?.text ?? ""))"),
        isReplaced || goesWithKey(constraint, operation.table) ? .attach : .main, notes: notes)
    ]
  }

  /// Returns whether a foreign key stays until the key that it references is replaced, so that no row can break it before.
  private func goesWithKey(_ constraint: Constraint, _ table: TableName) -> Bool {
    guard case .foreignKey(let key) = constraint, isOnline(table), isOnline(key.table), !plan.changes(table),
      !plan.rewrites(Set(key.columns), of: table)
    else { return false }
    let columns = Set(
      key.referencedColumns.isEmpty ? state[key.table]?.primaryKey?.columns ?? [] : key.referencedColumns)
    return plan.operations(on: key.table).contains { operation in
      guard case .dropConstraint(let removal) = operation else { return false }
      return removal.constraint.keyColumns == columns && plan.isReplaced(removal.constraint, of: key.table)
    }
  }

  func render(_ operation: RenameConstraint) -> [StagedStatement] {
    let old = operation.old.named(in: operation.table).name?.text ?? ""
    let new = operation.new.named(in: operation.table).name?.text ?? ""
    return [
      StagedStatement(
        alter(operation.table, "RENAME CONSTRAINT \(dialect.quoted(old)) TO \(dialect.quoted(new))"))
    ]
  }

  func render(_ operation: CreateIndex) -> [StagedStatement] {
    let (index, table) = (operation.index, operation.table)
    let online = isOnline(table)
    let columns = index.elements.map(\.termText).joined(separator: ", ")
    var notes =
      index.isUnique && plan.mayHoldRows(table) ? ["fails if rows of \(table) share their (\(columns))"] : []
    if isPartitioned(table) { notes += announcement("build an index of a partitioned table", table) }
    var built = index
    let replaces = online && replaces(index.name.text, of: table)
    if replaces { built.name = .given(ObjectNames.temporary(index.name.text)) }
    var creation = [
      StagedStatement(
        RenderedStatement(
          writer.createIndex(built, on: table, kind: online ? "CONCURRENTLY " : ""), notes: notes,
          preconditions: conditions(of: index, on: table)), online ? .concurrent : .main)
    ]
    if replaces {
      let rename = "ALTER INDEX \(name(built.name.text, beside: table)) RENAME TO \(dialect.quoted(index.name.text))"
      creation.append(StagedStatement(rename, .attach))
    }
    let object = "INDEX \(name(index.name.text, beside: table))"
    return creation + (index.comment.map { [comment(on: object, $0, online ? .attach : .main)] } ?? [])
  }

  private func replaces(_ name: String, of table: TableName) -> Bool {
    plan.replacesIndex(name, of: table)
      && !plan.operations(on: table).contains { operation in
        guard case .dropIndex(let removal) = operation else { return false }
        return removal.index.name.text == name && retypes(removal.index.namedColumns, of: table)
      }
  }

  /// Returns whether an enum type of one of the columns is replaced, which rewrites the table and its indexes.
  private func retypes(_ columns: Set<String>, of table: TableName) -> Bool {
    let types = plan.replacedTypes
    return state[table]?.columns.contains {
      columns.contains($0.name) && types.contains(PostgreSQLTypeShape($0.type).name)
    } ?? false
  }

  func render(_ operation: DropIndex) -> [StagedStatement] {
    let (index, table) = (operation.index, operation.table)
    let name = name(index.name.text, beside: table)
    if isOnline(table), replaces(index.name.text, of: table) {
      return [StagedStatement("DROP INDEX \(name)", .attach)]
    }
    // Dropped at once if the table is locked in any case, or if the name is needed.
    guard isOnline(table), !plan.rewrites(index.namedColumns, of: table), !retypes(index.namedColumns, of: table),
      !plan.needsName(index.name.text, in: table.schema)
    else { return [StagedStatement("DROP INDEX \(name)")] }
    return [StagedStatement("DROP INDEX CONCURRENTLY \(name)", .drops)]
  }

  func render(_ operation: RenameIndex) -> [StagedStatement] {
    let name = name(operation.old.name.text, beside: operation.table)
    return [StagedStatement("ALTER INDEX \(name) RENAME TO \(dialect.quoted(operation.new.name.text))")]
  }
}

extension ObjectNames {
  /// Returns the name that an object has until another one has released its own.
  static func temporary(_ name: String) -> String {
    let full = "_metaxy_\(name)"
    guard full.utf8.count > maximumLength else { return full }
    var kept = full
    while kept.utf8.count > maximumLength - 9 { kept.removeLast() }
    return "\(kept)_\(hash(of: full))"
  }
}
