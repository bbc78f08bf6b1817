import MetaxyDatabase
import MetaxyRuntime
import MetaxySQLite
import MetaxySchema
import MetaxyTestSupport
import Testing

@Suite(.timed) struct RoundTripPropertyTests {
  /// Pairs of schemas, the same in every run: change the seed to try others.
  @Test func randomChangesLeadToAFreshCatalogAndBack() throws {
    let seed: UInt64 = 20_261_122
    var files: [String] = []
    var changes = 0
    let pairs = TestSize.count(60, long: 1_000)
    for number in 0..<pairs {
      var generator = RandomSchema(seed: seed + UInt64(number))
      let (first, second) = generator.pair()
      do {
        let scratch = try Self.fresh(first)
        let before = try scratch.copy(as: "before.db")
        let kept = try Self.keptValues(of: scratch, first, second)
        let trip = try RoundTrip(scratch, to: second)
        changes += trip.operations.count
        try trip.upgrade()
        let after = try scratch.copy(as: "after.db")
        #expect(try RoundTrip(scratch, to: second).operations.map(\.description) == [], "seed \(seed), pair \(number)")
        #expect(try Self.keptValues(of: scratch, first, second) == kept, "seed \(seed), pair \(number)")
        try trip.downgrade()
        #expect(try Self.keptValues(of: scratch, first, second) == kept, "seed \(seed), pair \(number)")
        files += [try Self.fresh(second).path, after, before, scratch.path]
      } catch {
        Issue.record(error, "seed \(seed), pair \(number)")
      }
    }
    #expect(changes > pairs * 2)
    let lines = try SQLiteSignature.lines(of: files)
    for number in 0..<(lines.count / 4) {
      let four = lines[(number * 4)..<(number * 4 + 4)].map { $0 }
      let upgrade = Set(four[1]).symmetricDifference(four[0])
      #expect(upgrade == [], "seed \(seed), pair \(number): upgraded and fresh differ")
      let downgrade = Set(four[3]).symmetricDifference(four[2])
      #expect(downgrade == [], "seed \(seed), pair \(number): undone and before differ")
    }
  }

  /// A database with the tables of `schema` and two rows in each.
  private static func fresh(_ schema: Schema) throws -> ScratchDatabase {
    let dialect = SQLiteDialect()
    let operations = SchemaComparison(rules: dialect).operations(from: Schema(), to: schema)
    let scratch = try ScratchDatabase("PRAGMA journal_mode = DELETE")
    let connection = try scratch.database.openForWriting()
    for section in try dialect.sections(for: operations, on: RenamedSchema(Schema())) {
      for statement in section.statements { try connection.execute(statement.sql) }
    }
    for table in schema.sorted {
      try scratch.run("INSERT INTO \(SQLWriter(dialect).name(table.name)) (id) VALUES ('a'), ('b')")
    }
    return scratch
  }

  /// The values of the columns that both schemas have.
  private static func keptValues(of scratch: ScratchDatabase, _ first: Schema, _ second: Schema) throws -> [[String?]] {
    var values: [[String?]] = []
    for table in first.sorted {
      guard let other = second[table.name] else { continue }
      let columns = table.columns.filter { other.column($0.name) != nil }.map { SQLiteDialect().quoted($0.name) }
      values += try scratch.rows(
        "SELECT \(columns.joined(separator: ", ")) FROM \(SQLWriter(SQLiteDialect()).name(table.name))")
    }
    return values
  }
}
