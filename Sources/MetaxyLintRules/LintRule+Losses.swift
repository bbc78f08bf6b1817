extension LintRule {
  package static let droppedTable = LintRule(
    "DS102", .loss, "drops a table with its rows",
    instead:
      "keep the table for a release under another name, and drop it when nothing reads it; or consent in the file")
  package static let droppedColumn = LintRule(
    "DS103", .loss, "drops a column with its values",
    instead: "deploy programs that do not read the column first; then consent in the file")
  package static let lossyType = LintRule(
    "DS104", .loss, "converts a column to a type that cannot hold all of its values unchanged",
    instead: "add a column of the new type, copy and compare the values, then drop the old column")
  package static let allRows = LintRule(
    "DS105", .loss, "deletes or overwrites every row of a table", instead: "add a `WHERE` for the rows that you mean")
  package static let cascade = LintRule(
    "DS106", .loss, on: onPostgreSQL, "drops, by `CASCADE`, whatever depends on an object",
    instead: "drop each dependent object by its name, so that the file lists all that is lost")
  package static let removedEnumValue = LintRule(
    "DS107", .loss, on: onPostgreSQL, "removes a value of an enum type, which programs may still write",
    instead: "deploy programs that do not write the value first, and change the rows that have it")

  static let losses = [droppedTable, droppedColumn, lossyType, allRows, cascade, removedEnumValue]
}
