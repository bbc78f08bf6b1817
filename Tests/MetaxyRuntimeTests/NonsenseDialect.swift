import MetaxyErrors
import MetaxyFeatures
import MetaxyNames
import MetaxyRevisions
import MetaxyRuntime
import MetaxySQL
import MetaxySchema

/// A dialect of no engine, every word of it misspelt: what comes out spelt rightly did not come from the dialect.
struct NonsenseDialect: Dialect {
  let name = "nonsense"
  let lexicon = Lexicon()

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
  func placeholder(_ position: Int) -> String { "¿\(position)" }

  func sections(for operations: [any MigrationOperation], on live: RenamedSchema) throws(MetaxyError)
    -> [RenderedSection]
  {
    let renderer = NonsenseRenderer(writer: SQLWriter(self), dialect: self)
    var statements: [RenderedStatement] = []
    for operation in operations {
      do {
        statements.append(RenderedStatement(try operation.render(with: renderer)))
      } catch {
        throw MetaxyError(.init("nonsense"), "\(error)")
      }
    }
    return [RenderedSection(statements)]
  }

  func isAlreadyApplied(_ statement: [SQLToken], _ connection: any Connection) throws(MetaxyError) -> Bool { false }
  func renamedTable(_ statement: [SQLToken]) -> TableName? { nil }
  func losses(of section: [[SQLToken]]) -> [(statement: Int, loss: PotentialLoss)] { [] }

  func isSame(_ left: ColumnType, _ right: ColumnType, in options: [TableOption]) -> Bool { left == right }
  func isSame(_ left: ColumnDefault?, _ right: ColumnDefault?) -> Bool { left == right }
  func isSame(_ left: SQLExpression, _ right: SQLExpression) -> Bool { left == right }
  func isSame(collation left: String?, _ right: String?) -> Bool { left == right }
  func isSame(_ left: ForeignKeyAction, _ right: ForeignKeyAction) -> Bool { left == right }
}

/// Says every operation with what the writer writes for all engines.
private struct NonsenseRenderer: OperationRenderer {
  let writer: SQLWriter
  let dialect: NonsenseDialect

  func render(_ operation: CreateTable) throws -> String { try writer.createTable(operation.definition) }
  func render(_ operation: DropTable) throws -> String { "DORP TABEL \(writer.name(operation.table))" }
  func render(_ operation: RenameTable) throws -> String {
    "ALTR \(writer.name(operation.table)) RENAYM \(writer.name(operation.newName))"
  }
  func render(_ operation: RenameColumn) throws -> String {
    "ALTR \(writer.name(operation.table)) RENAYM \(writer.names([operation.oldName, operation.newName]))"
  }
  func render(_ operation: AddColumn) throws -> String {
    "ALTR \(writer.name(operation.table)) AD \(try writer.definition(of: operation.column, in: [.strict], with: []))"
  }
  func render(_ operation: DropColumn) throws -> String {
    "ALTR \(writer.name(operation.table)) DORP \(writer.names([operation.column.name]))"
  }
  func render(_ operation: ChangeColumn) throws -> String {
    "ALTR \(writer.name(operation.table)) CHAYNGE \(try writer.definition(of: operation.new, in: [], with: []))"
  }
  func render(_ operation: AddConstraint) throws -> String {
    "ALTR \(writer.name(operation.table)) AD \(writer.clause(operation.constraint))"
  }
  func render(_ operation: DropConstraint) throws -> String {
    "ALTR \(writer.name(operation.table)) DORP \(writer.clause(operation.constraint))"
  }
  func render(_ operation: CreateIndex) throws -> String { writer.createIndex(operation.index, on: operation.table) }
  func render(_ operation: DropIndex) throws -> String { "DORP INDEKS \(dialect.quoted(operation.index.name.text))" }
  func render(_ operation: ChangeTableOptions) throws -> String {
    "ALTR \(writer.name(operation.table)) \(dialect.text(of: operation.new))"
  }
}
