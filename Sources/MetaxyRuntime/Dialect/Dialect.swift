package import MetaxyErrors
package import MetaxyFeatures
package import MetaxyNames
internal import MetaxyRevisions
package import MetaxySQL
package import MetaxySchema

/// What an engine can say and how it spells it.
///
/// Shared code asks; it holds no engine's words. What a dialect cannot say it refuses with an error, and never says wrongly.
package protocol Dialect: ComparisonRules {
  /// The dialect's name in sections and configuration: `sqlite`.
  var name: String { get }
  /// How the engine's SQL is read.
  var lexicon: Lexicon { get }

  func quoted(_ identifier: String) -> String
  /// What follows `COLLATE`.
  func text(ofCollation name: String) -> String
  /// The engine's word for a type in a table with these options.
  func typeName(of type: ColumnType, in options: [TableOption]) throws(MetaxyError) -> String
  func literal(_ value: LiteralValue) -> String
  /// What follows `DEFAULT`.
  func text(of defaultValue: ColumnDefault) -> String
  /// What makes a column a generated one.
  func text(of generated: GeneratedValue) -> String
  /// What follows a column's type where the engine numbers its rows; empty where it does not.
  func text(of identity: Identity?) -> String
  /// What follows the closing parenthesis of `CREATE TABLE`; empty when there is nothing to say.
  func text(of options: [TableOption]) -> String
  /// What makes a primary key in a column's definition number the rows by itself.
  var autoincrementKeyword: String { get }
  /// What follows a constraint that does not refuse rows in the usual way, with a space before it; empty where the engine
  /// knows no other way.
  func text(of resolution: ConflictResolution?) -> String
  /// A parameter's place in a statement; the first is 1.
  func placeholder(_ position: Int) -> String

  /// Returns the sections that carry out `operations` on a database whose tables are `live`.
  ///
  /// - Parameter operations: the renames of `live`, if any, come first. What rows must not be is said of the tables as they
  ///   are before these.
  /// - Throws: what the engine cannot do, every operation of it named.
  func sections(
    for operations: [any MigrationOperation], on live: RenamedSchema
  ) throws(MetaxyError) -> [RenderedSection]

  /// Whether what a statement does is done already: a run may have been ended between a statement that stands outside
  /// transactions and the note of it. False for statements of which that cannot be told.
  func isAlreadyApplied(_ statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) -> Bool

  /// Removes what a statement outside transactions left when it was ended halfway, so that it can run again.
  func cleanUpPartial(of statement: [SQLToken], _ connection: any Connection) throws(MetaxyError)

  /// The table that a statement renames, or of which it renames a column; nil for other statements.
  func renamedTable(_ statement: [SQLToken]) -> TableName?

  /// What the statements of a section would lose, so that the runner can look whether there is anything to lose.
  ///
  /// The section is looked at as a whole: a table that is copied, dropped and put back under its name loses no rows.
  func losses(of section: [[SQLToken]]) -> [(statement: Int, loss: PotentialLoss)]
}

extension Dialect {
  package func text(of resolution: ConflictResolution?) -> String { "" }
  package func text(of identity: Identity?) -> String { "" }
  /// Most engines leave nothing.
  package func cleanUpPartial(of statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) {}
}

/// Statements that run in one transaction, or each by itself.
package struct RenderedSection: Sendable, Hashable {
  package var statements: [RenderedStatement]
  /// False where each statement runs by itself, in no transaction.
  package var runsInTransaction: Bool
  /// Whether foreign keys are off around the transaction.
  package var turnsForeignKeysOff: Bool
  /// What the section knows of the table that it makes anew; nil where it makes none.
  package var expectation: TableExpectation?

  package init(
    _ statements: [RenderedStatement], runsInTransaction: Bool = true, turnsForeignKeysOff: Bool = false,
    expectation: TableExpectation? = nil
  ) {
    self.statements = statements
    self.runsInTransaction = runsInTransaction
    self.turnsForeignKeysOff = turnsForeignKeysOff
    self.expectation = expectation
  }
}

/// A statement that a dialect wrote, with what a reader of the file has to know.
package struct RenderedStatement: Sendable, Hashable {
  package var sql: String
  /// What can go wrong on some rows, in sentences; they stand above the statement.
  package var notes: [String]
  /// A table that must hold no rows, or the engine refuses the statement; under the name that it has before the revision.
  package var emptyTable: TableName?
  /// What rows must not be before the revision, or the statement fails.
  package var preconditions: [RowCondition]

  package init(
    _ sql: String, notes: [String] = [], emptyTable: TableName? = nil, preconditions: [RowCondition] = []
  ) {
    self.sql = sql
    self.notes = notes
    self.emptyTable = emptyTable
    self.preconditions = preconditions
  }
}

/// Something that no row may be.
package struct RowCondition: Sendable, Hashable {
  /// What is wrong where there are such rows: `video.size holds NULL`.
  package var message: String
  /// An expression that counts them.
  package var count: String
  /// What can be done about such rows, or instead of what they are in the way of; nil where nothing is known.
  package var remedy: String?

  package init(message: String, count: String, remedy: String? = nil) {
    self.message = message
    self.count = count
    self.remedy = remedy
  }
}

extension RowCondition {
  /// What can be done where no value is known for rows that there are.
  package static let valueRemedy =
    "make the property optional, or give it an initial value, or its column a default with `@Column(default: …)`,"
    + " which the rows that exist then get; or change these rows first"
}

/// What a statement loses where there are rows.
package enum PotentialLoss: Sendable, Hashable {
  /// A table goes, with its rows.
  case table(TableName)
  /// The tables of a schema go with it, whichever there are.
  case tables(inSchema: String)
  /// A column goes, or is overwritten, with its values.
  case column(String, of: TableName, isDropped: Bool)
  /// All rows of a table go.
  case rows(of: TableName)
  /// A table is made anew with its rows, and with no other columns than these.
  case replacement(of: TableName, keeping: [String])

  /// The rule whose consent lets it pass: the ids are those of the safety rules that `metaxy:allow` names.
  package var rule: String {
    switch self {
    case .table, .tables: "DS102"
    case .column(_, of: _, isDropped: true), .replacement: "DS103"
    case .column, .rows: "DS105"
    }
  }
}
