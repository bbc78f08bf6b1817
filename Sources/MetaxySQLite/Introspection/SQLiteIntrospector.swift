internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames
internal import MetaxyRuntime
internal import MetaxySQLiteDriver
internal import MetaxySchema

/// Reads the live tables in five queries, regardless of their number.
///
/// The pragmas are joined as table-valued functions. What the catalog does not contain is parsed from the `CREATE`
/// texts. https://sqlite.org/pragma.html#pragfunc
struct SQLiteIntrospector {
  private let tables: [(name: String, sql: String)]
  private let indexTexts: [String: String]
  /// Triggers by the folded name of their table.
  private let triggers: [String: [[SQLValue]]]
  /// The words of each view, which include the names of the tables that it reads.
  private let views: [(name: String, words: Set<String>)]
  private let wordsOfTriggers: [(name: String, words: Set<String>)]
  private let columns: [String: [[SQLValue]]]
  private let foreignKeys: [String: [[SQLValue]]]
  private let indexes: [String: [[SQLValue]]]
  private let indexColumns: [String: [[SQLValue]]]

  init(_ connection: any Connection) throws(MetaxyError) {
    let objects = try connection.query(
      """
      SELECT type, name, sql, tbl_name FROM sqlite_master
      WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
      """)
    let tables = objects.filter { $0[0].text == "table" }.map { (name: $0[1].text ?? "", sql: $0[2].text ?? "") }
    let virtualTables = SQLiteVirtualTables(tables)
    self.tables = tables.filter { !virtualTables.own($0.name) }
    triggers = Dictionary(grouping: objects.filter { $0[0].text == "trigger" }) { ($0[3].text ?? "").folded }
    views = try Self.words(of: "view", objects)
    wordsOfTriggers = try Self.words(of: "trigger", objects)
    indexTexts = Dictionary(
      objects.filter { $0[0].text == "index" }.map { ($0[1].text ?? "", $0[2].text ?? "") }
    ) { first, _ in first }
    columns = try Self.rows(
      "x.name, x.type, x.\"notnull\", x.dflt_value, x.pk, x.hidden", of: "pragma_table_xinfo(m.name)", "x.cid",
      connection)
    foreignKeys = try Self.rows(
      "x.id, x.\"table\", x.\"from\", x.\"to\", x.on_update, x.on_delete", of: "pragma_foreign_key_list(m.name)",
      "x.id DESC, x.seq", connection)
    indexes = try Self.rows(
      "x.name, x.\"unique\", x.origin", of: "pragma_index_list(m.name)", "x.name", connection)
    // Not by the names in sqlite_master, which has no index for the key of a WITHOUT ROWID table.
    let elements = try connection.query(
      """
      SELECT i.name, x.cid, x.name, x."desc", x.coll
      FROM sqlite_master AS m JOIN pragma_index_list(m.name) AS i JOIN pragma_index_xinfo(i.name) AS x
      WHERE m.type = 'table' AND x.key = 1 ORDER BY i.name, x.seqno
      """)
    indexColumns = Dictionary(grouping: elements) { $0[0].text ?? "" }.mapValues { $0.map { Array($0.dropFirst()) } }
  }

  /// Runs one query for all tables and returns its rows by table name.
  private static func rows(
    _ columns: String, of source: String, _ order: String, _ connection: any Connection
  ) throws(MetaxyError) -> [String: [[SQLValue]]] {
    let rows = try connection.query(
      "SELECT m.name, \(columns) FROM sqlite_master AS m JOIN \(source) AS x"
        + " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY m.name, \(order)")
    return Dictionary(grouping: rows) { $0[0].text ?? "" }.mapValues { $0.map { Array($0.dropFirst()) } }
  }

  /// The tables, except the excluded ones.
  func schema(without excluded: (TableName) -> Bool) throws(MetaxyError) -> LiveSchema {
    var schema = LiveSchema()
    for (name, sql) in tables where !excluded(TableName(name)) {
      schema[TableName(name)] = LiveTable(try table(name, sql), dependents: dependents(of: name))
    }
    return schema
  }

