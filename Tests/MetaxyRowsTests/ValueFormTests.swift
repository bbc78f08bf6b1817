import MetaxyConfiguration
import MetaxyDatabase
import MetaxyFeatures
import MetaxyRows
import Testing

/// The forms that values have in files, and back. Expected texts are those that psql prints, or of the standard.
@Suite struct ValueFormTests {
  private static let sqlite: [(ColumnType, SQLValue, Cell)] = [
    (.bigint, .integer(9_007_199_254_740_993), .number("9007199254740993")),
    (.bigint, .integer(.min), .number("-9223372036854775808")),
    (.double, .real(.leastNonzeroMagnitude), .number("5e-324")), (.double, .real(-0.0), .number("-0.0")),
    (.double, .real(1.7976931348623157e308), .number("1.7976931348623157e+308")),
    (.double, .real(.infinity), .text("Infinity")),
    // The nearest number of 32 bits, and one of 64 bits that Python left there.
    (.real, .real(Double(Float(0.1))), .number("0.1")),
    (.real, .real(0.30000000000000004), .number("0.30000000000000004")), (.real, .real(0.1), .number("0.1000000000")),
    (.real, .real(1e-7), .number("1.000000000e-07")),
    (.numeric(12, 2), .integer(7), .text("7.00")), (.numeric(12, 2), .real(-0.5), .text("-0.50")),
    (.numeric, .real(1e20), .text("100000000000000000000")), (.numeric, .real(1.5e-7), .text("0.00000015")),
    (.numeric, .integer(9_007_199_254_740_993), .text("9007199254740993")),
    (.timestamp, .text("0001-01-01 00:00:00.000000"), .text("0001-01-01T00:00:00.000000Z")),
    (.timestamp, .text("9999-12-31 23:59:59.999999"), .text("9999-12-31T23:59:59.999999Z")),
    (.interval, .text("1969-12-31 23:59:58.500000"), .text("-PT1.5S")),
    (.uuid, .text("6f1c2d3e4b5a69788796a5b4c3d2e1f0"), .text("6f1c2d3e-4b5a-6978-8796-a5b4c3d2e1f0")),
    (.binary, .blob([]), .text("")), (.binary, .blob([0, 255, 16]), .text("AP8Q")),
    (.string, .text(""), .text("")), (.string, .text("e\u{301}"), .text("e\u{301}")),
    (.json, .text("{\"b\":  1e2, \"a\": null}"), .json("{\"b\":  1e2, \"a\": null}")),
    (.boolean, .integer(1), .truth(true)), (.time, .text("23:59:59.999999"), .text("23:59:59.999999")),
  ]

  @Test(arguments: sqlite.indices) func valuesOfSQLiteComeBack(index: Int) throws {
    let (type, value, cell) = Self.sqlite[index]
    let column = RowColumn(name: "c", type: type, dialect: .sqlite)
    #expect(try column.cell(value) == cell)
    // A decimal number without digits after the point is an integer on SQLite, whatever it was written as.
    let stored = try column.stored(cell)
    if case .numeric = type, case .real(let number) = value, let whole = Int64(exactly: number) {
      #expect(stored == .integer(whole))
    } else {
      #expect(stored == value)
    }
  }

  private static let postgresql: [(ColumnType, SQLValue, Cell)] = [
    (.real, .real(0.1), .number("0.1")), (.real, .real(3.4028235e38), .number("3.4028235e+38")),
    (.double, .real(.nan), .text("NaN")), (.numeric, .text("12.50"), .text("12.50")),
    (.numeric, .text("NaN"), .text("NaN")), (.time, .text("24:00:00"), .text("24:00:00.000000")),
    (.timestamp, .text("2026-11-22 10:07:31.5+00"), .text("2026-11-22T10:07:31.500000Z")),
    (.interval, .text("-1 days +02:03:00"), .text("-PT79020S")),
    (.jsonb, .text("{\"a\": 1}"), .json("{\"a\": 1}")),
  ]

