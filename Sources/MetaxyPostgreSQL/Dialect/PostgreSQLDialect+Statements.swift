package import MetaxyErrors
package import MetaxyRuntime
package import MetaxySchema

// Renders operations in place, one after the other; long ones run while other sessions read and write.
extension PostgreSQLDialect {
  package func sections(
    for operations: [MigrationOperation], on live: RenamedSchema
  ) throws(MetaxyError) -> [RenderedSection] {
    let order = PostgreSQLOrder(operations, on: live)
    let renames = Array(operations.prefix(while: \.isRename))
    let plan = PostgreSQLPlan(
      order.operations + order.closingRenames, on: live, isOnline: isOnline,
      formerNames: PostgreSQLFormerNames(
        RenamedSchema(live.before, renames: renames, after: live.after), before: order.operations))
    var state = live.before
    var pending = live.renames.count
    var statements: [StagedStatement] = []
    for operation in order.operations {
      statements += try self.statements(for: operation, plan, state, live.notesObstacles)
      pending -= 1
      if pending == 0 { state = live.after } else { state.apply([operation]) }
    }
    let renderer = PostgreSQLRenderer(dialect: self, plan: plan, live: state)
    statements += renderer.restoration(of: live.before.lost)
    let isDoneAtOnce = statements.allSatisfy { $0.stage <= .main }
    for operation in order.closingRenames {
      statements += try self.statements(for: operation, plan, state, live.notesObstacles).map { statement in
        StagedStatement(statement.statement, isDoneAtOnce ? .main : .renames)
      }
    }
    return statements.sections
  }

  private func statements(
    for operation: MigrationOperation, _ plan: PostgreSQLPlan, _ live: LiveSchema, _ notesObstacles: Bool
  ) throws(MetaxyError) -> [StagedStatement] {
    try PostgreSQLRenderer(dialect: self, plan: plan, live: live, notesObstacles: notesObstacles).render(operation)
  }
}
