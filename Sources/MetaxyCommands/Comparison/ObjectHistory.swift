internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The last revisions that defined objects, from the records.
///
/// A column and an index have a definition of their own; of any other object, its table or type is the definition. For an
/// object that no revision defines, it is the last revision that changed the table.
struct ObjectHistory {
  private var last: [OperationTarget: String] = [:]

  /// Reads the records; does not, without operations.
  init(of operations: [MigrationOperation], in environment: EnvironmentContext) throws(MetaxyError) {
    guard !operations.isEmpty else { return }
    let dialect = environment.dialect
    let byTable = Dictionary(grouping: operations) { dialect.folded($0.table) }
    var definitions: [OperationTarget: Definition] = [:]
    for file in environment.revisions.revisions {
      guard let record = try environment.record(of: file)?.part(for: dialect.name) else { continue }
      for name in record.objectNames {
        for operation in byTable[dialect.folded(name)] ?? [] {
          let target = OperationTarget(operation)
          let definition = Definition(of: operation, in: record, name, dialect)
          // For an object that no revision defines, it is the last one that changed its table.
          guard definition.isEmpty || definitions[target] != definition else { continue }
          definitions[target] = definition
          last[target] = file.revision
        }
      }
    }
  }

  /// Returns the last revision that defined the object of an operation; nil if none did.
  func last(of operation: MigrationOperation) -> String? { last[OperationTarget(operation)] }

  /// What a record holds of the object of an operation.
  private struct Definition: Hashable {
    private var column: Column?
    private var index: Index?
    private var table: Table?
    private var type: EnumType?

    var isEmpty: Bool { column == nil && index == nil && table == nil && type == nil }

    init(of operation: MigrationOperation, in record: RevisionRecord, _ name: TableName, _ dialect: any Dialect) {
      let found = record.tables[name] ?? nil
      switch operation {
      case .addColumn, .dropColumn, .renameColumn, .changeColumn:
        let wanted = operation.columnName.map { dialect.folded($0) }
        column = found?.columns.first { dialect.folded($0.name) == wanted }
      case .createIndex(let creation): index = Self.index(creation.index, in: found)
      case .dropIndex(let removal): index = Self.index(removal.index, in: found)
      default:
        table = found
        type = record.enums[name] ?? nil
      }
    }

    private static func index(_ index: Index, in table: Table?) -> Index? {
      table?.indexes.first { $0.name.text == index.name.text }
    }
  }
}
