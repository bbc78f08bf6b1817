package import MetaxyFeatures

/// The revisions at which the history divides, with the revisions that follow each.
package struct BranchList: Report {
  package struct Point: Sendable {
    package var revision: RevisionItem
    package var children: [RevisionItem]
  }

  package var points: [Point]
  var isVerbose: Bool

  package var json: JSONValue {
    .array(
      points.map { point in
        .object([.init("revision", point.revision.json), .init("children", .array(point.children.map(\.json)))])
      })
  }

  package var text: String {
    points.map { point in
      let indent = String(repeating: " ", count: point.revision.revision.count)
      let message = isVerbose ? ", \(point.revision.message)" : ""
      return
        (["\(point.revision.revision)\(point.revision.marks) (branchpoint)\(message)"]
        + point.children.map { child in
          "\(indent) -> \(child.revision)\(child.marks)\(isVerbose ? ", \(child.message)" : "")"
        }).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}
