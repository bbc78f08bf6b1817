internal import MetaxyErrors

// What only some engines know. A renderer for one that does not know it says so.
extension OperationRenderer {
  package func render(_ operation: CreateSchema) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: DropSchema) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: CreateEnum) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: DropEnum) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: AddEnumValue) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: ChangeEnum) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: RenameEnum) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: CreateSequence) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: DropSequence) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: ChangeSequence) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: ChangeComment) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: ChangePartition) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: ChangeStorage) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: RenameConstraint) throws -> Output { throw MetaxyError.notKnown(operation) }
  package func render(_ operation: RenameIndex) throws -> Output { throw MetaxyError.notKnown(operation) }
}

extension MetaxyError {
  fileprivate static func notKnown(_ operation: any MigrationOperation) -> MetaxyError {
    MetaxyError(
      .cannotRender, "`\(operation)` is nothing that this engine can do",
      hints: ["define it in a file for the engine that can: `NAME.postgresql.sql`, `NAME.sqlite.sql`"])
  }
}
