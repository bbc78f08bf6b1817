internal import MetaxyErrors
internal import MetaxyRevisions
internal import MetaxyRuntime

extension HalfAppliedRun {
  /// Returns the statements that undo the run.
  ///
  /// With a record, they lead from the tables as they are to those of the record, so that they fit wherever the run stopped.
  /// Otherwise they are those of the revision's other direction, as far as they have something to undo.
  ///
  /// - Throws: `cannot_undo`.
  func reversal(
    _ environment: EnvironmentContext, _ state: EnvironmentState, _ connection: any Connection
  ) throws(MetaxyError) -> Reversal {
    var reversal = Reversal(file ?? logged, direction.opposite, rows: state.current)
    let recorded = RecordedReversal(environment, state, connection)
    if let sections = try recorded.sections(undoing: self) {
      reversal.file.sections = sections
      return reversal
    }
    let dialect = environment.dialect
    let written = try WrittenReversal(
      reversal, after: logged.sections(direction, dialect: dialect.name), section: origin.section,
      statement: origin.begunStatements, dialect)
    reversal.file.sections = try written.sections(reversal.file.sections(direction.opposite, dialect: dialect.name))
    reversal.skipsPresentEffects = true
    if isBeingUndone {
      reversal.section = entry.section
      reversal.statement = entry.statement
    }
    return reversal
  }
}
