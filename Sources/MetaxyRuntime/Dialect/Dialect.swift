package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyNames
package import MetaxySQL
package import MetaxySchema

/// The SQL that an engine supports, and its spelling.
///
/// Shared code contains no SQL of a single engine. A dialect throws an error for what the engine does not support; it
/// never writes an approximation.
package protocol Dialect: ComparisonRules {
  /// The dialect's name in sections and configuration: `sqlite`.
  var name: String { get }
  /// The engine's lexical rules.
  var lexicon: Lexicon { get }

  /// The query for the part of the engine's version that decides what it can do: `3.40`, `15`.
  var versionQuery: String { get }

  /// Returns an expression whose text is equal for equal values of a column only.
  func exactText(of column: String) -> String

  /// The statements of offline scripts.
  var scriptSQL: any ScriptSQL { get }

  /// Whether the engine has schemas, so that the name of a table alone does not identify it.
  var hasSchemas: Bool { get }

  func quoted(_ identifier: String) -> String
  /// Returns the text after `COLLATE`.
  func text(ofCollation name: String) -> String
  /// Returns an expression as an element of an index, without direction.
  func text(ofIndexed expression: SQLExpression, hasCollation: Bool) -> String
  /// Returns the engine's name of a type in a table with these options.
  func typeName(of type: ColumnType, in options: [TableOption]) throws(MetaxyError) -> String
  func literal(_ value: LiteralValue) -> String
  /// Returns the text after `DEFAULT`.
  func text(of defaultValue: ColumnDefault) -> String
  /// Returns the clause of a generated column.
  func text(of generated: GeneratedValue) -> String
  /// Returns the clause after the type of an identity column; empty without an identity.
  func text(of identity: Identity?) -> String
  /// Returns the text after the closing parenthesis of `CREATE TABLE`; empty without options.
  func text(of options: [TableOption]) -> String
  /// The keyword that makes a primary key in a column's definition number its rows.
  var autoincrementKeyword: String { get }
  /// Returns the clause after a constraint with a conflict resolution, with a leading space; empty if the engine has
  /// none.
  func text(of resolution: ConflictResolution?) -> String
  /// Returns the placeholder of a parameter; the first is 1.
  func placeholder(_ position: Int) -> String

  /// Returns the sections that carry out `operations` on a database whose tables are `live`.
  ///
  /// - Parameter operations: renames of `live`, if any, come first. Preconditions refer to the tables before these.
  /// - Throws: an error with every operation that the engine does not support.
  func sections(
    for operations: [MigrationOperation], on live: RenamedSchema
  ) throws(MetaxyError) -> [RenderedSection]

  /// Returns the key by which an UPDATE of a table runs in batches.
  func batchKey(of table: TableName, _ connection: any Connection) throws(MetaxyError) -> BatchKey

  /// Returns whether the effect of a statement is already present: a run can be interrupted between a statement outside
  /// transactions and its log entry. False for statements for which this cannot be determined.
  func isAlreadyApplied(_ statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) -> Bool

  /// Removes the partial result of an interrupted statement outside transactions, so that it can run again.
  func cleanUpPartial(of statement: [SQLToken], _ connection: any Connection) throws(MetaxyError)

  /// Returns the indexes that an unfinished statement outside transactions left behind, which no query uses, for display.
  func partialResults(of statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) -> [String]

  /// Returns whether the database has an object of this kind and name.
  func exists(_ object: CatalogObject, _ connection: any Connection) throws(MetaxyError) -> Bool

  /// Returns whether an error means that the object that a statement creates exists.
  func meansExisting(_ error: MetaxyError) -> Bool
  /// Returns whether an error means that a schema is missing.
  func meansMissingSchema(_ error: MetaxyError) -> Bool
  /// Returns whether an error means that other objects depend on what a statement changes or drops.
  func meansDependents(_ error: MetaxyError, of statement: [SQLToken]) -> Bool

  /// Returns the table that a statement renames, or whose column it renames; nil for other statements.
  func renamedTable(_ statement: [SQLToken]) -> TableName?

  /// Returns the potential losses of a section's statements; the runner then checks whether there is data to lose.
  ///
  /// The section is analysed as a whole: a table that is copied, dropped and replaced under its name loses no rows.
  func losses(of section: [[SQLToken]]) -> [(statement: Int, loss: PotentialLoss)]

  /// Returns what a change of a column's type can do to existing rows.
  func effect(ofChanging old: Column, to new: Column, of table: Table, in schema: Schema) -> TypeChangeEffect
}

