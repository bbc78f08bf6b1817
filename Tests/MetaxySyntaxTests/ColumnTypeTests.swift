import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxySyntax
import Testing

/// Swift types and the columns they make.
@Suite struct ColumnTypeTests {
  @Test(arguments: [
    ("String", ColumnType.string), ("URL", .string), ("Int", .bigint), ("Int64", .bigint), ("Int32", .integer),
    ("Int16", .smallint), ("Double", .double), ("Float", .real), ("Bool", .boolean), ("Date", .timestamp),
    ("Decimal", .numeric), ("UUID", .uuid), ("Data", .binary), ("[UInt8]", .binary), ("Duration", .interval),
    ("Swift.String", .string), ("Foundation.Date", .timestamp), ("FoundationEssentials.UUID", .uuid),
    ("Array<UInt8>", .binary), ("[Swift.UInt8]", .binary), ("(Int)", .bigint),
    ("[String]", .json), ("[[Int]]", .json), ("[Point]", .json), ("Array<Int>", .json), ("[String: Point]", .json),
    ("Dictionary<String, Int>", .json), ("[Swift.String: Any]", .json),
    ("Kind", .varchar(4)), ("Nested.Kind", .varchar(2)), ("A.Inner", .varchar(1)), ("MyModule.Kind", .varchar(4)),
  ])
  func typeMakesColumn(swift: String, type: ColumnType) throws {
    let declarations = """
      enum Kind: String, Codable { case a, b = "bees" }
      struct Nested { enum Kind: Swift.String { case `in` } }
      """
    for (spelling, isNullable) in [(swift, false), ("\(swift)?", true), ("Optional<\(swift)>", true)] {
      let text = feature("var x: \(spelling)\n  enum Inner: String { case z }") + "\n" + declarations
      let result = try discover(text)
      #expect(lines(result) == [])
      #expect(result.definitions.first?.columns.last?.type == type)
      #expect(result.definitions.first?.columns.last?.isNullable == isNullable)
    }
  }

  @Test(arguments: [
    ("▸Point", "`Point` is a struct, not a column type"),
    ("▸Reference", "`Reference` is a class, not a column type"),
    ("▸Name", "`Name` is a typealias, which is not followed: write the type itself"),
    ("▸Loose", "`Loose` is an enumeration without raw values of type `String`"),
    ("▸Numbers", "`Numbers` is an enumeration without raw values of type `String`"),
    ("▸Empty", "`Empty` is an enumeration without cases"),
    ("▸Conditional", "`Conditional` has cases inside `#if`"),
    ("▸Hidden", "`Hidden` is inside `#if`"),
    ("▸Some", "`Some` is a protocol"),
    ("▸B", "`B` is a feature: make it a dependency"),
    ("▸Unknown", "`Unknown` is not a column type"),
    ("▸UInt8", "`UInt8` is not a column type; use `Int16`"),
    ("▸Int8", "`Int8` is not a column type; use `Int16`"),
    ("▸UInt16", "`UInt16` is not a column type; use `Int32`"),
    ("▸UInt32?", "`UInt32` is not a column type; use `Int64`"),
    ("▸UInt", "`UInt` is not a column type; use `Int`"),
    ("▸Swift.UInt64", "`Swift.UInt64` is not a column type; use `Int64`"),
    ("▸TimeInterval", "`TimeInterval` is not a column type; use `Double`"),
    ("▸Int??", "`Int??` has two kinds of nothing, and a column one"),
    ("▸Optional<Int?>", "`Optional<Int?>` has two kinds of nothing, and a column one"),
    ("▸Int!", "`Int!` hides that it is optional: write `?`"),
    ("▸(Int, Int)", "`(Int, Int)` is not a column type"),
    ("▸any Sendable", "`any Sendable` is not a column type"),
    ("▸Set<Int>", "`Set<Int>` is not a column type"),
    ("▸Result<Int, Never>", "`Result<Int, Never>` is not a column type"),
    ("▸[Int: String]", "`[Int: String]` has keys that are not strings, as JSON requires"),
    ("▸() -> Void", "`() -> Void` is not a column type"),
  ])
  func otherTypeIsRefused(swift: String, message: String) throws {
    let declarations = """

      struct Point {}
      class Reference {}
      typealias Name = String
      enum Loose { case a }
      enum Numbers: Int { case one }
      enum Empty: String {}
      enum Conditional: String {
        case a
        #if DEBUG
          case b
        #endif
      }
      #if DEBUG
        enum Hidden: String { case a }
      #endif
      protocol Some {}
      @Feature("b") struct B { var sampleUid: String }
      """
    let (text, expected) = expectation(feature("var x: \(swift)") + declarations, message)
    let result = try discover(text)
    #expect(lines(result) == expected)
    #expect(result.diagnostics.first?.notes.last?.message.contains("@Column(type:)") == true)
  }

