import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyJSON

/// The rules on ID columns: which ones they are, that they exist, and that they always have a value.
extension ValidatedFeature {
  /// Conflicts of equally near bases that the feature does not resolve.
  var baseConflicts: [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let lists = Set(bases.idColumns.map { $0.value.map { ScalarString($0.value) } })
    if declared.arguments.idColumns == nil, lists.count > 1 {
      diagnostics.append(conflict(of: bases.idColumns.map(\.base), about: "idColumns"))
    }
    if declared.arguments.attributes == nil, Set(bases.attributes.map(\.value.canonicalText)).count > 1 {
      diagnostics.append(conflict(of: bases.attributes.map(\.base), about: "attributes"))
    }
    return diagnostics
  }

  private func conflict(of bases: [DeclaredType], about label: String) -> Diagnostic {
    Diagnostic(
      .error, "the bases of `\(self.label)` disagree about `\(label):`, so the feature must set it",
      at: declared.location,
      notes: bases.map { Diagnostic.Note("`\($0.path.joined(separator: "."))` is one of them", at: $0.location) })
  }

  var missingIDColumns: [Diagnostic] {
    rules.missingIDColumns.map { violation in
      var diagnostic = diagnostic(violation)
      switch idColumns.origin {
      case .feature: break
      case .base(let base):
        diagnostic.notes = [
          Diagnostic.Note(
            "the base `\(base.path.joined(separator: "."))` declares it as an ID column", at: diagnostic.location)
        ]
        diagnostic.location = declared.location
      case .defaults:
        diagnostic.notes = [Diagnostic.Note("it is the default; a base or `idColumns:` can choose others")]
        diagnostic.location = declared.location
      }
      return diagnostic
    }
  }

  var idColumnProblems: [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    if idColumns.names.isEmpty, !declared.isBroken {
      diagnostics.append(
        Diagnostic(
          .error, "`\(label)` has an empty list of ID columns: they must identify a sample", at: declared.location
        ))
    }
    var seen: Set<ScalarString> = []
    for id in idColumns.names {
      if !seen.insert(ScalarString(id.value)).inserted {
        diagnostics.append(Diagnostic(.error, "the ID column `\(id.value)` is named twice", at: id.location))
      }
    }
    return diagnostics
  }
}
