/// A trigger, as its engine prints it.
package struct Trigger: Sendable, Hashable {
  package var name: String
  package var sql: String

  package init(name: String, sql: String) {
    self.name = name
    self.sql = sql
  }
}
