package import MetaxyErrors
package import MetaxyFeatures
internal import MetaxyMigrationErrors
package import MetaxyNames
package import MetaxySchema

/// The tables, types, sequences and schemas that a revision changes, in their desired form after it and independent of
/// the engine. The record is stored next to the revision file.
///
/// Folding the records of all revisions up to one gives the tables that the features defined at that revision. This
/// makes a revision's effect known on engines that were not available when it was written.
package struct RevisionRecord: Sendable, Hashable {
  /// The tables after the revision; nil for a dropped table.
  package var tables: [TableName: Table?]

  /// The enum types after the revision; nil for a dropped type.
  package var enums: [TableName: EnumType?] = [:]
  /// The sequences after the revision; nil for a dropped sequence.
  package var sequences: [TableName: SequenceDefinition?] = [:]
  /// The materialized views whose indexes the revision changes, with their indexes after it.
  package var views: [TableName: MaterializedView?] = [:]
  /// The schemas that the revision creates (true) or drops (false).
  package var namespaces: [String: Bool] = [:]
  /// The renames of the revision, so that engines that were not available do not see a drop and a creation.
  package var renames = Renames()

  /// The replacements of this whole record for dialects with other table definitions.
  package var dialects: [String: RevisionRecord] = [:]
  /// The features whose versions changed since the parent revisions; the same for every dialect.
  package var features: [FeatureKey: FeatureVersionChange] = [:]
  /// The drift of the database from which the revision was written, by dialect: the operations that would have made it, as text.
  package var drift: [String: [String]] = [:]
  /// The revision and its parents when the record was made; nil in records of earlier versions of metaxy.
  package var origin: RecordOrigin?

  package init(tables: [TableName: Table?] = [:]) { self.tables = tables }

  /// Returns the record for a dialect.
  package func part(for dialect: String) -> RevisionRecord { dialects[dialect] ?? self }

  /// Takes the tables that `operations` change from `desired`, on an engine that compares names by `rules`.
  package init(of operations: [MigrationOperation], desired: Schema, rules: some ComparisonRules) {
    tables = [:]
    take(operations, desired: desired, rules: rules)
  }

  /// Adds the tables that `operations` change on another engine, from `desired`.
  package mutating func take(_ operations: [MigrationOperation], desired: Schema, rules: some ComparisonRules) {
    for operation in operations {
      switch operation.kind {
      case .table: take(operation.table, from: desired, rules)
      case .enumType: enums.updateValue(desired.enums[operation.table], forKey: operation.table)
      case .sequence: sequences.updateValue(desired.sequences[operation.table], forKey: operation.table)
      case .namespace: namespaces[operation.table.name] = desired.namespaces.contains(operation.table.name)
      }
      noteRename(operation, desired: desired, rules)
    }
  }

  /// Takes a table under its desired name; a case-insensitive database may report it with other letter case.
  private mutating func take(_ name: TableName, from desired: Schema, _ rules: some ComparisonRules) {
    if let view = desired.materializedViews[name] {
      views[name] = view
      return
    }
    let table = rules.table(name, in: desired)
    tables.updateValue(table, forKey: table?.name ?? name)
  }

  private mutating func noteRename(
    _ operation: MigrationOperation, desired: Schema, _ rules: some ComparisonRules
  ) {
    switch operation {
    case .renameTable(let rename):
      take(rename.newName, from: desired, rules)
      renames.tables[rename.newName] = rename.table.name
    case .renameEnum(let rename):
      enums.updateValue(desired.enums[rename.newName], forKey: rename.newName)
      renames.enums[rename.newName] = rename.table.name
    case .renameColumn(let rename):
      renames.columns[rename.table, default: [:]][rename.newName] = rename.oldName
    case .renameValue(let rename):
      renames.values[rename.table, default: [:]][rename.column, default: [:]][rename.value.new] = rename.value.old
    case .renameEnumValue(let rename):
      renames.enumValues[rename.table, default: [:]][rename.value.new] = rename.value.old
      // Their defaults and expressions can have the value.
      for table in desired.sorted where table.columns.contains(where: rename.type.isType) {
        take(table.name, from: desired, rules)
      }
    default: break
    }
  }

  /// Applies this record to a schema folded from the earlier ones, on an engine that compares names by `rules`.
  package func fold(into schema: inout Schema, rules: some ComparisonRules) {
    // The foreign keys of other tables follow a rename.
    if renames != Renames() {
      let operations = renames.operations(from: schema, to: schema, rules: rules)
      schema = schema.applying(operations) { rules.renaming($1, to: $2, in: $0) }
    }
    let unknown = tables.keys.filter { schema[$0] == nil }
    // The table itself, or the one that the engine takes for it.
    let others = unknown.isEmpty ? [:] : Dictionary(grouping: schema.tables.keys) { rules.folded($0) }
    let former = unknown.compactMap { others[rules.folded($0)]?.min() }
    for name in Array(tables.keys) + former { schema[name] = nil }
    // A conversion is part of the revision that has it; the next change of the type has its own.
    for (name, table) in tables where table != nil { schema[name] = table?.withoutConversions }
    for (name, view) in views { schema.materializedViews[name] = view }
    for (name, type) in enums { schema.enums[name] = type }
    for (name, sequence) in sequences { schema.sequences[name] = sequence }
    for (name, isThere) in namespaces {
      if isThere { schema.namespaces.insert(name) } else { schema.namespaces.remove(name) }
    }
  }

  /// Returns a schema after the revision with the expressions by which the revision converts values.
  package func addingConversions(to schema: Schema) -> Schema {
    var schema = schema
    for (name, table) in tables {
      for column in table?.columns ?? [] {
        guard let using = column.using, let place = schema[name]?.columns.firstIndex(where: { $0.name == column.name })
        else { continue }
        schema[name]?.columns[place].using = using
      }
    }
    return schema
  }

  /// The record as JSON text, deterministically.
  package var text: String {
    let parts = dialects.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .object($0.value.members)) }
    let changes = features.sorted { $0.key < $1.key }.map { key, change in change.json(of: key) }
    let members =
      [.init("format", 1)] + (origin?.members ?? []) + members
      + (parts.isEmpty ? [] : [.init("dialects", .object(parts))])
      + (changes.isEmpty ? [] : [.init("features", .array(changes))])
      + (drift.isEmpty ? [] : [.init("drift", RecordedDrift.json(of: drift))])
    return JSONValue.object(members).text() + "\n"
  }

  private var members: [JSONValue.Member] {
    var members: [JSONValue.Member] = [.init("tables", .array(Self.list(tables) { $0.json }))]
    if !enums.isEmpty { members.append(.init("enums", .array(Self.list(enums) { $0.json }))) }
    if !sequences.isEmpty { members.append(.init("sequences", .array(Self.list(sequences) { $0.json }))) }
    if !views.isEmpty { members.append(.init("views", .array(Self.list(views) { $0.json }))) }
    if !namespaces.isEmpty {
      let schemas = namespaces.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .boolean($0.value)) }
      members.append(.init("schemas", .object(schemas)))
    }
    if let renames = renames.json { members.append(.init("renames", renames)) }
    return members
  }

  private static func list<Value>(_ values: [TableName: Value?], _ json: (Value) -> JSONValue) -> [JSONValue] {
    values.sorted { $0.key < $1.key }.map { name, value in
      value.map(json)
        ?? .object([.init("name", .string(name.name)), .init("schema", JSONValue(name.schema)), .init("dropped", true)])
    }
  }

  /// Reads a record from JSON.
  ///
  /// - Throws: `malformed_record`.
  package init(json: JSONValue) throws(MetaxyError) {
    guard case .number("1") = json["format"] ?? .null, json["tables"] != nil else {
      throw MetaxyError(
        .malformedRecord, "a record must have `format` 1 and `tables`",
        hints: ["a later version of metaxy may have written it"])
    }
    try self.init(contents: json)
    origin = try RecordOrigin.read(json)
    features = try FeatureVersionChange.changes(in: json["features"] ?? .array([]))
    drift = try RecordedDrift.read(json["drift"])
    guard case .object(let parts) = json["dialects"] ?? .null else { return }
    for part in parts { dialects[part.name] = try RevisionRecord(contents: part.value) }
  }

  private init(contents json: JSONValue) throws(MetaxyError) {
    tables = try Self.values(json, "tables") { element throws(MetaxyError) in
      let table = try Table(json: element)
      return (table.name, table)
    }
    enums = try Self.values(json, "enums") { element throws(MetaxyError) in
      let type = try EnumType(json: element)
      return (type.name, type)
    }
    sequences = try Self.values(json, "sequences") { element throws(MetaxyError) in
      let sequence = try SequenceDefinition(json: element)
      return (sequence.name, sequence)
    }
    views = try Self.values(json, "views") { element throws(MetaxyError) in
      let view = try MaterializedView(json: element)
      return (view.name, view)
    }
    if let json = json["renames"] { renames = try Renames(json: json) }
    if case .object(let members) = json["schemas"] ?? .null {
      for member in members { namespaces[member.name] = member.value == .boolean(true) }
    }
  }

  private static func values<Value>(
    _ json: JSONValue, _ key: String, _ read: (JSONValue) throws(MetaxyError) -> (TableName, Value)
  ) throws(MetaxyError) -> [TableName: Value?] {
    guard case .array(let list) = json[key] ?? .null else { return [:] }
    var values: [TableName: Value?] = [:]
    for element in list {
      if element["dropped"] == .boolean(true), case .string(let name) = element["name"] ?? .null {
        let schema: String? = if case .string(let text) = element["schema"] ?? .null { text } else { nil }
        values.updateValue(nil, forKey: TableName(name, schema: schema))
      } else {
        let (name, value) = try read(element)
        values[name] = value
      }
    }
    return values
  }
}
