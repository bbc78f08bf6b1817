import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph

/// Names that the database cannot store, or that already exist.
extension ValidatedFeature {
  var repeatedColumns: [Diagnostic] {
    rules.repeatedColumns.map { violation, first in
      var diagnostic = diagnostic(violation)
      let earlier = columns[first]
      diagnostic.notes.append(
        Diagnostic.Note("`\(earlier.name)` is declared here first", at: earlier.property.columnPlace))
      return diagnostic
    }
  }

  var longNames: [Diagnostic] {
    var names = columns.map { Located($0.name, at: $0.property.columnPlace) }
    names += columns.flatMap(\.property.arguments.explicitNames) + declared.arguments.explicitNames
    if declared.arguments.table == nil, let key = declared.arguments.key {
      names.append(Located(key.value.tableName, at: key.location))
    }
    return names.compactMap { name in
      FeatureRules.problem(ofName: name.value).map { Diagnostic(.error, $0, at: name.location) }
    }
  }
}
