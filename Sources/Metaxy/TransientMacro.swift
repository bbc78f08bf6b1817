/// Leaves a stored property out of the feature's table.
///
/// `Codable` does not know of it: rows are coded by the members that the compiler writes, and those cover every stored
/// property that `CodingKeys` does not leave out. So list the columns there and give the property an initial value; else a
/// property whose type is not `Codable` does not compile, and one whose type is must be in every row that is decoded.
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
