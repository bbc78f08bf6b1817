import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxySyntax
import Testing

/// What is a column and what is none.
@Suite struct PropertyTests {
  private func columns(_ members: String) throws -> [ColumnDefinition] {
    let result = try discover(feature(members))
    #expect(lines(result) == [])
    return Array(result.definitions.first?.columns.dropFirst() ?? [])
  }

  @Test(arguments: [
    ("var x: Int", ["x"]),
    ("let x: Int", ["x"]),
    ("private var x: Int", ["x"]),
    ("private(set) var x: Int", ["x"]),
    ("var a, b: Int", ["a", "b"]),
    ("var a: Int, b: String", ["a", "b"]),
    ("var x: Int { didSet { print(x) } }", ["x"]),
    ("var x: Int = 1 { willSet {} didSet {} }", ["x"]),
    ("var `default`: Int", ["default"]),
    ("@available(*, deprecated) var x: Int", ["x"]),
    ("@MainActor var x: Int", ["x"]),
    ("@Column(name: \"other\") var x: Int", ["other"]),
    ("var x: Int { 1 }", []),
    ("var x: Int { get { 1 } set {} }", []),
    ("static var x: Int = 1", []),
    ("static let x = 1", []),
    ("@Transient var x = Thing()", []),
    ("@Metaxy.Transient lazy var x = 1", []),
    ("@Transient @State var x: Int = 1", []),
    ("@Transient let x: Int = 5", []),
    ("func f() { var x = 1 }", []),
    ("enum CodingKeys: String, CodingKey { case id }", []),
    ("#if DEBUG\n func f() {}\n var computed: Int { 1 }\n static let x = 1\n #endif", []),
    ("#warning(\"soon\")", []),
  ])
  func storedPropertyIsAColumn(members: String, names: [String]) throws {
    #expect(try columns(members).map(\.name) == names)
  }

  @Test(arguments: [
    ("var ▸x = 5", "`x` has no written type: sources are read without a compiler to infer it"),
    ("var ▸a = 1, b: Int", "`a` has no written type: sources are read without a compiler to infer it"),
    (
      "let ▸x: Int = 5",
      "`x` is a constant with a value, which no row that is read can change: make it `var` or `static`, or mark it `@Transient`"
    ),
    (
      "▸lazy var x: Int = 5",
      "a `lazy` property has no value when the row is written: compute it, or mark it `@Transient`"
    ),
    ("var ▸(a, b): (Int, Int)", "a stored property of a feature has one name: declare each alone"),
    (
      "▸@Clamped(1...2) var x: Int",
      "`@Clamped` may change what is stored, which cannot be read statically: remove it, or mark the property `@Transient`"
    ),
    (
      "▸@Colum(name: \"y\") var x: Int",
      "`@Colum` may change what is stored, which cannot be read statically; did you mean `@Column`?"
    ),
    (
      "▸@Other.Column var x: Int",
      "`@Other.Column` may change what is stored, which cannot be read statically: remove it, or mark the property `@Transient`"
    ),
    ("▸@Column(name: \"y\") var x: Int { 1 }", "`@Column` does nothing here: what it marks is computed"),
    ("▸@Transient var x: Int { 1 }", "`@Transient` does nothing here: what it marks is computed"),
    ("▸@Transient static var x = 1", "`@Transient` does nothing here: what it marks is `static`"),
    ("▸@Column func f() {}", "`@Column` does nothing here: what it marks is not a stored property"),
    ("▸@Column @Transient var x: Int", "`@Column` describes a column, but `@Transient` excludes the property"),
    ("@Column ▸@Column var x: Int", "`@Column` is duplicated"),
    (
      "▸@Column(index: true) var a, b: Int",
      "`@Column` describes one property, and here are several: declare each alone"
    ),
    ("@Transient(▸1) var x: Int", "`@Transient` takes no argument without a label here"),
    (
      "▸#if DEBUG\n var x: Int\n #endif",
      "`#if` around stored properties is not read: which branch is compiled is not known here"
    ),
    (
      "▸#if A\n #if B\n #else\n var x: Int\n #endif\n #endif",
      "`#if` around stored properties is not read: which branch is compiled is not known here"
    ),
    (
      "▸#if A\n @Column(index: true)\n #endif\n var x: Int",
      "`#if` around an attribute of metaxy is not read: which branch is compiled is not known here"
    ),
    ("▸#members(1)", "`#members` may declare properties that cannot be read statically"),
  ])
  func uncertainPropertyIsRefused(members: String, message: String) throws {
    let (text, expected) = expectation(feature(members), message)
    #expect(try lines(discover(text)) == expected)
  }

