public import MetaxyErrors
public import MetaxyRuntime
public import MetaxySchema

// How PostgreSQL carries out operations: each in place, one after the other, and what takes its time beside other work.
extension PostgreSQLDialect {
  public func sections(
    for operations: [any MigrationOperation], on live: RenamedSchema
  ) throws(MetaxyError) -> [RenderedSection] {
    let ordered = PostgreSQLOrder(operations, on: live).operations
    let plan = PostgreSQLPlan(ordered, isOnline: isOnline)
    var state = live.before
    var pending = live.renames.count
    var statements: [StagedStatement] = []
    for operation in ordered {
      do {
        statements += try operation.render(with: PostgreSQLRenderer(dialect: self, plan: plan, state: state))
      } catch let error as MetaxyError {
        throw error
      } catch {
        throw .cannotRender(operation, cause: error)
      }
      pending -= 1
      state = pending == 0 ? live.after : state.applying([operation])
    }
    return statements.sections
  }
}
