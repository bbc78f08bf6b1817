import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxySyntax
import Testing

/// What programs see of features: who may name them, and how their properties are coded.
@Suite struct SwiftDeclarationTests {
  @Test(arguments: [
    ("@Feature(\"a\") struct A { var sampleUid: String }", AccessLevel.module),
    ("@Feature(\"a\") public struct A { var sampleUid: String }", .everywhere),
    ("@Feature(\"a\") package struct A { var sampleUid: String }", .package),
    ("@Feature(\"a\") private struct A { var sampleUid: String }", .file),
    ("@Feature(\"a\") fileprivate struct A { var sampleUid: String }", .file),
    ("enum O { @Feature(\"a\") public struct A { var sampleUid: String } }", .module),
    ("public enum O { @Feature(\"a\") public struct A { var sampleUid: String } }", .everywhere),
    ("public enum O { @Feature(\"a\") struct A { var sampleUid: String } }", .module),
    ("private enum O { @Feature(\"a\") public struct A { var sampleUid: String } }", .file),
    ("public enum O {}\npublic extension O { @Feature(\"a\") struct A { var sampleUid: String } }", .everywhere),
    ("public enum O {}\nextension O { @Feature(\"a\") public struct A { var sampleUid: String } }", .everywhere),
    ("enum O {}\nextension O { @Feature(\"a\") public struct A { var sampleUid: String } }", .module),
    ("private enum O {}\nextension O { @Feature(\"a\") public struct A { var sampleUid: String } }", .file),
    ("enum O {}\nprivate extension O { @Feature(\"a\") struct A { var sampleUid: String } }", .file),
    ("public enum O { public enum P { @Feature(\"a\") public struct A { var sampleUid: String } } }", .everywhere),
  ])
  func aTypeIsSeenAsFarAsThoseAroundIt(_ source: String, access: AccessLevel) throws {
    let result = try discover(source)
    #expect(lines(result) == [])
    #expect(result.definitions.map(\.swift?.access) == [access])
  }

  @Test(arguments: [
    ("var x: Int", AccessLevel.module), ("public var x: Int", .everywhere),
    ("public private(set) var x: Int", .everywhere),
    ("private(set) var x: Int", .module), ("private var x: Int", .file), ("fileprivate let x: Int", .file),
    ("package var x: Int", .package), ("internal var x: Int", .module),
  ])
  func aPropertyIsSeenAsItSays(_ member: String, access: AccessLevel) throws {
    #expect(try discover(feature(member)).definitions.first?.columns.last?.swift?.access == access)
  }

  @Test(arguments: [
    ("", ["id", "size"]),
    ("enum CodingKeys: String, CodingKey { case id = \"sid\", size }", ["sid", "size"]),
    ("private enum CodingKeys: String, CodingKey { case id; case size = \"s\" }", ["id", "s"]),
    ("enum CodingKeys: CodingKey { case id, size }", ["id", "size"]),
    // The name is coded, whatever the number.
    ("enum CodingKeys: Int, CodingKey { case id = 1, size = 2 }", ["id", "size"]),
    // The compiler codes by no other type.
    ("struct CodingKeys {}", ["id", "size"]),
    ("enum Keys: String, CodingKey { case id = \"sid\" }", ["id", "size"]),
  ])
  func aColumnIsCodedUnderTheNameOfItsKey(_ member: String, keys: [String]) throws {
    let result = try discover(feature("var size: Int\n\(member)"))
    #expect(lines(result) == [])
    #expect(result.definitions.first?.columns.map(\.swift?.codingKey) == keys)
  }

  @Test func keysInAnExtensionCount() throws {
    let result = try discover(
      feature("var size: Int") + "\nextension A { enum CodingKeys: String, CodingKey { case id, size = \"s\" } }")
    #expect(result.definitions.first?.columns.map(\.swift?.codingKey) == ["id", "s"])
  }

  @Test func keysOfTheTypeAroundDoNot() throws {
    let result = try discover(
      """
      enum Outer {
        enum CodingKeys: String, CodingKey { case other }
        @Feature("a", idColumns: ["id"]) struct A { var id: String }
      }
      """)
    #expect(lines(result) == [])
    #expect(result.definitions.first?.columns.map(\.swift?.codingKey) == ["id"])
  }

  @Test(arguments: [
    (
      "var ▸size: Int\nenum CodingKeys: CodingKey { case id }",
      "`size` is not among the `CodingKeys`, so its column would never be written: add it to them, or mark it `@Transient`"
    ),
    (
      "typealias ▸CodingKeys = Keys\nenum Keys: CodingKey { case id }",
      "`CodingKeys` of `A` is a typealias, which is not followed: declare the enumeration itself"
    ),
    (
      "enum ▸CodingKeys: String, CodingKey {\n#if DEBUG\ncase id\n#endif\n}",
      "`CodingKeys` of `A` has cases inside `#if`"
    ),
    ("#if DEBUG\nenum ▸CodingKeys: String, CodingKey { case id }\n#endif", "`CodingKeys` of `A` is inside `#if`"),
  ])
  func keysThatLeaveAColumnOutOrCannotBeKnownAreRefused(_ members: String, message: String) throws {
    let (text, expected) = expectation(feature(members), message)
    #expect(lines(try discover(text)) == expected)
  }

  @Test(arguments: [
    "func encode(to encoder: any Encoder) throws {}", "init(from decoder: any Decoder) throws { fatalError() }",
  ])
  func whatATypeCodesByHandIsNotJudged(_ member: String) throws {
    let members = "var size: Int\nenum CodingKeys: CodingKey { case id }"
    #expect(lines(try discover(feature("\(members)\n\(member)"))) == [])
    #expect(lines(try discover(feature(members) + "\nextension A { \(member) }")) == [])
    // Another function of that name codes nothing.
    #expect(lines(try discover(feature("\(members)\nfunc encode(_ x: Int) {}"))).count == 1)
  }

  @Test(arguments: [
    ("var x: Date", true), ("var x: Foundation.Date?", true), ("var x: [UUID]", true),
    ("var x: [String: [URL?]]", true),
    ("@Column(type: .json) var x: Set<Date>", true), ("var x: Int", false), ("var x: Swift.String", false),
    ("@Column(type: .binary) var x: Data\nstruct Data {}", false),
  ])
  func typesOfFoundationAreToldFromOthers(_ member: String, needs: Bool) throws {
    #expect(try discover(feature(member)).definitions.first?.columns.last?.swift?.needsFoundation == needs)
  }

  @Test func aTypeColumnsIsNoticed() throws {
    #expect(try discover(feature("enum Columns {}")).definitions.first?.swift?.hasColumnsType == true)
    #expect(try discover(feature("") + "\nenum Columns {}").definitions.first?.swift?.hasColumnsType == false)
  }

  @Test func aFileThatGenerateWroteDeclaresNothing() throws {
    let written = """
      // Written by `metaxy generate` from the features of `p`. Run it again when they change.
      extension A { enum Columns {} }
      @Feature("b") struct B { var sampleUid: String }
      """
    let result = try discover(("A.swift", feature("")), ("Registry.swift", written))
    #expect(lines(result) == [])
    #expect(result.definitions.map(\.key) == ["a"])
    #expect(result.definitions.first?.swift?.hasColumnsType == false)
    #expect(result.filesParsed == 1)
    // Without its first line it is a file like any other.
    let other = try discover(("A.swift", feature("")), ("Registry.swift", "\n" + written))
    #expect(other.definitions.count == 2)
  }
}
