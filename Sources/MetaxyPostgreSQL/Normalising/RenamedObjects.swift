internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyPostgreSQLDriver
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The definitions of row policies and unmanaged objects after renames.
///
/// Only PostgreSQL knows what it prints then, and renaming the tables to read it would lock them. So empty temporary tables
/// with their columns are renamed, in a transaction that is rolled back, with the objects on them.
struct RenamedObjects {
  private let before: LiveSchema
  private let renames: [MigrationOperation]
  private let dialect: PostgreSQLDialect

  init(_ before: LiveSchema, _ renames: [MigrationOperation], _ dialect: PostgreSQLDialect) {
    self.before = before
    self.renames = renames
    self.dialect = dialect
  }

  /// Returns `after` with the definitions that PostgreSQL gives its policies and unmanaged objects, where it can be asked.
  func read(_ after: LiveSchema, _ connection: any Connection) throws(MetaxyError) -> LiveSchema {
    let changed = zip(before.unmanaged, after.unmanaged).filter { $0 != $1 && $0.obstacle == nil }.map(\.0)
    guard !changed.isEmpty else { return after }
    do {
      let found = try RolledBackTransaction.run(connection) { trial throws(MetaxyError) in try read(changed, trial) }
      var schema = after
      schema.unmanaged = zip(before.unmanaged, after.unmanaged).map { old, new in
        guard old.obstacle == nil, let definition = found.definitions[Key(new)] else { return new }
        var object = new
        object.definition = definition
        object.obstacle = nil
        return object
      }
      schema.definition = after.definition.mapTables { table in
        var table = table
        for (place, policy) in table.policies.enumerated() {
          guard let printed = found.policies[table.name]?.first(where: { $0.name == policy.name }) else { continue }
          (table.policies[place].using, table.policies[place].check) = (printed.using, printed.check)
        }
        return table
      }
      // The temporary tables have the old values of enum types.
      return schema.applying(renames.filter { if case .renameEnumValue = $0 { true } else { false } })
    } catch {
      guard error.sqlState != nil, !error.isInterruption else { throw error }
      // A standby does not allow temporary tables, and a role may lack the privilege: the objects keep their obstacle.
      return after
    }
  }

  /// What PostgreSQL prints for objects on the renamed temporary tables.
  private struct Printed {
    var definitions: [Key: String] = [:]
    var policies: [TableName: [RowPolicy]] = [:]
  }

  /// An object by its new names.
  private struct Key: Hashable {
    var kind: UnmanagedObject.Kind
    var name: TableName
    var relation: TableName?

    init(_ object: UnmanagedObject) {
      kind = object.kind
      name = object.name
      relation = object.relation
    }
  }

  private func read(_ objects: [UnmanagedObject], _ trial: RolledBackTransaction) throws(MetaxyError) -> Printed {
    let writer = SQLWriter(dialect)
    for table in tables(of: objects) {
      let name = dialect.quoted(table.name)
      // Keys are included, because a view can group by one.
      let sql = "CREATE TEMPORARY TABLE \(name) (LIKE \(writer.name(table)) INCLUDING INDEXES INCLUDING GENERATED)"
      if try trial.failure(of: sql) != nil { return Printed() }
    }
    var made: [UnmanagedObject] = []
    for object in UnmanagedDependents(among: objects, where: { _ in true }).restorable {
      guard object.name.schema == nil, object.relation?.schema == nil, var definition = object.definition else {
        continue
      }
      if object.kind == .view {
        definition = definition.replacing("CREATE VIEW ", with: "CREATE TEMPORARY VIEW ", maxReplacements: 1)
      }
      guard object.kind != .statistics, object.kind != .publication else { continue }
      if try trial.failure(of: definition) == nil { made.append(object) }
    }
    for rename in renames {
      if let sql = statement(of: rename, writer) { _ = try trial.failure(of: sql) }
    }
    let introspector = try PostgreSQLIntrospector(trial.connection, .temporaryTables)
    let names = Set(made.map { made in Key(renames.reduce(made) { $0.following($1) }) })
    let definitions = introspector.unmanagedObjects.compactMap { object in object.definition.map { (Key(object), $0) } }
    return Printed(
      definitions: Dictionary(definitions.filter { names.contains($0.0) }) { first, _ in first },
      policies: introspector.schema { _ in false }.definition.tables.mapValues(\.policies))
  }

  /// The tables that the objects need; those of other schemas cannot be shadowed.
  private func tables(of objects: [UnmanagedObject]) -> [TableName] {
    let used = objects.flatMap { object in
      object.uses.compactMap { use -> TableName? in
        switch use {
        case .relation(let name), .column(_, let name), .constraint(_, let name): name
        case .type: nil
        }
      }
    }
    return Set(used).filter { $0.schema == nil && before.definition[$0] != nil }.sorted()
  }

  private func statement(of rename: MigrationOperation, _ writer: SQLWriter) -> String? {
    switch rename {
    case .renameTable(let rename) where rename.table.schema == nil && rename.newName.schema == nil:
      "ALTER TABLE pg_temp.\(dialect.quoted(rename.table.name)) RENAME TO \(dialect.quoted(rename.newName.name))"
    case .renameColumn(let rename) where rename.table.schema == nil:
      "ALTER TABLE pg_temp.\(dialect.quoted(rename.table.name)) RENAME COLUMN \(dialect.quoted(rename.oldName)) TO \(dialect.quoted(rename.newName))"
    default: nil
    }
  }
}
