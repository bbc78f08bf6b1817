public import MetaxyErrors
public import MetaxyRuntime
public import MetaxySchema

// How SQLite carries out operations: what its ALTER TABLE can do, and nothing else.
// https://sqlite.org/lang_altertable.html
extension SQLiteDialect {
  public func statements(
    for operations: [any MigrationOperation], on live: Schema
  ) throws(MetaxyError) -> [RenderedStatement] {
    let columns = ColumnConstraints(of: operations)
    let renderer = SQLiteRenderer(
      dialect: self, live: live, constraints: columns,
      created: Set(operations.compactMap { ($0 as? CreateTable)?.table }))
    var statements: [RenderedStatement] = []
    var impossible: [(operation: any MigrationOperation, reason: String)] = []
    for operation in operations where !columns.contains(operation) {
      do {
        statements += try operation.render(with: renderer)
      } catch let refusal as NeedsRebuild {
        impossible.append((operation, refusal.reason))
      } catch let error as MetaxyError {
        throw error
      } catch {
        throw MetaxyError(.init("cannot_render"), "`\(operation)` cannot be written for SQLite", cause: error)
      }
    }
    guard impossible.isEmpty else { throw .needsRebuild(impossible) }
    return statements
  }
}

/// Why an operation cannot be done in place.
struct NeedsRebuild: Error {
  var reason: String
}

/// The constraints that come and go with the columns in whose definitions they stand.
struct ColumnConstraints {
  private var constraints: [Key: [Constraint]] = [:]

  private struct Key: Hashable {
    var table: TableName
    var column: String
  }

  init(of operations: [any MigrationOperation]) {
    let columns = Set(
      operations.compactMap { operation -> Key? in
        guard operation is AddColumn || operation is DropColumn, let name = operation.object else { return nil }
        return Key(table: operation.table, column: name.lowercased())
      })
    for operation in operations {
      guard let (key, constraint) = Self.key(of: operation), columns.contains(key) else { continue }
      constraints[key, default: []].append(constraint)
    }
  }

  /// Whether an operation is done by that on its column.
  func contains(_ operation: any MigrationOperation) -> Bool {
    Self.key(of: operation).map { constraints[$0.0] != nil } ?? false
  }

  func with(_ column: String, of table: TableName) -> [Constraint] {
    constraints[Key(table: table, column: column.lowercased())] ?? []
  }

  private static func key(of operation: any MigrationOperation) -> (Key, Constraint)? {
    let constraint = (operation as? AddConstraint)?.constraint ?? (operation as? DropConstraint)?.constraint
    guard let constraint, let column = constraint.definingColumn else { return nil }
    return (Key(table: operation.table, column: column.lowercased()), constraint)
  }
}
