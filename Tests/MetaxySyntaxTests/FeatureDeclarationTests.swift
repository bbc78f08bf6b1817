import MetaxyErrors
import MetaxyFeatures
import MetaxyGraph
import MetaxySyntax
import Testing

/// The context of a feature, and the allowed positions of the attribute.
@Suite struct FeatureDeclarationTests {
  private static let isNotRead = "is not read: which branch is compiled is not known here"

  @Test(arguments: [
    (
      "▸@Feature(\"a\") class A {}",
      "`@Feature` belongs on a struct: a feature is a row, and a row is a value"
    ),
    ("▸@Feature(\"a\") enum A {}", "`@Feature` belongs on a struct: a feature is a row, and a row is a value"),
    ("▸@Feature(\"a\") actor A {}", "`@Feature` belongs on a struct: a feature is a row, and a row is a value"),
    (
      "▸@Metaxy.Feature(\"a\") extension A {}",
      "`@Feature` belongs on a struct: a feature is a row, and a row is a value"
    ),
    ("▸@Feature(\"a\") protocol A {}", "`@Feature` belongs on a struct: a feature is a row, and a row is a value"),
    ("▸@Feature(\"a\") func a() {}", "`@Feature` belongs on a struct: a feature is a row, and a row is a value"),
    ("▸@FeatureBase struct A {}", "`@FeatureBase` belongs on a protocol"),
    (
      "@Feature(\"a\") struct A▸<T> { var sampleUid: String }",
      "the feature `A` has type parameters: one feature is one table, so its types must be known"
    ),
    (
      "enum Outer<T> { enum Inner { @Feature(\"a\") struct ▸A { var sampleUid: String } } }",
      "the feature `A` is nested in a generic type: one feature is one table, so its types must be known"
    ),
    (
      "▸#if DEBUG\n@Feature(\"a\") struct A { var sampleUid: String }\n#endif",
      "`#if` around the feature `A` \(isNotRead)"
    ),
    (
      "enum Outer {\n  ▸#if A\n  #if B\n  @Feature(\"a\") struct A { var sampleUid: String }\n  #endif\n  #endif\n}",
      "`#if` around the feature `A` \(isNotRead)"
    ),
    (
      "▸#if A\n@FeatureBase(idColumns: [\"id\"])\nprotocol Base {}\n#endif", "`#if` around the base `Base` \(isNotRead)"
    ),
    ("▸#if A\n@Feature(\"a\")\n#endif\nstruct A {}", "`#if` around an attribute of metaxy \(isNotRead)"),
    ("@Feature(\"a\") ▸@Feature(\"b\") struct A { var sampleUid: String }", "`@Feature` is duplicated"),
    (
      "@FeatureBase protocol Base { ▸@Column(name: \"x\") var id: String { get } }",
      "`@Column` belongs on the feature's property"
    ),
    ("@Feature(\"a\") struct A { var x: ▸}", "this does not parse as Swift"),
    ("@Feature(\"a\") struct A { var sampleUid: String; let ▸}", "this does not parse as Swift"),
    ("@Feature(\"a\", table: ▸) struct A { var sampleUid: String }", "this does not parse as Swift"),
    ("▸@Feature(\"a\")", "this does not parse as Swift"),
  ])
  func declarationIsRefused(source: String, message: String) throws {
    let (text, expected) = expectation(source, message)
    #expect(try lines(discover(text)) == expected)
  }

  @Test func syntaxErrorsElsewhereAreIgnored() throws {
    let result = try discover(
      """
      struct Broken { var = ; }
      func f( { let }
      }
      @Feature("a") struct A { var sampleUid: String }
      let x = 
      """)
    #expect(lines(result) == [])
    #expect(result.definitions.map(\.key) == ["a"])
  }

  @Test func featureLostInAWreckIsToldOf() throws {
    let result = try discover("struct A { ) ) @Feature(\"a\") struct B { var sampleUid: String } }")
    #expect(result.definitions.isEmpty == result.hasErrors)
  }

  @Test func conditionalCodeBesideFeaturesIsFine() throws {
    let result = try discover(
      """
      #if canImport(Foundation)
        import Foundation
        struct Other {}
      #endif
      @Feature("a") struct A { var sampleUid: String }
      """)
    #expect(lines(result) == [])
    #expect(result.definitions.count == 1)
  }

