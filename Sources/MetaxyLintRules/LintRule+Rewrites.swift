extension LintRule {
  package static let rewritingType = LintRule(
    "PG301", .rewrites, on: onPostgreSQL, "changes a type so that the table is rewritten while no session can read it",
    instead: "add a column of the new type, copy the values in parts, exchange the columns")
  package static let volatileDefault = LintRule(
    "PG302", .rewrites, on: onPostgreSQL, "adds a column with a volatile default, which rewrites the table",
    instead: "add the column without it, `SET DEFAULT`, then set the value of existing rows in parts")
  package static let computedColumn = LintRule(
    "PG308", .rewrites, on: onPostgreSQL,
    "adds a stored generated, identity or serial column, which rewrites the table",
    instead: "add a plain column, let a trigger set it, set the existing rows in parts")
  package static let otherRewrite = LintRule(
    "PG310", .rewrites, on: onPostgreSQL, "changes how a table is stored, which rewrites it",
    instead: "run it when the table is not used")

  static let rewrites = [rewritingType, volatileDefault, computedColumn, otherRewrite]
}
