import Foundation
import MetaxyErrors
import MetaxyNames
import MetaxyRuntime
import MetaxySQL
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct RandomChangeTests {
  /// Pairs of schemas, the same in every run. `METAXY_TEST_PAIRS` asks for more, `METAXY_TEST_SEED` for others: the pair that
  /// a failure names with its seed is then the first.
  @Test func anyChangeLeadsToAFreshCatalogAndBack() throws {
    let environment = ProcessInfo.processInfo.environment
    let start = environment["METAXY_TEST_SEED"].flatMap { UInt64($0) } ?? 20_261_122
    let pairs = environment["METAXY_TEST_PAIRS"].flatMap { Int($0) } ?? TestSize.count(60, long: 5_000)
    var tally = Tally()
    for first in stride(from: 0, to: pairs, by: 100) {
      try run((first..<min(first + 100, pairs)).map { start &+ UInt64($0) }, &tally)
    }
    // A generator that finds nothing to change, or no rows, would show nothing.
    #expect(tally.operations > pairs * 3)
    #expect(tally.rows > pairs)
  }

  private struct Tally {
    var operations = 0
    var rows = 0
  }

  /// Runs the pairs of these seeds and compares their catalogs in one go.
  private func run(_ seeds: [UInt64], _ tally: inout Tally) throws {
    var files: [String] = []
    var done: [UInt64] = []
    var scratches: [ScratchDatabase] = []
    for seed in seeds {
      do {
        let pair = try ChangedPair(seed: seed)
        scratches += [pair.scratch, pair.fresh]
        let before = try pair.scratch.copy(as: "before.db")
        let kept = try pair.keptValues()
        let trip = try RoundTrip(pair.scratch, to: pair.desired, renames: pair.renames)
        tally.operations += trip.operations.count
        tally.rows += kept.count
        try trip.upgrade()
        let after = try pair.scratch.copy(as: "after.db")
        let again = try RoundTrip(pair.scratch, to: pair.desired, renames: pair.renames).operations.map(\.description)
        #expect(again == [], "seed \(seed): the second comparison")
        #expect(try pair.keptValues(renamed: true) == kept, "seed \(seed): values after the upgrade")
        try trip.downgrade()
        #expect(try pair.keptValues() == kept, "seed \(seed): values after the downgrade")
        files += [pair.fresh.path, after, before, pair.scratch.path]
        done.append(seed)
      } catch {
        Issue.record("seed \(seed): \(error) \((error as? MetaxyError)?.cause.map { "\($0)" } ?? "")")
      }
    }
    let lines = try SQLiteSignature.lines(of: files)
    for (number, seed) in done.enumerated() {
      let four = lines[(number * 4)..<(number * 4 + 4)].map { Set($0) }
      #expect(four[1].symmetricDifference(four[0]) == [], "seed \(seed): upgraded and fresh")
      #expect(four[3].symmetricDifference(four[2]) == [], "seed \(seed): undone and before")
    }
    for scratch in scratches { try FileManager.default.removeItem(at: scratch.directory) }
  }
}

/// The databases of a random pair: the original one with rows, and a new one with the desired schema.
struct ChangedPair {
  let scratch: ScratchDatabase
  let fresh: ScratchDatabase
  let desired: Schema
  let renames: Renames
  /// New names by old ones.
  private let names: [String: String]
  private let first: [SampleTable]
  private let second: [SampleTable]

  init(seed: UInt64) throws {
    var generator = RandomTables(seed: seed)
    (first, second, names) = generator.pair()
    scratch = try Self.database(first)
    fresh = try Self.database(second, renaming: names)
    desired = Schema(try fresh.schema().sorted.map { $0.withExplicitNames(by: SQLiteDialect()) })
    renames = Self.renames(names, of: second)
    try fill()
  }

  private static func renames(_ names: [String: String], of tables: [SampleTable]) -> Renames {
    var renames = Renames()
    for table in tables {
      let name = TableName(names[table.name] ?? table.name)
      if name.name != table.name { renames.tables[name] = table.name }
      let columns = table.columns.compactMap { column in names[column.name].map { ($0, column.name) } }
      if !columns.isEmpty { renames.columns[name] = Dictionary(columns) { first, _ in first } }
    }
    return renames
  }

