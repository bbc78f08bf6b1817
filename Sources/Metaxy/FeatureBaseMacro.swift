/// Makes a protocol the base of features that share their ID columns.
///
/// ```swift
/// @FeatureBase(idColumns: ["sample_id"])
/// protocol SampleFeature: Feature {
///   var sampleId: String { get }
/// }
///
/// @Feature("video")
/// struct Video: SampleFeature {
///   var sampleId: String
///   var path: String
/// }
/// ```
///
/// The protocol refines ``Feature`` and requires the ID columns, so that the compiler makes each feature declare them. A
/// feature's own `idColumns:` wins over the base's; a protocol that refines a base passes it on.
///
/// The attribute gives the protocol `static var featureBase`, which holds these arguments.
///
/// - Parameters:
///   - idColumns: The columns that name a sample, for every feature of the base. Default: `["sample_uid"]`.
///   - attributes: Further members of each feature's spec, as an object: `["owner": "vision"]`. They enter the spec version,
///     as those of a subclass of Metaxy's `FeatureSpec` do.
@attached(extension, names: named(featureBase))
public macro FeatureBase(
  idColumns: [String]? = nil,
  attributes: JSONValue? = nil
) = #externalMacro(module: "MetaxyMacros", type: "FeatureBaseMacro")
