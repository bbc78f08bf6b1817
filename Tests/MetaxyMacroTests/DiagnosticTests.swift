import MetaxyTestSupport
import Testing

/// Where the compiler says what is wrong. The messages are its own; the places are what metaxy answers for.
@Suite(.timed) struct DiagnosticTests {
  /// Sources with `«` at the place of the first error, and the error.
  @Test(
    arguments: [
      (#"@Feature(«1) struct A {}"#, "cannot convert value of type 'Int' to expected argument type 'FeatureKey'"),
      (#"@Feature« struct A {}"#, "missing argument for parameter #1 in macro expansion"),
      (
        #"@Feature«("a", tabel: "b") struct A {}"#,
        "incorrect argument label in macro expansion (have '_:tabel:', expected '_:table:')"
      ),
      (#"@Feature("a", dependencies: [.feature(«Missing.self)]) struct A {}"#, "cannot find 'Missing' in scope"),
      (
        #"@Feature("a", dependencies: [.feature(«12)]) struct A {}"#,
        "cannot convert value of type 'Int' to expected argument type 'FeatureKey'"
      ),
      (#"@Feature("a", fields: [.«fild("x")]) struct A {}"#, "type 'FieldArgument' has no member 'fild'"),
      (
        #"@Feature("a", fields: [.field("x", codeVersion: «2)]) struct A {}"#,
        "cannot convert value of type 'Int' to expected argument type 'String'"
      ),
      (
        #"@Feature("a", indexes: [.index(on: «"a")]) struct A {}"#,
        "cannot convert value of type 'String' to expected argument type '[IndexElement]'"
      ),
      (
        #"@Feature("a") struct A { @Column(type: .«varchr(3)) var a: String }"#,
        "type 'ColumnType?' has no member 'varchr'"
      ),
      (
        #"@Feature("a") struct A { @Column(unique: «"yes") var a: String }"#,
        "cannot convert value of type 'String' to expected argument type 'Bool'"
      ),
      (
        #"@FeatureBase(idColumns: «"a") protocol A: Feature {}"#,
        "cannot convert value of type 'String' to expected argument type '[String]'"
      ),
    ])
  func wrongArgumentsAreShownInTheAttribute(marked: String, message: String) throws {
    let before = try #require(marked.firstIndex(of: "«"))
    let column = marked[..<before].utf8.count + 1
    let diagnostics = try Compiler.diagnostics(of: "import Metaxy\n" + marked.replacing("«", with: ""))
    #expect(diagnostics.first == "2:\(column): error: \(message)")
  }

  @Test func aBaseMakesItsFeaturesDeclareTheIDColumns() throws {
    let diagnostics = try Compiler.diagnostics(
      of: """
        import Metaxy
        @FeatureBase(idColumns: ["sample_id"]) protocol Base: Feature {
          var sampleId: String { get }
        }
        @Feature("video") struct Video: Base {
          var path: String
        }
        """)
    #expect(diagnostics.contains("5:26: error: type 'Video' does not conform to protocol 'Base'"))
    #expect(diagnostics.contains("3:7: note: protocol requires property 'sampleId' with type 'String'"))
  }

  @Test func aDependencyOnATypeThatIsNoFeatureIsShownWithTheAttribute() throws {
    let diagnostics = try Compiler.diagnostics(
      of: """
        import Metaxy
        struct Video {}
        @Feature("crop", dependencies: [.feature(Video.self)])
        struct Crop { var sampleUid: String }
        """)
    #expect(
      diagnostics == [
        "expansion: error: no exact matches in call to static method 'feature'",
        "3:1: note: in expansion of macro 'Feature' on struct 'Crop' here",
      ])
  }

  @Test func aPropertyThatCannotBeCodedIsShown() throws {
    let diagnostics = try Compiler.diagnostics(
      of: """
        import Metaxy
        struct Cache: Sendable {}
        @Feature("video") struct Video {
          @Transient var cache: Cache? = nil
        }
        """)
    #expect(diagnostics.contains("expansion: error: type 'Video' does not conform to protocol 'Decodable'"))
    #expect(
      diagnostics.contains {
        $0.hasPrefix("4:18: note: cannot automatically synthesize 'Decodable' because 'Cache?' does not conform")
      })
  }

  @Test func aPrivateNestedFeatureNamesItsProtocolItself() throws {
    let diagnostics = try Compiler.diagnostics(
      of: """
        import Metaxy
        enum Outer {
          @Feature("video") private struct Video { var sampleUid: String }
        }
        """)
    #expect(diagnostics.first == "expansion: error: 'Video' is inaccessible due to 'private' protection level")
  }

  @Test func featuresDoNotStandInFunctions() throws {
    let diagnostics = try Compiler.diagnostics(
      of: """
        import Metaxy
        func f() {
          @Feature("video") struct Video { var sampleUid: String }
        }
        """)
    #expect(diagnostics.first?.hasPrefix("3:28: error: local type cannot have attached") == true)
  }
}