  private func dependents(of table: String) -> DependentObjects {
    let readers = views.filter { $0.words.contains(table.folded) }.map { (TableName($0.name), $0.words) }
    let mentions = wordsOfTriggers.filter { $0.words.contains(table.folded) }.map { ($0.name, $0.words) }
    return DependentObjects(
      triggers: (triggers[table.folded] ?? []).map { Trigger(name: $0[1].text ?? "", sql: $0[2].text ?? "") },
      views: readers.map(\.0), wordsOfViews: Dictionary(readers) { first, _ in first },
      wordsOfTriggers: Dictionary(mentions) { first, _ in first })
  }

  private func table(_ name: String, _ sql: String) throws(MetaxyError) -> Table {
    let columns = columns[name] ?? []
    let expressions = TableExpression(table: name, columns: Set(columns.compactMap { $0[0].text?.folded }))
    let text: CreateTableText
    do {
      text = try CreateTableText(sql).plain(expressions)
    } catch {
      throw .unreadableTable(name, cause: error)
    }
    return Table(
      name: TableName(name), columns: columns.map { column($0, text) }, primaryKey: primaryKey(of: name, columns, text),
      uniques: uniques(of: name, text), checks: checks(text), foreignKeys: foreignKeys(of: name, text),
      indexes: try createdIndexes(of: name, text, expressions),
      options: (text.isStrict ? [.strict] : []) + (text.isWithoutRowID ? [.withoutRowID] : []))
  }

  /// Returns the names of all views or triggers, with the names in their texts.
  private static func words(
    of kind: String, _ objects: [[SQLValue]]
  ) throws(MetaxyError) -> [(name: String, words: Set<String>)] {
    var found: [(name: String, words: Set<String>)] = []
    for row in objects where row[0].text == kind {
      found.append((row[1].text ?? "", try SQLSource.names(in: row[2].text ?? "")))
    }
    return found
  }

  private func column(_ row: [SQLValue], _ text: CreateTableText) -> Column {
    let name = row[0].text ?? ""
    let folded = name.folded
    let hidden = row[5].integer ?? 0
    let generated = text.generated[folded].map { expression in
      GeneratedValue(expression: SQLExpression(expression), isStored: hidden == 3)
    }
    var column = Column(
      name: name, type: SQLiteTypes.type(declared: row[1].text ?? ""), isNullable: row[2].integer == 0,
      defaultValue: row[3].text.map { .expression(SQLExpression($0)) }, generated: generated,
      collation: text.collations[folded])
    column.onConflict = text.nullConflicts[folded]
    column.isWide = true
    return column
  }

  private func primaryKey(of table: String, _ columns: [[SQLValue]], _ text: CreateTableText) -> PrimaryKey? {
    let key = columns.compactMap { row in
      row[4].integer.flatMap { $0 > 0 ? (position: $0, name: row[0].text ?? "") : nil }
    }
    guard !key.isEmpty else { return nil }
    // A key that is the rowid has no index.
    var elements = key.sorted { $0.position < $1.position }.map { IndexElement(.column($0.name)) }
    if let index = (indexes[table] ?? []).first(where: { $0[2].text == "pk" }) {
      elements = keyElements(of: index, text)
    }
    return PrimaryKey(
      name: text.primaryKey?.name.map(ConstraintName.derived), elements: elements,
      isAutoincrement: text.hasAutoincrement, onConflict: text.primaryKey?.onConflict)
  }

  /// Returns the columns of the index that implements a key or a unique constraint.
  private func keyElements(of index: [SQLValue], _ text: CreateTableText) -> [IndexElement] {
    (indexColumns[index[0].text ?? ""] ?? []).map { element($0, expression: "", text) }
  }

  private func checks(_ text: CreateTableText) -> [CheckConstraint] {
    text.checks.map { check in
      CheckConstraint(
        name: check.name.map(ConstraintName.derived), expression: SQLExpression(check.expression), column: check.column)
    }
  }

