// Sequences that stand by themselves. `table` is the sequence's name: such operations belong to no table.

/// Creates a sequence.
///
/// ```sql
/// CREATE SEQUENCE "ticket" START WITH 100
/// ```
public struct CreateSequence: MigrationOperation {
  public var sequence: SequenceDefinition

  public init(_ sequence: SequenceDefinition) { self.sequence = sequence }

  public var verb: String { "add_sequence" }
  public var kind: ObjectKind { .sequence }
  public var table: TableName { sequence.name }
  public var object: String? { sequence.name.description }
  public var reversed: any MigrationOperation { DropSequence(sequence) }
  public var after: String? { sequence.summary }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Drops a sequence, with the number it has reached.
///
/// ```sql
/// DROP SEQUENCE "ticket"
/// ```
public struct DropSequence: MigrationOperation {
  public var sequence: SequenceDefinition

  public init(_ sequence: SequenceDefinition) { self.sequence = sequence }

  public var verb: String { "remove_sequence" }
  public var kind: ObjectKind { .sequence }
  public var table: TableName { sequence.name }
  public var object: String? { sequence.name.description }
  public var reversed: any MigrationOperation { CreateSequence(sequence) }
  public var before: String? { sequence.summary }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}

/// Changes how a sequence counts; the number it has reached stays.
///
/// ```sql
/// ALTER SEQUENCE "ticket" INCREMENT BY 10
/// ```
public struct ChangeSequence: MigrationOperation {
  public var old: SequenceDefinition
  public var new: SequenceDefinition

  public init(from old: SequenceDefinition, to new: SequenceDefinition) {
    self.old = old
    self.new = new
  }

  public var verb: String { "modify_sequence" }
  public var kind: ObjectKind { .sequence }
  public var table: TableName { old.name }
  public var object: String? { old.name.description }
  public var reversed: any MigrationOperation { ChangeSequence(from: new, to: old) }
  public var before: String? { old.summary }
  public var after: String? { new.summary }

  public func render<Renderer: OperationRenderer>(with renderer: Renderer) throws -> Renderer.Output {
    try renderer.render(self)
  }
}