  @Test func everyProblemIsToldInOneRun() throws {
    let result = try discover(
      """
      @Feature("a__b", tabel: "x", idColumns: ids)
      struct A {
        var x = 1
        @Wrapped var y: Point
        lazy var z: Int = 2
      }
      @Feature("c", dependencies: [.feature(Nope.self)])
      struct C {
        var sampleUid: String
        var p: Point
      }
      """)
    #expect(
      lines(result) == [
        "F.swift:1:10: error: the key `a__b` has `__` in the part `a__b`",
        "F.swift:1:18: error: `@Feature` has no argument `tabel:`; did you mean `table:`?",
        "F.swift:1:41: error: expected a list of string literals, found the name `ids`: sources are read, not run",
        "F.swift:3:7: error: `x` has no written type: sources are read without a compiler to infer it",
        "F.swift:4:3: error: `@Wrapped` may change what is stored, which cannot be read statically: remove it, or mark the property `@Transient`",
        "F.swift:4:19: error: `Point` is not a column type",
        "F.swift:5:3: error: a `lazy` property has no value when the row is written: compute it, or mark it `@Transient`",
        "F.swift:7:39: error: no feature of the type `Nope` is in the sources",
        "F.swift:10:10: error: `Point` is not a column type",
      ])
    #expect(result.definitions.isEmpty)
    #expect(result.diagnostics.allSatisfy { $0.sourceLine != nil })
  }

  @Test func structCommentIsTheTables() throws {
    let result = try discover("/// Frames of a video.\n@Feature(\"a\")\npublic struct A { var sampleUid: String }")
    #expect(result.definitions.first?.comment == "Frames of a video.")
  }
}

/// Features and the protocols they conform to.
@Suite struct BaseTests {
  private static let base =
    "@FeatureBase(idColumns: [\"id\"], attributes: [\"team\": \"vision\"]) protocol Base: Feature {}\n"

  @Test(arguments: [
    "@Feature(\"a\") struct A: Base { var id: String }",
    "@Feature(\"a\") struct A: Codable, Base { var id: String }",
    "@Feature(\"a\") struct A: Base & Sendable { var id: String }",
    "protocol Middle: Base {}\n@Feature(\"a\") struct A: Middle { var id: String }",
    "typealias Alias = Base & Sendable\n@Feature(\"a\") struct A: Alias { var id: String }",
    "@Feature(\"a\") struct A { var id: String }\nextension A: @unchecked Sendable, Base {}",
    "@Feature(\"a\") struct A: MyModule.Base { var id: String }",
    "protocol P: Q {}\nprotocol Q: P, Base {}\n@Feature(\"a\") struct A: P { var id: String }",
  ])
  func baseSuppliesIDColumnsAndAttributes(source: String) throws {
    let result = try discover(Self.base + source)
    #expect(lines(result) == [])
    #expect(result.definitions.first?.idColumns == ["id"])
    #expect(result.definitions.first?.attributes == ["team": "vision"])
  }

  @Test func featureWinsOverBase() throws {
    let result = try discover(
      Self.base
        + "@Feature(\"a\", idColumns: [\"key\"], attributes: [\"team\": \"audio\"]) struct A: Base { var key: String }")
    #expect(lines(result) == [])
    #expect(result.definitions.first?.idColumns == ["key"])
    #expect(result.definitions.first?.attributes == ["team": "audio"])
  }

  @Test func nearerBaseWins() throws {
    let result = try discover(
      Self.base + "@FeatureBase(idColumns: [\"key\"]) protocol Near: Base {}\n"
        + "@Feature(\"a\") struct A: Near { var key: String }")
    #expect(result.definitions.first?.idColumns == ["key"])
    #expect(result.definitions.first?.attributes == ["team": "vision"])
  }

  @Test func basesThatDisagreeAreRefused() throws {
    let result = try discover(
      Self.base + "@FeatureBase(idColumns: [\"key\"]) protocol Other {}\n"
        + "@Feature(\"a\") struct A: Base, Other { var key: String; var id: String }")
    #expect(
      lines(result) == ["F.swift:3:1: error: the bases of `a` disagree about `idColumns:`, so the feature must set it"])
    #expect(result.diagnostics.first?.notes.map(\.message) == ["`Base` is one of them", "`Other` is one of them"])
  }

  @Test func missingIDColumnNamesTheBase() throws {
    let result = try discover(Self.base + "@Feature(\"a\") struct A: Base { var ids: String }")
    #expect(
      lines(result) == ["F.swift:2:1: error: the ID column `id` of `a` is declared by no property; did you mean `ids`?"]
    )
    #expect(
      result.diagnostics.first?.notes == [
        Diagnostic.Note(
          "the base `Base` declares it as an ID column", at: SourceLocation(file: "F.swift", line: 1, column: 26))
      ])
  }
}
