internal import MetaxyDatabase
internal import MetaxyErrors
internal import MetaxyMigrationErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

extension TableScript {
  /// Renders the statements that create the tables of a record in an empty database, as a revision would contain them.
  ///
  /// - Throws: errors for definitions that the engine does not support.
  init(creating record: RevisionRecord, _ dialect: any Dialect) throws(MetaxyError) {
    var schema = Schema()
    record.fold(into: &schema, rules: dialect)
    let wanted = dialect.supportedSubset(of: schema)
    func compare(_ dialect: some Dialect) -> [MigrationOperation] {
      SchemaComparison(rules: dialect).operations(from: Schema(), to: wanted)
    }
    let statements = try dialect.sections(for: compare(dialect), on: RenamedSchema(Schema())).flatMap(\.statements)
    self.init([])
    for statement in statements {
      guard let object = try Self.object(of: statement.sql, dialect.lexicon) else {
        throw .creationNotAssigned(statement.sql)
      }
      steps.append(Step(object, statement.sql))
    }
    for table in wanted.sorted {
      formerNames[table.name] = record.renames.tables[table.name].map { TableName($0, schema: table.name.schema) }
    }
  }

  /// Returns the object that a statement creates or completes, read from its first words; nil for any other statement.
  private static func object(of sql: String, _ lexicon: Lexicon) throws(MetaxyError) -> Object? {
    var words = TokenReader(try SQLTokenizer.tokens(of: sql, lexicon: lexicon), foldsNames: lexicon.foldsNames)
    if words.skip("COMMENT", "ON") {
      if words.skip("COLUMN") { return words.owner().map(Object.table) }
      if words.skip("TYPE") { return words.qualifiedName().map(Object.type) }
      return words.skip("TABLE") ? words.qualifiedName().map(Object.table) : nil
    }
    if words.skip("ALTER", "TABLE") {
      _ = words.skip("ONLY")
      return words.qualifiedName().map(Object.table)
    }
    guard words.skip("CREATE") else { return nil }
    if words.skip("SCHEMA") { return words.name().map(Object.schema) }
    if words.skip("TYPE") { return words.qualifiedName().map(Object.type) }
    _ = words.skip("UNLOGGED")
    if words.skip("TABLE") { return words.qualifiedName().map(Object.table) }
    _ = words.skip("UNIQUE")
    guard words.skip("INDEX"), words.qualifiedName() != nil, words.skip("ON") else { return nil }
    _ = words.skip("ONLY")
    return words.qualifiedName().map(Object.table)
  }
}

extension TokenReader {
  /// Reads a qualified column name and returns the name of its table.
  fileprivate mutating func owner() -> TableName? {
    guard let first = name(), skip(symbol: "."), let second = name() else { return nil }
    return skip(symbol: ".") ? TableName(second, schema: first) : TableName(first)
  }
}

extension MetaxyError {
  fileprivate static func creationNotAssigned(_ sql: String) -> MetaxyError {
    MetaxyError(
      .cannotRender, "a program cannot create tables with `\(sql)`",
      hints: ["set `auto_create_tables` to false, and create the tables with \(.upgrade())"])
  }
}
