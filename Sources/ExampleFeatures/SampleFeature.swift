import Metaxy

/// The base of every feature of this pipeline: one sample is one uploaded video.
@FeatureBase(idColumns: ["sample_id"])
public protocol SampleFeature: Feature {
  /// The upload's identifier, given by the ingest service, never by the database.
  var sampleId: String { get }
}
