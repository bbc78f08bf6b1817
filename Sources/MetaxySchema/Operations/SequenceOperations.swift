package import MetaxyNames

// Sequences that are not part of a serial or identity column. `table` is the name of the sequence.

/// Creates a sequence.
///
/// ```sql
/// CREATE SEQUENCE "ticket" START WITH 100
/// ```
package struct CreateSequence: OperationPayload {
  package var sequence: SequenceDefinition

  package init(_ sequence: SequenceDefinition) { self.sequence = sequence }

  package var verb: String { "add_sequence" }
  package var kind: ObjectKind { .sequence }
  package var table: TableName { sequence.name }
  package var object: String? { sequence.name.description }
  package var reversed: MigrationOperation { .dropSequence(.init(sequence)) }
  package var after: String? { sequence.displayText }
}

/// Drops a sequence and its current number.
///
/// ```sql
/// DROP SEQUENCE "ticket"
/// ```
package struct DropSequence: OperationPayload {
  package var sequence: SequenceDefinition

  package init(_ sequence: SequenceDefinition) { self.sequence = sequence }

  package var verb: String { "remove_sequence" }
  package var kind: ObjectKind { .sequence }
  package var table: TableName { sequence.name }
  package var object: String? { sequence.name.description }
  package var reversed: MigrationOperation { .createSequence(.init(sequence)) }
  package var before: String? { sequence.displayText }
}

/// Changes the options of a sequence and keeps its current number.
///
/// ```sql
/// ALTER SEQUENCE "ticket" INCREMENT BY 10
/// ```
package struct ChangeSequence: OperationPayload {
  package var old: SequenceDefinition
  package var new: SequenceDefinition

  package init(from old: SequenceDefinition, to new: SequenceDefinition) {
    self.old = old
    self.new = new
  }

  package var verb: String { "modify_sequence" }
  package var kind: ObjectKind { .sequence }
  package var table: TableName { old.name }
  package var object: String? { old.name.description }
  package var reversed: MigrationOperation { .changeSequence(.init(from: new, to: old)) }
  package var before: String? { old.displayText }
  package var after: String? { new.displayText }
}
