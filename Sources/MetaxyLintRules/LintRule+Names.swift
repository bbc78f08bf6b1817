extension LintRule {
  package static let renamedTable = LintRule(
    "BC101", .names, as: .advice, "renames a table that running programs use by its old name",
    instead: "create a view with the old name in the same section until no program uses it")
  package static let renamedColumn = LintRule(
    "BC102", .names, as: .advice, "renames a column that running programs use by its old name",
    instead: "add a column with the new name, write both, move the readers, drop the old one")
  package static let newNulls = LintRule(
    "BC103", .names, as: .advice, "lets a column hold NULL, which running programs may not expect",
    instead: "deploy programs that read NULL first")
  package static let renamedObject = LintRule(
    "BC104", .names, on: onPostgreSQL, as: .advice,
    "renames an enum value, a type or a schema that running programs use",
    instead: "add the new one, move the programs, remove the old one")
  package static let droppedForeignKey = LintRule(
    "CD101", .names, as: .advice, "drops a foreign key: rows can refer to rows that do not exist",
    instead: "keep it, or make the programs keep the rule")
  package static let droppedKey = LintRule(
    "CD102", .names, as: .advice, "drops a primary key or unique constraint: rows can become duplicates",
    instead: "keep it, or make the programs keep the rule")
  package static let longName = LintRule(
    "PG317", .names, on: onPostgreSQL, "a name has more than 63 bytes, and PostgreSQL cuts it without an error",
    instead: "use a shorter name")
  package static let paddedType = LintRule(
    "PG316", .names, on: onPostgreSQL, as: .advice, "uses a type that has a better successor",
    instead: "`text` for `char(n)`, `timestamp with time zone` for `timestamp`, `numeric` for `money`")

  static let names = [
    renamedTable, renamedColumn, newNulls, renamedObject, droppedForeignKey, droppedKey, paddedType, longName,
  ]
}
