internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyPage
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// What the revisions of an environment did to each table, from the records and the statements of the files.
struct TableHistory {
  private let dialect: any Dialect
  private var changes: [TableName: [PageTable.Change]] = [:]
  /// What is not known, one sentence each.
  private(set) var notes: [String] = []

  /// - Parameter known: tables besides those of the records, for the statements of revisions without a record.
  init(_ environment: EnvironmentContext, _ name: String, known: [TableName]) throws(MetaxyError) {
    dialect = environment.dialect
    var tables = Set(known.map(folded))
    for file in environment.revisions.revisions {
      let record = try environment.uncheckedRecord(of: file)?.part(for: dialect.name)
      var touched = Set((record?.objectNames ?? []).map(folded))
      var operations: [TableName: [String]] = [:]
      if let record {
        let former = record.renames.tables.map { (old: TableName($1, schema: $0.schema), new: $0) }
        touched.formUnion(former.map { folded($0.old) })
        do throws(MetaxyError) {
          operations = try self.operations(of: file, record, touched, environment)
        } catch {
          notes.append("The operations of revision \(file.revision) are not known: \(error.message)")
        }
        for (old, new) in former { follow(folded(old), to: folded(new)) }
      }
      tables.formUnion(touched)
      let statements = try SubjectStatements(file, environment, among: record == nil ? tables : touched, folded)
      for table in touched.union(statements.tables) where operations[table] != nil || statements.has(table) {
        changes[table, default: []].append(
          PageTable.Change(
            .init(file.revision, in: name), operations: operations[table] ?? [], statements: statements[table]))
      }
    }
  }

  /// The changes of a table, newest first.
  subscript(table: TableName) -> [PageTable.Change] { changes[folded(table)]?.reversed() ?? [] }

  /// Returns a name as it is compared; databases without schemas have tables without them.
  func folded(_ name: TableName) -> TableName {
    dialect.folded(dialect.hasSchemas ? name : TableName(name.name))
  }

  /// A renamed table has the history of its former name.
  private mutating func follow(_ old: TableName, to new: TableName) {
    guard old != new, let former = changes.removeValue(forKey: old) else { return }
    changes[new] = former + (changes[new] ?? [])
  }

  private func operations(
    of file: RevisionFile, _ record: RevisionRecord, _ touched: Set<TableName>, _ environment: EnvironmentContext
  ) throws(MetaxyError) -> [TableName: [String]] {
    let schemas = environment.recordedSchemas(for: dialect)
    // The other tables are the same on both sides.
    let before = try schemas.schema(before: file.revision).filter { touched.contains(folded($0)) }
    let after = try schemas.schema(at: [file.revision]).filter { touched.contains(folded($0)) }
    let found = dialect.operations(fromRecorded: before, to: DesiredSchema(schema: after, renames: record.renames))
    var texts: [TableName: [String]] = [:]
    for operation in found {
      var table = operation.table
      if case .renameTable(let rename) = operation { table = rename.newName }
      texts[folded(table), default: []].append(
        Wording.change(operation.description, from: operation.before, to: operation.after))
    }
    return texts
  }
}

/// The statements of the upgrade of a revision by the table that they are about: the first one that they name.
struct SubjectStatements {
  private var byTable: [TableName: [(engine: String, sql: String)]] = [:]

  /// - Parameter tables: the tables that the revision can change, as they are compared.
  init(
    _ file: RevisionFile, _ environment: EnvironmentContext, among tables: Set<TableName>,
    _ folded: (TableName) -> TableName
  ) throws(MetaxyError) {
    let names = Dictionary(tables.sorted().map { ($0.name, $0) }) { first, _ in first }
    let only = tables.count == 1 ? tables.first : nil
    for section in file.sections where section.direction == .upgrade {
      let dialect = section.dialect ?? environment.dialect.name
      let engine = section.dialect ?? "every engine"
      guard let lexicon = environment.session.lexicons[dialect] else { continue }
      for statement in section.statements {
        let tokens = try statement.tokens(for: dialect, lexicon: lexicon)
        var named: TableName?
        for token in tokens where named == nil && (token.kind == .word || token.kind == .quotedIdentifier) {
          let name = folded(TableName(token.value)).name
          // The table into which SQLite's rebuild copies the rows.
          let isCopy = name.hasPrefix(ObjectNames.rebuildPrefix)
          named = names[name] ?? (isCopy ? names[String(name.dropFirst(ObjectNames.rebuildPrefix.count))] : nil)
        }
        guard let table = only ?? named else { continue }
        add(statement.sql + ";", engine, to: table)
      }
    }
  }

  private mutating func add(_ sql: String, _ engine: String, to table: TableName) {
    if let place = byTable[table]?.firstIndex(where: { $0.engine == engine }) {
      byTable[table]?[place].sql += "\n" + sql
    } else {
      byTable[table, default: []].append((engine, sql))
    }
  }

  var tables: Set<TableName> { Set(byTable.keys) }
  func has(_ table: TableName) -> Bool { byTable[table] != nil }
  subscript(table: TableName) -> [(engine: String, sql: String)] { byTable[table] ?? [] }
}
