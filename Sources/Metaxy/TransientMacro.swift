/// Excludes a stored property from the table of the feature.
///
/// `Codable` ignores the attribute: the members that the compiler writes code every stored property, unless
/// `CodingKeys` leaves it out. So list the columns in `CodingKeys` and give the property an initial value. Otherwise a
/// property whose type is not `Codable` does not compile, and a `Codable` one must be in every row that is decoded.
///
/// ```swift
/// @Feature("video")
/// struct Video {
///   var sampleUid: String
///   var path: String
///   @Transient var thumbnails: ThumbnailCache? = nil
///
///   enum CodingKeys: CodingKey {
///     case sampleUid, path
///   }
/// }
/// ```
@attached(peer)
public macro Transient() = #externalMacro(module: "MetaxyMacros", type: "TransientMacro")
