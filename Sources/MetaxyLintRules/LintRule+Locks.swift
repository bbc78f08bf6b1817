extension LintRule {
  package static let blockingIndex = LintRule(
    "PG101", .locks, on: onPostgreSQL, "builds an index while no session can write to the table",
    instead: "`CREATE INDEX CONCURRENTLY` in a section with `transaction:false`")
  package static let blockingIndexDrop = LintRule(
    "PG102", .locks, on: onPostgreSQL, as: .advice,
    "drops an index with a lock that waits for every query on the table",
    instead: "`DROP INDEX CONCURRENTLY` in a section with `transaction:false`")
  package static let blockingPrimaryKey = LintRule(
    "PG104", .locks, on: onPostgreSQL, "builds the index of a primary key while no session can read the table",
    instead: "`CREATE UNIQUE INDEX CONCURRENTLY`, then `ADD PRIMARY KEY USING INDEX`")
  package static let blockingUnique = LintRule(
    "PG105", .locks, on: onPostgreSQL, "builds the index of a unique constraint while no session can read the table",
    instead: "`CREATE UNIQUE INDEX CONCURRENTLY`, then `ADD CONSTRAINT … UNIQUE USING INDEX`")
  package static let blockingExclusion = LintRule(
    "PG106", .locks, on: onPostgreSQL,
    "builds the index of an exclusion constraint while no session can read the table",
    instead: "run it when the table is not used, or copy the rows to a new table that has the constraint")
  package static let scannedNotNull = LintRule(
    "PG303", .locks, on: onPostgreSQL, "`SET NOT NULL` reads all rows while no session can read the table",
    instead:
      "add `CHECK (column IS NOT NULL) NOT VALID`, validate it in another section, set `NOT NULL`, drop the check")
  package static let scannedCheck = LintRule(
    "PG305", .locks, on: onPostgreSQL, "adds a check and reads all rows while no session can read the table",
    instead: "`ADD CONSTRAINT … NOT VALID`, then `VALIDATE CONSTRAINT` in a section with `transaction:false`")
  package static let scannedForeignKey = LintRule(
    "PG306", .locks, on: onPostgreSQL,
    "adds a foreign key and reads all rows while no session can write to both tables",
    instead: "`ADD CONSTRAINT … NOT VALID`, then `VALIDATE CONSTRAINT` in a section with `transaction:false`")
  package static let lateValidation = LintRule(
    "PG307", .locks, on: onPostgreSQL, "validates a constraint in the transaction that added it, which holds its lock",
    instead: "validate it in a section of its own with `transaction:false`")
  package static let longLock = LintRule(
    "PG309", .locks, on: onPostgreSQL,
    "changes rows of a table in a transaction that has locked all other sessions out of it",
    instead: "change the rows in another section")
  package static let hiddenLock = LintRule(
    "PG311", .locks, on: onPostgreSQL,
    "runs code that locks other sessions out of a table, which only `--measure` finds",
    instead: "write the statements that the code runs into the revision, or run it when the table is not used")
  package static let blockingMaintenance = LintRule(
    "PG313", .locks, on: onPostgreSQL,
    "`REINDEX`, `CLUSTER`, `VACUUM FULL` or `DETACH PARTITION` that locks out all sessions",
    instead: "the form with `CONCURRENTLY` in a section with `transaction:false`, where the statement has one")

  static let locks = [
    blockingIndex, blockingIndexDrop, blockingPrimaryKey, blockingUnique, blockingExclusion, scannedNotNull,
    scannedCheck, scannedForeignKey, lateValidation, longLock, hiddenLock, blockingMaintenance,
  ]
}
