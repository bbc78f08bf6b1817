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
/// The protocol refines ``Feature`` and requires the ID columns, so that the compiler makes each feature declare them.
/// The `idColumns:` of a feature override those of its base; a protocol that refines a base passes them on.
///
/// The attribute adds `static var featureBase` to the protocol, which holds these arguments.
///
/// - Parameters:
///   - idColumns: The columns that name a sample, for every feature of the base. Default: `["sample_uid"]`.
///   - attributes: Further members of the spec of each feature, as an object: `["owner": "vision"]`. They enter the
///     spec version, like the members of a subclass of Metaxy's `FeatureSpec`.
@attached(extension, names: named(featureBase))
public macro FeatureBase(
  idColumns: [String]? = nil,
  attributes: JSONValue? = nil
) = #externalMacro(module: "MetaxyMacros", type: "FeatureBaseMacro")
