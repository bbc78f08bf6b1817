extension LintRule {
  package static let concurrentInTransaction = LintRule(
    "PG103", .transactions, on: onPostgreSQL, "a statement that PostgreSQL refuses in a transaction is in one",
    instead: "begin a section for it: `-- metaxy:upgrade postgresql transaction:false`")
  package static let newEnumValue = LintRule(
    "PG314", .transactions, on: onPostgreSQL,
    "uses a new enum value in the transaction that adds it, which PostgreSQL refuses",
    instead: "add the value in a section of its own, before the one that uses it")
  package static let mayExist = LintRule(
    "TX102", .transactions, as: .advice, "`IF NOT EXISTS` keeps an object of this name, whatever its definition",
    instead: "leave it out: a revision runs once, and an interrupted one is resumed")

  static let transactions = [concurrentInTransaction, newEnumValue, mayExist]
}
