import MetaxyFeatures
import Testing

@Suite struct DeclarationTests {
  private struct Video: Feature {
    static var feature: FeatureDeclaration { FeatureDeclaration("video") }
  }

  @Test func whatIsNotSaidIsNil() {
    let declaration = FeatureDeclaration("video")
    #expect(declaration.key == "video")
    #expect(declaration.idColumns == nil)
    #expect(declaration.dependencies == nil)
    #expect(declaration.fields == nil)
    #expect(declaration.metadata == nil)
    #expect(declaration.primaryKey == nil)
    #expect(declaration.indexes.isEmpty)
  }

  @Test func noDependenciesAreNotNothingSaid() {
    #expect(FeatureDeclaration("video", dependencies: []) != FeatureDeclaration("video"))
  }

  @Test func typeAndKeyNameTheSameFeature() {
    #expect(FeatureReference.type(Video.self) == "video")
    #expect(FeatureReference.type(Video.self).hashValue == FeatureReference.key("video").hashValue)
    #expect(FeatureDependency.feature(Video.self) == .feature("video"))
    #expect(FieldDependency.allFields(of: Video.self) == .allFields(of: ["video"]))
    #expect(FieldDependency.fields(of: Video.self, ["frames"]).fields == ["frames"])
  }

  @Test func allColumnsNoColumnsAndSomeColumnsDiffer() {
    #expect(FeatureDependency.feature(Video.self).columns == nil)
    #expect(FeatureDependency.feature(Video.self, columns: []).columns == [])
    #expect(
      FeatureDependency.feature(Video.self, columns: ["path"], rename: ["path": "source_path"])
        == FeatureDependency(feature: "video", columns: ["path"], rename: ["path": "source_path"]))
  }

  @Test func fieldsHaveCodeVersionOneAndDependOnEverything() {
    #expect(FieldSpec.field("frames") == FieldSpec(key: "frames", codeVersion: "1", dependencies: nil))
    #expect(FieldSpec.field("frames", dependencies: []).dependencies == [])
  }

  @Test func aFeatureMayDependOnItself() {
    // The command reports this mistake; reading the key must end nevertheless.
    #expect(FeatureReference.type(Loop.self).key == "loop")
  }

  private struct Loop: Feature {
    static var feature: FeatureDeclaration { FeatureDeclaration("loop", dependencies: [.feature(Loop.self)]) }
  }
}
