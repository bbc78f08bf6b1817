import ExampleFeatures

enum Bases {
  // block: @FeatureBase
}

@Feature("initial") struct Initial {
  var sampleUid: String
  // block: var height: Int = 1080
}

@Feature("backfilled") struct Backfilled {
  var sampleUid: String
  // block: @Column(backfill
}

enum Renames {
  @Feature("column", idColumns: ["sample_id"])
  struct Renamed {
    public var sampleId: String
    // block: @Column(renamedFrom
    struct Clip { var sampleId: String }
  }
}

enum Arguments {
  // block: import Foundation
}

enum Dependencies {
  // block: @Feature(
  struct VideoCrop: ExampleFeatures.SampleFeature { var sampleId: String }
}

@Feature("subtitle") struct Subtitle { var sampleUid: String }

@Feature(
  "mapped",
  // block: dependencies: [
)
struct Mapped { var sampleUid: String }
