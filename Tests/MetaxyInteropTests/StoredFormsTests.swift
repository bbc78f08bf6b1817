import Foundation
import Metaxy
import MetaxyStore
import MetaxyTestSupport
import Testing

/// Rows in the tables that the command migrates go from Swift to SQLModel, and back, on both engines.
struct StoredFormsTests {
  @Test(arguments: Engine.allCases)
  func rowsOfSwiftAreThoseOfSQLModel(engine: Engine) async throws {
    let project = try FormsProject(on: engine)
    let store = try await project.store()
    try await store.write(StoredForms.samples) { row in
      ["frames": "frames-\(row.wide ?? 0)", ["audio", "left"]: "é"]
    }
    let read = try project.python("read")
    #expect(read["rows"] as? Int == 4)
    #expect(read["differences"] as? [String] == [])
    let system = try #require(read["system"] as? [NSDictionary])
    #expect(
      system.map { $0["data_version"] as? NSDictionary } == [
        ["frames": "frames-0.1", "audio/left": "é"], ["frames": "frames-1.7976931348623157e+308", "audio/left": "é"],
        ["frames": "frames--5e-324", "audio/left": "é"], ["frames": "frames-0.0", "audio/left": "é"],
      ])
    #expect(Set(system.map { $0["snapshot_version"] as? String }) == [FeatureRegistry.forms.snapshotVersion])
    await store.close()
  }

  @Test(arguments: Engine.allCases)
  func rowsOfSQLModelAreThoseOfSwift(engine: Engine) async throws {
    let project = try FormsProject(on: engine)
    let feature = try #require(FeatureRegistry.forms.features.first)
    let system: [String: Any] = [
      "data_version": ["frames": "ü", "audio/left": "b"], "feature_version": feature.featureVersion,
      "feature_spec_version": feature.specVersion, "snapshot_version": "later",
    ]
    let text = String(decoding: try JSONSerialization.data(withJSONObject: system), as: UTF8.self)
    #expect(try project.python("write", text)["rows"] as? Int == 4)
    let store = try await project.store()
    let rows = try await store.read(StoredForms.self).order(by: StoredForms.Columns.formId.ascending).all()
    #expect(rows.map(\.value) == StoredForms.samples)
    for row in rows {
      // A query compares texts, and finds the one form alone.
      #expect(try await store.read(StoredForms.self).where(StoredForms.Columns.formId == row.formId).count() == 1)
      #expect(row.dataVersion == ["frames": "ü", ["audio", "left"]: "b"])
      #expect(row.featureSpecVersion == feature.specVersion)
      #expect(row.snapshotVersion == "later")
    }
    await store.close()
  }
}
