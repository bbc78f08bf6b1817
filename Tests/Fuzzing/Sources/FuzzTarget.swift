import MetaxyConfiguration
import MetaxyDatabase
import MetaxyFeatures
import MetaxyJSON
import MetaxyNames
import MetaxyPostgreSQL
import MetaxyRevisions
import MetaxyRows
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxySyntax
import MetaxyTOML
import MetaxyTime

@testable import MetaxyPostgreSQLDriver
@testable import MetaxyProject

/// A parser of text that users or databases write. No text may end the process, and what a parser accepts has properties.
enum FuzzTarget: String, CaseIterable {
  /// `metaxy.toml`.
  case toml
  /// Any JSON.
  case json
  /// The record beside a revision file.
  case record
  /// A revision file.
  case revision
  /// `alembic.ini`.
  case ini
  /// An exported graph, in each generation.
  case graph
  /// The statements of each dialect.
  case sqlite, postgresql
  /// The text of a value from libpq; the first byte chooses the type.
  case values
  /// A Swift file with features.
  case swift
  /// A file of rows, in each format.
  case rows
  /// The text of a value in a file of rows; the first byte chooses the type of its column.
  case cells

  private static let lexicons: Lexicons = ["sqlite": .sqlite, "postgresql": .postgresql]

  /// Parses `bytes`; traps if a property does not hold.
  func run(_ bytes: [UInt8]) {
    switch self {
    case .toml: _ = try? TOMLDocument(text(bytes), file: "metaxy.toml")
    case .json: _ = try? JSONValue(parsing: bytes, file: "a.json")
    case .record:
      guard let json = try? JSONValue(parsing: bytes, file: "a.json") else { return }
      _ = try? RevisionRecord(json: json)
    case .revision: revision(text(bytes))
    case .ini: _ = try? INIFile(text(bytes), displayText: "alembic.ini", here: "/")
    case .graph:
      for generation in Generation.allCases { _ = ExportedGraph(bytes, file: "a.json", generation) }
    case .sqlite: statements(text(bytes), .sqlite)
    case .postgresql: statements(text(bytes), .postgresql)
    case .values: value(bytes)
    case .swift: source(bytes)
    case .rows: for format in RowFormat.allCases { rows(bytes, format) }
    case .cells: cell(bytes)
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  /// What is parsed and rendered parses to the same value.
  private func revision(_ text: String) {
    guard let file = try? RevisionFile(parsing: text, path: "a.sql", lexicons: Self.lexicons) else { return }
    guard let rendered = try? file.checkedText(lexicons: Self.lexicons) else { return }
    let again = try? RevisionFile(parsing: rendered, path: "a.sql", lexicons: Self.lexicons)
    precondition(again?.withoutPositions == file.withoutPositions, "another revision after rendering")
  }

  /// Tokens are slices of the text, in order, and no statement is empty.
  private func statements(_ text: String, _ lexicon: Lexicon) {
    if let tokens = try? SQLTokenizer.tokens(of: text, lexicon: lexicon, includingComments: true) {
      var rest = text.utf8[...]
      for token in tokens {
        precondition(!token.text.isEmpty, "an empty token")
        while let byte = rest.first, byte != token.text.utf8.first { rest = rest.dropFirst() }
        precondition(rest.starts(with: token.text.utf8), "a token that is not in the text")
        rest = rest.dropFirst(token.text.utf8.count)
      }
    }
    var reader = StatementReader(text, lexicon: lexicon)
    while let event = try? reader.next() {
      if case .statement(let statement) = event { precondition(!statement.sql.isEmpty, "an empty statement") }
    }
  }

  private func value(_ bytes: [UInt8]) {
    let types: [UInt32] = [16, 17, 20, 21, 23, 26, 700, 701, 1114, 1184, 1700, 2950, 3802]
    guard let first = bytes.first else { return }
    let text = text(Array(bytes.dropFirst()))
    _ = SQLValue(text: text, type: types[Int(first) % types.count])
    _ = Timestamp(text)
    _ = PostgreSQLTypes.type(formatted: text)
  }

  /// What the cache keeps of a file is what the file declares, and tables follow from it.
  private func source(_ bytes: [UInt8]) {
    let files = [SourceFile(path: InputFile.path(with: bytes), displayPath: "F.swift")]
    for generation in Generation.allCases {
      guard let result = try? Discovery.read(files, generation, DeclarationCache([], fingerprint: "")) else { return }
      let kept = DeclarationCache(result.cacheUpdate?.bytes ?? [], fingerprint: "")
      let again = try? Discovery.read(files, generation, kept)
      precondition(again?.definitions == result.definitions, "other features from the cache")
      precondition(again?.diagnostics == result.diagnostics, "other problems from the cache")
      _ = Derivation(infersTableNames: true, reservedTables: []).schema(of: result.definitions)
    }
  }

  /// Rows that are written are read as they were.
  private func rows(_ bytes: [UInt8], _ format: RowFormat) {
    guard let text = rewritten(bytes, format) else { return }
    precondition(rewritten(text, format) == text, "other rows after writing")
  }

  /// Reads rows and returns the text that has them; nil if they are refused.
  private func rewritten(_ bytes: [UInt8], _ format: RowFormat) -> [UInt8]? {
    let json = RowColumn(name: "j", type: .json, dialect: .sqlite)
    let path = InputFile.path(with: bytes)
    guard let reader = try? format.reader(of: path, displayPath: "rows", for: [json]) else { return nil }
    var rows: [[Cell?]] = []
    while true {
      do {
        guard let row = try reader.next() else { break }
        rows.append(row.cells)
      } catch {
        return nil
      }
    }
    let columns = reader.columns.map { $0 == json.name ? json : RowColumn(name: $0, type: .string, dialect: .sqlite) }
    var writer = RowTextWriter(format, columns)
    for row in rows {
      writer.append(columns.indices.map { $0 < row.count ? row[$0] ?? .null : .null })
    }
    return writer.take()
  }

  /// SQLite stores the value of a file, and the file that is written from it has the same value.
  private func cell(_ bytes: [UInt8]) {
    let types: [ColumnType] = [
      .string, .string(length: 3), .bigint, .integer, .smallint, .double, .real, .boolean, .timestamp, .date, .time,
      .numeric, .numeric(12, 2), .uuid, .binary, .interval, .json, .raw("X"),
    ]
    guard let first = bytes.first else { return }
    let type = types[Int(first) % types.count]
    let text = Cell.text(text(Array(bytes.dropFirst())))
    _ = try? RowColumn(name: "c", type: type, dialect: .postgresql).stored(text)
    let column = RowColumn(name: "c", type: type, dialect: .sqlite)
    guard let stored = try? column.stored(text) else { return }
    guard let written = try? column.cell(stored) else { preconditionFailure("a value that cannot be written") }
    precondition((try? column.stored(written)) == stored, "another value after writing")
  }
}
