import MetaxyFeatures
internal import MetaxyNames

extension SystemColumn {
  /// The column of every feature table: nullable, as in Metaxy.
  var column: Column { Column(name: rawValue, type: self == .dataVersion ? .json : .string) }
}