  @Test(arguments: ["Point", "Unknown", "UInt8", "Int", "[Int: Int]", "(any Sendable)", "Kind"])
  func givenTypeWinsOverAny(swift: String) throws {
    let text = feature("@Column(type: .jsonb) var x: \(swift)?") + "\nenum Kind: String { case a }"
    let column = try #require(discover(text).definitions.first?.columns.last)
    #expect(column.type == .jsonb)
    #expect(column.enumeration == nil)
    #expect(column.isNullable)
  }

  @Test func enumerationKeepsItsRawValuesInOrder() throws {
    let text =
      feature("var x: Kind") + "\nenum Kind: String {\n  case b, a = \"\"\"\n    z\n    \"\"\"\n  case `case`\n}"
    let column = try #require(discover(text).definitions.first?.columns.last)
    #expect(column.enumeration == ["b", "z", "case"])
    #expect(column.type == .varchar(4))
  }

  @Test func rawValuesAreAsLongAsTheirCodePoints() throws {
    let text = feature("var x: Kind") + "\nenum Kind: String { case e = \"e\\u{301}👩‍👩‍👧\" }"
    // e, the accent, and a family of five code points: seven, where Swift counts two characters.
    #expect(try discover(text).definitions.first?.columns.last?.type == .varchar(7))
  }

  @Test func innermostNameWins() throws {
    let result = try discover(
      """
      enum Kind: String { case top }
      enum Outer {
        enum Kind: String { case outer }
        @Feature("a") struct A { var sampleUid: String; var kind: Kind; enum Kind: String { case a } }
        @Feature("b") struct B { var sampleUid: String; var kind: Kind }
      }
      @Feature("c") struct C { var sampleUid: String; var kind: Kind }
      """)
    #expect(result.definitions.map { $0.columns.last?.enumeration } == [["a"], ["outer"], ["top"]])
  }

  @Test func ownFileAndDirectoryComeBeforeOthers() throws {
    let text = "@Feature(\"KEY\") struct KEY { var sampleUid: String; var kind: Kind }"
    let result = try discover(
      ("One/A.swift", text.replacing("KEY", with: "a") + "\nprivate enum Kind: String { case own }"),
      ("One/B.swift", text.replacing("KEY", with: "b")),
      ("One/Kind.swift", "enum Kind: String { case one }"),
      ("Two/C.swift", text.replacing("KEY", with: "c")),
      ("Two/Deep/Kind.swift", "enum Kind: String { case two }"))
    #expect(lines(result) == [])
    #expect(result.definitions.map { $0.columns.last?.enumeration } == [["own"], ["one"], ["two"]])
  }

  @Test func equallyNearNamesAreRefused() throws {
    let result = try discover(
      ("A.swift", "@Feature(\"a\") struct A { var sampleUid: String; var kind: Kind }"),
      ("B/Kind.swift", "enum Kind: String { case one }"), ("C/Kind.swift", "enum Kind: String { case two }"))
    #expect(lines(result) == ["A.swift:1:59: error: `Kind` could be several types"])
    #expect(result.diagnostics.first?.notes.compactMap(\.location?.file) == ["B/Kind.swift", "C/Kind.swift"])
  }
}
