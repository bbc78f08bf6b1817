import MetaxyFeatures
internal import MetaxyNames

/// Compares schemas, enum types and sequences, on which tables depend: they are created before the tables and dropped
/// after them.
struct SchemaObjectsComparator<Rules: ComparisonRules> {
  let rules: Rules

  func operations(
    from live: Schema, to desired: Schema
  ) -> (first: [MigrationOperation], last: [MigrationOperation]) {
    let live = live.withoutUndeclaredParts(of: desired)
    let schemas = desired.namespaces.subtracting(live.namespaces).sorted().map {
      MigrationOperation.createSchema(.init($0))
    }
    let formerSchemas = live.namespaces.subtracting(desired.namespaces).sorted().map {
      MigrationOperation.dropSchema(.init($0))
    }
    let shrunk = desired.enums.filter { name, type in
      live.enums[name].map { ChangeEnum(from: $0, to: type).onlyRemovesValues } ?? false
    }
    let shrinking = changes(live.enums.filter { shrunk[$0.key] != nil }, shrunk)
    let enums = changes(
      live.enums.filter { shrunk[$0.key] == nil }, desired.enums.filter { shrunk[$0.key] == nil },
      add: { .createEnum(.init($0)) }, drop: { .dropEnum(.init($0)) },
      change: changes)
    // A sequence is dropped with the table that owns it, and cannot be owned by a table that is created later: so it is
    // unowned in between.
    let released = live.sequences.filter { desired.sequences[$0.key]?.owner != $0.value.owner }.mapValues(\.unowned)
    let claimed = desired.sequences.filter { live.sequences[$0.key]?.owner != $0.value.owner }.mapValues(\.unowned)
    let sequences = changes(
      live.sequences.merging(released) { $1 }, desired.sequences.merging(claimed) { $1 },
      add: { .createSequence(.init($0)) }, drop: { .dropSequence(.init($0)) }, change: changes)
    return (
      ownerChanges(live.sequences, released) + schemas + enums.first + sequences.first,
      ownerChanges(claimed, desired.sequences) + sequences.last + shrinking + enums.last + formerSchemas
    )
  }

  /// Returns the operations that set or remove the owners of sequences.
  private func ownerChanges(
    _ old: [TableName: SequenceDefinition], _ new: [TableName: SequenceDefinition]
  ) -> [MigrationOperation] {
    old.sorted { $0.key < $1.key }.compactMap { name, sequence in
      guard let other = new[name], other.owner != sequence.owner else { return nil }
      return .changeSequence(.init(from: sequence, to: other))
    }
  }

  private func changes<Value>(
    _ live: [TableName: Value], _ desired: [TableName: Value], add: (Value) -> MigrationOperation,
    drop: (Value) -> MigrationOperation, change: (Value, Value) -> [MigrationOperation]
  ) -> (first: [MigrationOperation], last: [MigrationOperation]) {
    let first = desired.sorted { $0.key < $1.key }.flatMap { name, value in
      live[name].map { change($0, value) } ?? [add(value)]
    }
    let last = live.sorted { $0.key < $1.key }.filter { desired[$0.key] == nil }.map { drop($0.value) }
    return (first, last)
  }

  private func changes(_ live: [TableName: EnumType], _ desired: [TableName: EnumType]) -> [MigrationOperation] {
    desired.sorted { $0.key < $1.key }.flatMap { name, type in live[name].map { changes($0, type) } ?? [] }
  }

  private func changes(_ live: EnumType, _ desired: EnumType) -> [MigrationOperation] {
    let comment: [MigrationOperation] =
      live.comment == desired.comment
      ? [] : [.changeComment(.init(live.name, .type, from: live.comment, to: desired.comment))]
    return valueChanges(live, desired) + comment
  }

  /// New values are added one by one; any other change rebuilds the type.
  private func valueChanges(_ live: EnumType, _ desired: EnumType) -> [MigrationOperation] {
    guard live.values != desired.values else { return [] }
    guard desired.values.filter(Set(live.values).contains) == live.values else {
      var renewed = desired
      renewed.comment = live.comment
      return [.changeEnum(.init(from: live, to: renewed))]
    }
    var type = live
    return desired.values.enumerated().filter { !live.values.contains($1) }.map { index, value in
      let addition = AddEnumValue(value, at: index, of: type)
      type = addition.new
      return .addEnumValue(addition)
    }
  }

  private func changes(_ live: SequenceDefinition, _ desired: SequenceDefinition) -> [MigrationOperation] {
    var renewed = desired
    renewed.comment = live.comment
    let comment: [MigrationOperation] =
      live.comment == desired.comment
      ? [] : [.changeComment(.init(live.name, .sequence, from: live.comment, to: desired.comment))]
    let isSame =
      rules.isSame(live.type, desired.type, in: []) && live.options == desired.options && live.owner == desired.owner
      && live.isUnlogged == desired.isUnlogged
    return (isSame ? [] : [.changeSequence(.init(from: live, to: renewed))]) + comment
  }
}

extension Schema {
  /// Returns the schema without the schemas, enum types and sequences that another one does not declare and that stay all the
  /// same, as what only a revision declares: its tables need them, or a baseline has found them.
  fileprivate func withoutUndeclaredParts(of desired: Schema) -> Schema {
    let types = enums.filter { desired.enums[$0.key] == nil }
    let found = sequences.filter { $0.value.isUndeclared && desired.sequences[$0.key] == nil }.keys
    guard !types.isEmpty || !found.isEmpty || !namespaces.isSubset(of: desired.namespaces) else { return self }
    let staying = types.filter { desired.tables.values.contains(where: $0.value.isUsed) }.keys
    let names = [
      Array(desired.tables.keys), Array(desired.enums.keys), Array(desired.sequences.keys), Array(staying),
      Array(found),
    ]
    let needed = Set(names.joined().compactMap(\.schema)).subtracting(desired.namespaces)
    var schema = self
    for name in staying { schema.enums[name] = nil }
    for name in found { schema.sequences[name] = nil }
    schema.namespaces.subtract(needed)
    return schema
  }
}

extension EnumType {
  /// Whether a column of a table has the type, or is an array of it.
  fileprivate func isUsed(in table: Table) -> Bool { table.columns.contains(where: isType) }
}

extension SequenceDefinition {
  fileprivate var unowned: SequenceDefinition {
    var sequence = self
    sequence.owner = nil
    return sequence
  }
}
