extension LintRule {
  private static let counted =
    "count such rows before anything runs: `-- metaxy:requires 'what' SELECT count(*) FROM …` above the statement"

  package static let uniqueRows = LintRule(
    "MF101", .failure, "fails if existing rows share the values of a new key, unique constraint or unique index",
    instead: counted)
  package static let requiredColumn = LintRule(
    "MF103", .failure, "adds a `NOT NULL` column without a default, which fails if the table has rows",
    instead: "give the column a constant default, or add it nullable, set it in all rows, then set `NOT NULL`")
  package static let nullRows = LintRule(
    "MF104", .failure, "fails if the column holds NULL",
    instead: "first `UPDATE … SET column = value WHERE column IS NULL`; or \(counted)")
  package static let violatedConstraint = LintRule(
    "MF105", .failure, "fails if existing rows violate a new check, foreign key or exclusion constraint",
    instead: counted)
  package static let unfitValues = LintRule(
    "MF106", .failure, "fails if existing values do not fit a new type", instead: counted)
  package static let refusedColumn = LintRule(
    "MF107", .failure, on: onSQLite,
    "`ADD COLUMN` with a key, `UNIQUE`, or a value that SQLite cannot compute for rows",
    instead: "rebuild the table, as `metaxy revision --autogenerate` does")

  static let failures = [uniqueRows, requiredColumn, nullRows, violatedConstraint, unfitValues, refusedColumn]
}
