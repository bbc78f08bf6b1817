internal import MetaxyNames
internal import MetaxySQL
internal import MetaxySchema

/// The kind of an operation and the object that it changes.
///
/// Operations on one target can have different values: the column in a record and in the live database.
struct OperationTarget: Hashable {
  private let verb: String
  private let table: TableName
  private let part: Part

  /// The part of a table, type, sequence or schema that changes.
  private enum Part: Hashable {
    case whole
    case column(String)
    case index(String)
    case constraint(String)
    case policy(String)
    case unnamedConstraint(Constraint)
    case value(String)
    case columnValue(String, String)
    case comment(ChangeComment.Subject)
  }

  init(_ operation: MigrationOperation) {
    verb = operation.verb
    table = operation.table
    part = Self.part(of: operation)
  }

  private static func part(of operation: MigrationOperation) -> Part {
    switch operation {
    case .addColumn, .dropColumn, .renameColumn, .changeColumn: operation.columnName.map(Part.column) ?? .whole
    case .addConstraint(let addition): part(of: addition.constraint)
    case .dropConstraint(let removal): part(of: removal.constraint)
    case .renameConstraint(let rename): part(of: rename.new)
    case .changeConstraint(let change): part(of: change.new)
    case .createIndex(let creation): .index(creation.index.name.text)
    case .dropIndex(let removal): .index(removal.index.name.text)
    case .renameIndex(let rename): .index(rename.new.name.text)
    case .addPolicy(let addition): .policy(addition.policy.name)
    case .dropPolicy(let removal): .policy(removal.policy.name)
    case .addEnumValue(let addition): .value(addition.value)
    case .renameEnumValue(let rename): .value(rename.value.new)
    case .renameValue(let rename): .columnValue(rename.column, rename.value.new)
    case .changeComment(let change): .comment(change.subject)
    case .createTable, .dropTable, .renameTable, .changeTableOptions, .changeStorage, .changePartition,
      .changeTableSettings, .createSchema, .dropSchema, .createEnum, .dropEnum, .renameEnum, .changeEnum,
      .createSequence, .dropSequence, .changeSequence:
      .whole
    }
  }

  private static func part(of constraint: Constraint) -> Part {
    constraint.name.map { .constraint($0.text) } ?? .unnamedConstraint(constraint)
  }
}

extension Sequence<MigrationOperation> {
  /// The first operation on each target: dialects often share operations.
  var distinctTargets: [MigrationOperation] {
    var seen: Set<OperationTarget> = []
    return filter { seen.insert(OperationTarget($0)).inserted }
  }
}
