extension LintRule {
  package static let lostIndex = LintRule(
    "LT201", .rebuilds, on: onSQLite, "a rebuild written by hand loses an index of the table",
    instead: "create each index of the table after the rebuild, or let `metaxy revision --autogenerate` write it")
  package static let lostNumbering = LintRule(
    "LT202", .rebuilds, on: onSQLite, "a rebuild written by hand loses `AUTOINCREMENT`, so numbers can be used twice",
    instead: "declare the key with `PRIMARY KEY AUTOINCREMENT` in the new table")
  package static let deletingRebuild = LintRule(
    "LT203", .rebuilds, on: onSQLite,
    "a rebuild with foreign keys on deletes or changes the rows that refer to the table",
    instead: "begin the section with `-- metaxy:upgrade sqlite foreign_keys:off`")

  static let rebuilds = [lostIndex, lostNumbering, deletingRebuild]
}