  /// The server takes the number of 32 bits with the same shortest digits, and no other.
  @Test func aNumberOf64BitsBecomesOneOf32OnlyWithItsDigits() throws {
    let column = RowColumn(name: "c", type: .real, dialect: .postgresql)
    #expect(try column.stored(.number("0.1000000000")) == .real(0.1))
    #expect(throws: CellRefusal.self) { try column.stored(.number("0.30000000000000004")) }
  }

  @Test(arguments: postgresql.indices) func valuesOfPostgreSQLHaveTheSameForms(index: Int) throws {
    let (type, value, cell) = Self.postgresql[index]
    let column = RowColumn(name: "c", type: type, dialect: .postgresql)
    #expect(try column.cell(value) == cell)
    // The server reads the form as the same value; of an interval it has another form than it prints.
    if type == .interval {
      #expect(try column.stored(cell) == .text("-79020.000000 seconds"))
    } else {
      #expect(try column.cell(column.stored(cell)) == cell)
    }
  }

  /// SQLite keeps any value in any column.
  private static let unreadable: [(ColumnType, SQLValue)] = [
    (.bigint, .text("7")), (.bigint, .real(7)), (.boolean, .integer(2)), (.double, .text("1")), (.string, .integer(1)),
    (.string, .blob([97])), (.numeric, .text("abc")), (.timestamp, .text("2026-11-22 10:07:31.1234567")),
    (.timestamp, .integer(0)), (.date, .text("2026-11-22 00:00:01")), (.uuid, .text("6f1c2d3e")),
    (.binary, .text("AP8Q")),
    (.time, .text("10:07:31Z")), (.interval, .text("1 mon")), (.jsonb, .text("{")), (.raw("X"), .blob([0])),
  ]

  @Test(arguments: unreadable.indices) func aValueOfAnotherTypeHasNoForm(index: Int) {
    let (type, value) = Self.unreadable[index]
    #expect(throws: CellRefusal.self) { try RowColumn(name: "c", type: type, dialect: .sqlite).cell(value) }
  }

  private static let refused: [(ColumnType, Cell)] = [
    (.bigint, .text("+7")), (.bigint, .text("7.0")), (.bigint, .text("")), (.bigint, .number("1e3")),
    (.bigint, .truth(true)),
    (.integer, .number("2147483648")), (.smallint, .number("-32769")), (.double, .text("inf")),
    (.double, .text("1e999")),
    (.double, .text("NaN")), (.real, .number("1e39")), (.boolean, .number("1")), (.boolean, .text("TRUE")),
    (.numeric(3, 1), .text("100.0")), (.numeric(3, 1), .text("1.25")), (.numeric, .text("0.12345678901234567890")),
    (.varchar(2), .text("abc")), (.string, .text("a\u{0}")), (.string, .number("1")), (.timestamp, .text("2026-02-30")),
    (.date, .text("2026-11-22 00:00:00")), (.time, .text("25:00")), (.interval, .text("PT1M")), (.uuid, .text("x")),
    (.binary, .text("A")), (.json, .text("{'a': 1}")), (.json, .text("")),
  ]

  @Test(arguments: refused.indices) func aCellThatDoesNotFitIsRefused(index: Int) {
    let (type, cell) = Self.refused[index]
    #expect(throws: CellRefusal.self) { try RowColumn(name: "c", type: type, dialect: .sqlite).stored(cell) }
  }

  /// What `SELECT '…'::jsonb` prints in psql.
  @Test(arguments: [
    ("{\"bb\":1, \"a\":[1,2,{}], \"\":null}", "{\"\": null, \"a\": [1, 2, {}], \"bb\": 1}"),
    ("[1e2, 1.50, -0, 1E-3, 100000000000000000000]", "[100, 1.50, 0, 0.001, 100000000000000000000]"),
    ("\"a\\u00e9\\n\"", "\"aé\\n\""), ("{\"b\": 1, \"a\": 2, \"aa\": 3}", "{\"a\": 2, \"b\": 1, \"aa\": 3}"),
  ]) func jsonbIsAsPostgreSQLPrintsIt(text: String, form: String) {
    #expect(JSONBText.text(of: text) == form)
  }
}