  @Test(arguments: [
    ("var x: String = \"a\\n\"", LiteralValue.string("a\n")),
    ("var x: String = #\"a\\n\"#", .string("a\\n")),
    ("var x: String = \"\"\"\n      a\n        b\n      \"\"\"", .string("a\n  b")),
    ("var x: Int = 1_000", .integer("1000")),
    ("var x: Int = -0x1F", .integer("-31")),
    ("var x: Int = 0b101", .integer("5")),
    ("var x: Int = 0o17", .integer("15")),
    ("var x: Decimal = 123456789012345678901234567890", .integer("123456789012345678901234567890")),
    ("var x: Decimal = 0xFFFFFFFFFFFFFFFFFF", .integer("4722366482869645213695")),
    ("var x: Double = -1.50", .float("-1.50")),
    ("var x: Double = 1_0.5e+3", .float("10.5e+3")),
    ("var x: Double = 0x1p3", .float("8.0")),
    ("var x: Double = 00.5", .float("0.5")),
    ("var x: Bool = true", .boolean(true)),
    ("var x: Int? = nil", .null),
    ("var x: [String] = []", .string("[]")),
    ("var x: [String: Int] = [:]", .string("{}")),
    ("var x: [String: [Int]] = [\"a\": [1]]", .string(#"{"a": [1]}"#)),
    ("var x: Kind = .b; enum Kind: String { case a, b = \"bee\" }", .string("bee")),
  ])
  func initialLiteralIsKept(member: String, value: LiteralValue) throws {
    #expect(try columns(member).first?.initialValue == value)
  }

  @Test(arguments: [
    "var x: Int", "var x: Int = .random(in: 1...2)", "var x: Int = a + 1", "var x: UUID = UUID()", "var x: Int = limit",
    "var x: String = \"\\(id)\"", "var x: Data = []", "var x: [Int] = [limit]", "var x: Date = .now",
  ])
  func otherInitialValuesAreAllowedAndNotKept(member: String) throws {
    #expect(try columns(member).first?.initialValue == nil)
  }

  @Test(arguments: [
    ("/// One.\n  var x: Int", "One."),
    ("/// One\n  /// two.\n  var x: Int", "One\ntwo."),
    ("///One\n  ///\n  ///   two\n  var x: Int", "One\n\n  two"),
    ("/** One. */ var x: Int", "One."),
    ("/**\n   * One\n   * two\n   */\n  var x: Int", "One\ntwo"),
    ("/// Far.\n\n  /// Near.\n  var x: Int", "Near."),
    ("/// One.\n\n  var x: Int", "One."),
    ("/// One.\n  @Column(index: true)\n  private var x: Int", "One."),
    ("@Column(index: true)\n  /// One.\n  var x: Int", "One."),
    ("/// One.\n  @Column(comment: \"Two.\") var x: Int", "Two."),
  ])
  func docCommentIsTheColumns(member: String, comment: String) throws {
    #expect(try columns(member).first?.comment == comment)
  }

  @Test(arguments: [
    "// plain\n  var x: Int", "/* plain */ var x: Int", "/// Of something else.\n  // plain\n  var x: Int",
    "/// One.\n  @Column(comment: \"\") var x: Int", "//// Four.\n  var x: Int",
  ])
  func otherCommentsAreNot(member: String) throws {
    #expect(try columns(member).first?.comment == nil)
  }
}
