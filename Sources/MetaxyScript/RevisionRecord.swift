public import MetaxyErrors
public import MetaxyFeatures
public import MetaxySchema

/// The tables that a revision changes, as they shall be after it, without an engine: what stands beside its file.
///
/// The records of all revisions up to one, folded, are the tables that the features asked for at that revision. From them
/// what a revision does is known on engines that were not at hand when it was written.
public struct RevisionRecord: Sendable, Hashable {
  /// The tables after the revision; nil where it drops one.
  public var tables: [TableName: Table?]

  public init(tables: [TableName: Table?] = [:]) { self.tables = tables }

  /// Takes from `desired` the tables that `operations` change.
  public init(of operations: [any MigrationOperation], desired: Schema) {
    let names = operations.flatMap { operation in
      [operation.table] + ((operation as? RenameTable).map { [$0.newName] } ?? [])
    }
    tables = Dictionary(
      names.map { name in
        let table = desired.table(folded: name)
        return (table?.name ?? name, table)
      }
    ) { first, _ in first }
  }

  /// Lays this record over what the ones before it made.
  public func fold(into schema: inout Schema) {
    for name in tables.keys {
      if let former = schema.table(folded: name) { schema[former.name] = nil }
    }
    for (name, table) in tables where table != nil { schema[name] = table }
  }

  /// The record's text: the same for the same value, always.
  public var text: String {
    let sorted = tables.sorted { $0.key < $1.key }
    let list = sorted.map { name, table in
      table?.json
        ?? .object([.init("name", .string(name.name)), .init("schema", JSONValue(name.schema)), .init("dropped", true)])
    }
    return JSONValue.object([.init("format", 1), .init("tables", .array(list))]).text() + "\n"
  }

  /// Reads a record from JSON.
  ///
  /// - Throws: `malformed_record`.
  public init(json: JSONValue) throws(MetaxyError) {
    tables = [:]
    guard case .number("1") = json["format"] ?? .null, case .array(let list) = json["tables"] ?? .null else {
      throw MetaxyError(
        .init("malformed_record"), "a record has no `format` 1 with `tables`",
        hints: ["it may have been written by a later version of metaxy"])
    }
    for element in list {
      if element["dropped"] == .boolean(true), case .string(let name) = element["name"] ?? .null {
        let schema: String? = if case .string(let text) = element["schema"] ?? .null { text } else { nil }
        tables[TableName(name, schema: schema)] = .some(nil)
      } else {
        let table = try Table(json: element)
        tables[table.name] = table
      }
    }
  }
}
