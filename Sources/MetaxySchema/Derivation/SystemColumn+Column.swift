import MetaxyFeatures
import MetaxyGraph

extension SystemColumn {
  /// The column as every feature table has it: nullable, as Metaxy's are.
  var column: Column { Column(name: rawValue, type: self == .dataVersion ? .json : .string) }
}