extension Dialect {
  package var hasSchemas: Bool { true }
  package func allowedValues(of check: SQLExpression) -> AllowedValues? {
    AllowedValues(check, for: name, lexicon: lexicon)
  }
  package func meansExisting(_ error: MetaxyError) -> Bool { false }
  package func meansDependents(_ error: MetaxyError, of statement: [SQLToken]) -> Bool { false }
  /// The default for engines whose conversions are not known.
  package func effect(
    ofChanging old: Column, to new: Column, of table: Table, in schema: Schema
  ) -> TypeChangeEffect {
    TypeChangeEffect(changesValues: true, canFail: true, rewritesTable: true)
  }
  package func meansMissingSchema(_ error: MetaxyError) -> Bool { false }
  package func text(ofIndexed expression: SQLExpression, hasCollation: Bool) -> String {
    "(\(expression.text(for: name)))"
  }
  package func text(of resolution: ConflictResolution?) -> String { "" }
  package func text(of identity: Identity?) -> String { "" }
  /// The default for engines whose statements leave no partial results.
  package func cleanUpPartial(of statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) {}
  package func partialResults(of statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) -> [String] {
    []
  }
}

/// Statements that run in one transaction, or each without one.
package struct RenderedSection: Sendable, Hashable {
  package var statements: [RenderedStatement]
  /// False if each statement runs by itself without a transaction.
  package var runsInTransaction: Bool
  /// Whether foreign keys are off around the transaction.
  package var turnsForeignKeysOff: Bool
  /// The number of rows that its only statement, an UPDATE, changes in one transaction; nil if it runs once.
  package var batchRows: Int?
  /// The expected state of the table that the section rebuilds; nil if it rebuilds none.
  package var expectation: TableExpectation?

  package init(
    _ statements: [RenderedStatement], runsInTransaction: Bool = true, turnsForeignKeysOff: Bool = false,
    batchRows: Int? = nil, expectation: TableExpectation? = nil
  ) {
    self.statements = statements
    self.runsInTransaction = runsInTransaction
    self.turnsForeignKeysOff = turnsForeignKeysOff
    self.batchRows = batchRows
    self.expectation = expectation
  }
}

/// A statement of a dialect, with the information for the reader of the file.
package struct RenderedStatement: Sendable, Hashable {
  package var sql: String
  /// The possible failures on some rows, as sentences; they are comments above the statement.
  package var notes: [String]
  /// A table that must be empty, or the engine refuses the statement; under its name before the revision.
  package var emptyTable: TableName?
  /// The columns for which its rows have no value, as `video.fps`.
  package var columnsWithoutValue: [String]
  /// Which rows it has.
  package var examples: RowExamples?
  /// The conditions that existing rows must meet before the revision, or the statement fails.
  package var preconditions: [RowCondition]
  /// Expressions that the engine does not evaluate in the statement, but later, for each new row.
  package var laterExpressions: [String]

  package init(
    _ sql: String, notes: [String] = [], emptyTable: TableName? = nil, columnsWithoutValue: [String] = [],
    examples: RowExamples? = nil, preconditions: [RowCondition] = [], laterExpressions: [String] = []
  ) {
    self.laterExpressions = laterExpressions
    self.sql = sql
    self.notes = notes
    self.emptyTable = emptyTable
    self.columnsWithoutValue = columnsWithoutValue
    self.examples = examples
    self.preconditions = preconditions
  }
}

/// The data that a statement loses if there are rows.
package enum PotentialLoss: Sendable, Hashable {
  /// A table is dropped with its rows.
  case table(TableName)
  /// The tables of a schema are dropped with it.
  case tables(inSchema: String)
  /// The values of a column are dropped or overwritten.
  case column(String, of: TableName, isDropped: Bool)
  /// All rows of a table are deleted.
  case rows(of: TableName)
  /// The values of rows change: what is wrong with them, how many there are, and the rule.
  case values(String, rows: Int64, rule: String)
  /// A table is rebuilt with its rows, but only with these columns.
  case replacement(of: TableName, keeping: [String])

  /// The safety rule that requires consent, as named in `metaxy:allow`.
  package var rule: String {
    switch self {
    case .table, .tables: "DS102"
    case .column(_, of: _, isDropped: true), .replacement: "DS103"
    case .column, .rows: "DS105"
    case .values(_, rows: _, rule: let rule): rule
    }
  }
}