  private func uniques(of table: String, _ text: CreateTableText) -> [UniqueConstraint] {
    (indexes[table] ?? []).filter { $0[2].text == "u" }.map { row in
      let elements = keyElements(of: row, text)
      let written = text.uniques.first { unique in
        unique.elements.count == elements.count && zip(unique.elements, elements).allSatisfy { isSame($0, $1, text) }
      }
      return UniqueConstraint(
        name: written?.name.map(ConstraintName.derived), elements: elements, onConflict: written?.onConflict)
    }
  }

  /// Returns a written element without a collation that equals its column's.
  private func withoutInherited(_ element: IndexElement, _ text: CreateTableText) -> IndexElement {
    guard case .column(let name) = element.term else { return element }
    let inherited = text.collations[name.folded] ?? "BINARY"
    return element.collation?.uppercased() == inherited.uppercased()
      ? IndexElement(element.term, isDescending: element.isDescending) : element
  }

  /// Returns whether an element of a table's text is the same as one of the catalog.
  private func isSame(_ written: IndexElement, _ found: IndexElement, _ text: CreateTableText) -> Bool {
    guard case .column(let name) = written.term, case .column(let other) = found.term else { return false }
    return name.folded == other.folded && written.isDescending == found.isDescending
      && withoutInherited(written, text).collation?.uppercased() == found.collation?.uppercased()
  }

  private func foreignKeys(of table: String, _ text: CreateTableText) -> [ForeignKey] {
    // The catalog numbers them in reverse; the query restores the order of the text.
    var keys: [(id: Int64, key: ForeignKey)] = []
    for row in foreignKeys[table] ?? [] {
      let id = row[0].integer ?? 0
      if keys.last?.id != id {
        let named = text.foreignKeys.indices.contains(keys.count) ? text.foreignKeys[keys.count] : nil
        var key = ForeignKey(
          name: named?.name.map(ConstraintName.derived), columns: [], table: TableName(row[1].text ?? ""),
          referencedColumns: [], onDelete: ForeignKeyAction(rawValue: row[5].text ?? "") ?? .noAction,
          onUpdate: ForeignKeyAction(rawValue: row[4].text ?? "") ?? .noAction,
          deferral: named?.deferral ?? .notDeferrable, column: named?.column)
        key.match = named?.match
        keys.append((id, key))
      }
      keys[keys.count - 1].key.columns.append(row[2].text ?? "")
      // NULL if the key names no columns, which means the primary key of the other table.
      if let to = row[3].text { keys[keys.count - 1].key.referencedColumns.append(to) }
    }
    return keys.map(\.key)
  }

  private func createdIndexes(
    of table: String, _ definition: CreateTableText, _ expressions: TableExpression
  ) throws(MetaxyError) -> [Index] {
    var found: [Index] = []
    for row in indexes[table] ?? [] where row[2].text == "c" {
      let name = row[0].text ?? ""
      let text: CreateIndexText
      do {
        text = try CreateIndexText(indexTexts[name] ?? "").plain(expressions)
      } catch {
        throw .unreadableIndex(name, cause: error)
      }
      let elements = (indexColumns[name] ?? []).enumerated().map { position, column in
        element(column, expression: text.terms.indices.contains(position) ? text.terms[position] : "", definition)
      }
      found.append(
        Index(
          name: .derived(name), elements: elements, isUnique: row[1].integer == 1,
          predicate: text.predicate.map { SQLExpression($0) }))
    }
    return found
  }

  private func element(_ row: [SQLValue], expression: String, _ table: CreateTableText) -> IndexElement {
    // -2 marks an expression. https://sqlite.org/pragma.html#pragma_index_xinfo
    let term: IndexElement.Term =
      row[0].integer == -2 ? .expression(SQLExpression(expression)) : .column(row[1].text ?? "")
    // An index uses the collation of its column unless it names another one.
    let inherited = row[1].text.flatMap { table.collations[$0.folded] } ?? "BINARY"
    let collation = row[3].text.flatMap { $0.uppercased() == inherited.uppercased() ? nil : $0 }
    return IndexElement(term, isDescending: row[2].integer == 1, collation: collation)
  }
}
