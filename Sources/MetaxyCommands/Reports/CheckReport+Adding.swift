internal import MetaxyErrors
internal import MetaxyNames
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

extension CheckReport {
  /// Adds the differences of an environment.
  ///
  /// - Parameter pending: the revisions that are not applied.
  mutating func add(
    _ found: SchemaDifferences, _ pending: [RevisionFile] = [], in environment: EnvironmentContext
  ) throws(MetaxyError) {
    let history = try ObjectHistory(
      of: found.operations + found.drift + found.explained + found.onlyForOthers.flatMap(\.operations), in: environment)
    let resolving = found.resolvingDrift
    let changes = try PendingChanges(pending, in: environment)
    let upgrade = upgrade(beside: found.drift, changes)
    let commands = ((pending.isEmpty ? [] : [upgrade]) + [.autogenerate(), .upgrade()])
      .map { $0.completed(for: environment.invocation) }
    func difference(_ operation: MigrationOperation, isDrift: Bool, dialect: String?) -> Difference {
      var difference = Difference(
        operation, source: found.desired.source(of: operation), isDrift: isDrift, dialect: dialect)
      difference.since = history.last(of: operation)
      difference.state = found.state(of: operation)
      difference.commands = commands
      return difference
    }
    differences += found.operations.map {
      difference($0, isDrift: offline == nil && resolving.contains(OperationTarget($0)), dialect: nil)
    }
    for other in found.onlyForOthers {
      differences += other.operations.map { difference($0, isDrift: false, dialect: other.dialect.name) }
    }
    for operation in found.explained {
      guard let revision = changes.revision(changing: operation) else { continue }
      var explained = difference(operation, isDrift: false, dialect: nil)
      explained.explainedBy = revision
      explained.commands = [upgrade.completed(for: environment.invocation)]
      self.explained.append(explained)
    }
    let accepted = Set(found.acceptedDrift)
    drift += found.drift.map { operation in
      var drift = Drift(operation, isAccepted: accepted.contains(operation))
      drift.since = history.last(of: operation)
      return drift
    }
    if offline == nil, pending.isEmpty, halfApplied.isEmpty, unknown.isEmpty, !found.drift.isEmpty {
      waysOut = DriftWaysOut(
        found.drift, startsHistory: environment.revisions.revisions.isEmpty,
        repairs: found.operations.contains { resolving.contains(OperationTarget($0)) }, joining: waysOut,
        environment.session.project.migrations.ignore, environment.invocation)
    }
  }

  /// The command that applies the pending revisions: one of them can change a table that has drifted, which stops a run.
  private func upgrade(beside drift: [MigrationOperation], _ pending: PendingChanges) -> SuggestedCommand {
    func stopsRun(_ operation: MigrationOperation) -> Bool {
      DriftCheck.matters(operation.reversed) && pending.revision(changing: operation) != nil
    }
    return offline == nil && drift.contains(where: stopsRun) ? .upgradeAllowingDrift() : .upgrade()
  }
}

extension SchemaDifferences {
  /// Why the object of an operation does not do what it is for, where that is the difference.
  fileprivate func state(of operation: MigrationOperation) -> CheckReport.ObjectState? {
    switch operation {
    case .createIndex(let creation): isInvalid(creation.index, of: creation.table) ? .invalid : nil
    case .dropIndex(let removal): isInvalid(removal.index, of: removal.table) ? .invalid : nil
    case .changeConstraint(let change) where !change.old.isValidated && change.new.isValidated: .unvalidated
    case .dropConstraint(let removal) where !removal.constraint.isValidated: .unvalidated
    default: nil
    }
  }

  private func isInvalid(_ index: Index, of table: TableName) -> Bool {
    invalidIndexes[table]?.contains(index.name.text) ?? false
  }
}
