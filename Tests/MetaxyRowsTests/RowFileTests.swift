import MetaxyConfiguration
import MetaxyErrors
import MetaxyFeatures
import MetaxyFileWriting
import MetaxyFiles
import MetaxyRows
import MetaxyTestSupport
import Testing

/// Files of rows: what a writer writes, a reader reads, also across the parts in which a file is read.
@Suite struct RowFileTests {
  private static let columns = [
    RowColumn(name: "id", type: .string, dialect: .sqlite), RowColumn(name: "n", type: .bigint, dialect: .sqlite),
    RowColumn(name: "j", type: .json, dialect: .sqlite),
    RowColumn(name: "v", type: .json, dialect: .sqlite, isSystem: true),
  ]

  /// Texts whose quotes and line ends fall on every place around the end of a part of 65,536 bytes.
  private static let rows: [[Cell]] = (0..<10).map { number in
    let filler = String(repeating: "x", count: 65_500 - number)
    return [
      .text(filler + "\"\"\",\r\n\"é\n"), number == 3 ? .null : .number("\(number)"),
      number == 5 ? .null : .json(number == 7 ? "null" : "{\"a\": [1, {\"b\": \"}, \"}]}"),
      .json("{\"default\": \"h\"}"),
    ]
  }

  @Test(arguments: RowFormat.allCases) func whatIsWrittenIsRead(format: RowFormat) throws {
    let place = try TemporaryDirectory()
    let path = "\(place.path)/rows"
    var writer = RowTextWriter(format, Self.columns)
    for row in Self.rows { writer.append(row) }
    try Files.write(String(decoding: writer.take(), as: UTF8.self), to: path)
    let reader = try format.reader(of: path, displayPath: "rows", for: Self.columns)
    var line = format == .csv ? 2 : 1
    for row in Self.rows {
      let read = try #require(try reader.next())
      #expect(read.line == line)
      line += format == .csv ? 3 : 1
      let expected = row.map { cell -> Cell? in
        switch (format, cell) {
        // CSV does not tell texts from other values.
        case (.csv, .number(let text)), (.csv, .json(let text)): .text(text)
        case (.jsonl, .null) where row[2] == .null: nil
        default: cell
        }
      }
      #expect(read.cells == expected)
    }
    #expect(try reader.next() == nil)
  }

  @Test(
    arguments: [
      ("a,b\r\n1,\"\"\r\n\r\n", [[.text("1"), .text("")]], "the row has 1 field, and the header 2"),
      ("\u{FEFF}a,b\n1,2", [[.text("1"), .text("2")]], nil),
      ("a,b\n\"1\"x,2\n", [], "a character follows the quote that ends a field"),
      ("a,b\n1\",2\n", [], "a quote is in a field that does not start with one"),
      ("a,b\n1,2\r3,4\n", [], "a carriage return is not followed by a line feed"),
      ("a\n\nx\n", [[.null], [.text("x")]], nil),
    ] as [(String, [[Cell?]], String?)]) func csvIsReadStrictly(text: String, rows: [[Cell?]], problem: String?) throws
  {
    let place = try TemporaryDirectory()
    try Files.write(text, to: "\(place.path)/f.csv")
    let reader = try RowFormat.csv.reader(of: "\(place.path)/f.csv", displayPath: "f.csv", for: [])
    for row in rows { #expect(try reader.next()?.cells == row) }
    if let problem {
      let error = #expect(throws: MetaxyError.self) { try reader.next() }
      #expect(error?.diagnostics.map(\.message) == [problem])
    } else {
      #expect(try reader.next() == nil)
    }
  }
}