  private static func database(
    _ tables: [SampleTable], renaming names: [String: String] = [:]
  ) throws -> ScratchDatabase {
    let statements = tables.flatMap { $0.statements(renaming: names) }
    return try ScratchDatabase("BEGIN; " + statements.map { "\($0);\n" }.joined() + "COMMIT")
  }

  /// Puts in rows that both schemas take, and that the first takes back without what the second does not have.
  ///
  /// SQLite says which those are: rows are put into one database for each of these, and go when one refuses them.
  private func fill() throws {
    let places = [scratch, try Self.database(second), try Self.database(first)]
    defer { for place in places.dropFirst() { try? FileManager.default.removeItem(at: place.directory) } }
    for table in first {
      let other = second.first { $0.name == table.name }
      let shared = table.stored.filter { other?.column($0.name).map { $0.generated == nil } ?? false }
      if other != nil, shared.isEmpty { continue }
      let filled = other == nil ? [scratch] : places
      for count in [4, 3, 1] {
        do {
          for (place, columns) in zip(filled, [table.stored, shared, shared]) {
            let rows = (1...count).map {
              Self.insertion(of: columns, into: table, beside: other, $0)
            }
            try place.run("BEGIN; \(rows.joined(separator: "; ")); COMMIT")
            // ON CONFLICT may have left out a row, or put it in the place of another.
            let found = try place.rows("SELECT count(*) FROM \(SampleTable.quoted(table.name))")
            guard found == [["\(count)"]] else { throw DatabaseFile.Failure(description: "\(found) of \(count) rows") }
          }
          break
        } catch is DatabaseFile.Failure {
          for place in filled { try place.run("DELETE FROM \(SampleTable.quoted(table.name))") }
        }
      }
    }
    try removeOrphans(places)
  }

  private static func insertion(
    of columns: [SampleTable.Column], into table: SampleTable, beside other: SampleTable?, _ number: Int
  ) -> String {
    let key = table.key + (other?.key ?? [])
    // The fourth row has nothing but what it must have.
    let values = columns.map { column in
      let later = other?.column(column.name)
      return number == 4 && !key.contains(column.name) && !column.isNotNull && later?.isNotNull != true
        ? "NULL" : value(of: column, as: later?.kind ?? column.kind, number)
    }
    return "INSERT INTO \(SampleTable.quoted(table.name)) (\(SampleTable.list(columns.map(\.name))))"
      + " VALUES (\(values.joined(separator: ", ")))"
  }

  /// Numbers as they are written in any type, so that a column may change its own and hold the same.
  private static func value(
    of column: SampleTable.Column, as kind: SampleTable.Column.Kind, _ number: Int
  ) -> String {
    guard column.kind == kind else { return "\(number)" }
    return switch kind {
    case .text, .integer: "\(number)"
    case .real: "\(number).5"
    case .blob: "x'0\(number)'"
    }
  }

  /// Empties tables whose rows refer to none, until there are no such rows.
  private func removeOrphans(_ places: [ScratchDatabase]) throws {
    while true {
      let orphans = try places.flatMap { try $0.rows("PRAGMA foreign_key_check").compactMap { $0[0] } }
      guard !orphans.isEmpty else { return }
      for (place, tables) in zip(places, [first, second, first]) {
        for table in tables where orphans.contains(table.name) {
          try place.run("DELETE FROM \(SampleTable.quoted(table.name))")
        }
      }
    }
  }

  /// The values of the columns that both schemas have, types included where the type stays; else `1` and `1.0` are one.
  func keptValues(renamed isRenamed: Bool = false) throws -> [[String?]] {
    let names = isRenamed ? names : [:]
    func quoted(_ name: String) -> String { SampleTable.quoted(names[name] ?? name) }
    return try first.flatMap { table -> [[String?]] in
      guard let other = second.first(where: { $0.name == table.name }) else { return [] }
      let kept = table.stored.compactMap { column -> String? in
        guard let later = other.column(column.name), later.generated == nil else { return nil }
        let name = quoted(column.name)
        return later.kind == column.kind ? "quote(\(name))" : "CAST(CAST(\(name) AS TEXT) AS REAL)"
      }
      guard !kept.isEmpty else { return [] }
      let rows = try scratch.rows("SELECT \(kept.joined(separator: ", ")) FROM \(quoted(table.name))")
      return rows.sorted { "\($0)" < "\($1)" }
    }
  }
}
