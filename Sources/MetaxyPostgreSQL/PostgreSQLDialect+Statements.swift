public import MetaxyErrors
public import MetaxyRuntime
public import MetaxySchema

// How PostgreSQL carries out operations: each in place, one after the other, and what takes its time beside other work.
extension PostgreSQLDialect {
  public func sections(
    for operations: [any MigrationOperation], on live: Schema
  ) throws(MetaxyError) -> [RenderedSection] {
    let renaming: Schema.ExpressionRenaming = { self.renaming($1, to: $2, in: $0) }
    let ordered = PostgreSQLOrder(operations, on: live, renaming: renaming).operations
    let plan = PostgreSQLPlan(ordered, isOnline: isOnline)
    var state = live
    var statements: [StagedStatement] = []
    for operation in ordered {
      do {
        statements += try operation.render(with: PostgreSQLRenderer(dialect: self, plan: plan, state: state))
      } catch let error as MetaxyError {
        throw error
      } catch {
        throw .cannotRender(operation, cause: error)
      }
      state = state.applying([operation], renaming: renaming)
    }
    return statements.sections
  }
}
