import MetaxyErrors
import MetaxyFeatures
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyRevisions
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema

/// A dialect of no engine, every word of it misspelt: what comes out spelt rightly did not come from the dialect.
struct NonsenseDialect: Dialect {
  func batchKey(of table: TableName, _ connection: any Connection) throws(MetaxyError) -> BatchKey {
    BatchKey(["place"], needsSorting: true) { "\($0)" }
  }

  let name = "nonsense"
  let lexicon = Lexicon()
  /// Its own: what it writes is not shared.
  var scriptSQL: any ScriptSQL { SQLiteDialect().scriptSQL }

  func quoted(_ identifier: String) -> String { "<\(identifier)>" }
  func text(ofCollation name: String) -> String { "kolating~\(name)" }
  func typeName(of type: ColumnType, in options: [TableOption]) throws(MetaxyError) -> String {
    "tipe~\(type.displayText.filter { $0 != " " })" + (options.contains(.strict) ? "!" : "")
  }
  func literal(_ value: LiteralValue) -> String {
    switch value {
    case .string(let text): "´\(text)´"
    case .integer(let digits), .float(let digits): "nr~\(digits)"
    case .boolean(let value): value ? "troo" : "faals"
    case .null: "nul"
    }
  }
  func text(of defaultValue: ColumnDefault) -> String {
    switch defaultValue {
    case .literal(let value): literal(value)
    case .currentTimestamp: "KURENT_TYMSTAMP"
    case .expression(let expression): "{\(expression.text(for: name))}"
    }
  }
  func text(of generated: GeneratedValue) -> String {
    "JENERATED {\(generated.expression.text(for: name))} \(generated.isStored ? "STOARD" : "VIRCHUAL")"
  }
  func text(of options: [TableOption]) -> String {
    options.map { $0 == .strict ? "STRIKT" : "WITHOWT" }.joined(separator: "+")
  }
  var autoincrementKeyword: String { "AWTO" }
  func text(of resolution: ConflictResolution?) -> String { resolution == nil ? "" : " ON KONFLIKT" }
  func exactText(of column: String) -> String { "TXET \(column)" }
  var versionQuery: String { "ELECTS NOISREV" }
  func placeholder(_ position: Int) -> String { "¿\(position)" }

  func sections(for operations: [MigrationOperation], on live: RenamedSchema) throws(MetaxyError)
    -> [RenderedSection]
  {
    let renderer = NonsenseRenderer(writer: SQLWriter(self), dialect: self)
    var statements: [RenderedStatement] = []
    for operation in operations { statements.append(RenderedStatement(try renderer.render(operation))) }
    return [RenderedSection(statements)]
  }

  func isAlreadyApplied(_ statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) -> Bool { false }
  func exists(_ object: CatalogObject, _ connection: any Connection) throws(MetaxyError) -> Bool { false }
  func renamedTable(_ statement: [SQLToken]) -> TableName? { nil }
  func losses(of section: [[SQLToken]]) -> [(statement: Int, loss: PotentialLoss)] { [] }

  func isSame(_ left: ColumnType, _ right: ColumnType, in options: [TableOption]) -> Bool { left == right }
  func isSame(_ left: ColumnDefault?, _ right: ColumnDefault?) -> Bool { left == right }
  func isSame(_ left: SQLExpression, _ right: SQLExpression) -> Bool { left == right }
  func isSame(collation left: String?, _ right: String?) -> Bool { left == right }
  func isSame(_ left: ForeignKeyAction, _ right: ForeignKeyAction) -> Bool { left == right }
}

/// Writes every operation with what the writer writes for all engines.
private struct NonsenseRenderer {
  let writer: SQLWriter
  let dialect: NonsenseDialect

  func render(_ operation: MigrationOperation) throws(MetaxyError) -> String {
    switch operation {
    case .createTable(let creation): try writer.createTable(creation.definition)
    case .dropTable(let removal): "DORP TABEL \(writer.name(removal.table))"
    case .renameTable(let rename): "\(alter(rename)) RENAYM \(writer.name(rename.newName))"
    case .changeTableOptions(let change): "\(alter(change)) \(dialect.text(of: change.new))"
    case .addColumn(let addition):
      "\(alter(addition)) AD \(try writer.definition(of: addition.column, in: [.strict], with: []))"
    case .dropColumn(let removal): "\(alter(removal)) DORP \(writer.names([removal.column.name]))"
    case .renameColumn(let rename): "\(alter(rename)) RENAYM \(writer.names([rename.oldName, rename.newName]))"
    case .changeColumn(let change):
      "\(alter(change)) CHAYNGE \(try writer.definition(of: change.new, in: [], with: []))"
    case .addConstraint(let addition): "\(alter(addition)) AD \(writer.clause(addition.constraint))"
    case .dropConstraint(let removal): "\(alter(removal)) DORP \(writer.clause(removal.constraint))"
    case .createIndex(let creation): writer.createIndex(creation.index, on: creation.table)
    case .dropIndex(let removal): "DORP INDEKS \(dialect.quoted(removal.index.name.text))"
    case .changeStorage, .changePartition, .changeTableSettings, .renameConstraint, .changeConstraint, .renameIndex,
      .addPolicy, .dropPolicy,
      .renameValue, .renameEnumValue, .createSchema, .dropSchema, .createEnum, .dropEnum, .renameEnum, .addEnumValue,
      .changeEnum, .createSequence,
      .dropSequence, .changeSequence,
      .changeComment:
      throw MetaxyError(.cannotRender, "no shared code writes \(operation)")
    }
  }

  private func alter(_ operation: some OperationPayload) -> String { "ALTR \(writer.name(operation.table))" }
}
