internal import MetaxyErrors
internal import MetaxyRevisions

extension EnvironmentContext {
  /// The revisions that have no proof of their present statements, in graph order.
  func unverified() throws(MetaxyError) -> [String] {
    var names: [String] = []
    for file in revisions.revisions where try file.isUnverified(lexicons: session.lexicons) {
      names.append(file.revision)
    }
    return names
  }

  func warn(ofUnverified revisions: [String]) {
    guard let first = revisions.first else { return }
    let what = revisions.count == 1 ? "revision `\(first)` is" : "\(Wording.count(revisions.count, "revision")) are"
    let command = SuggestedCommand.verify(revisions.count == 1 ? first : "base:heads").completed(for: invocation)
    let object = revisions.count == 1 ? "it" : "them"
    session.context.report(.warning("\(what) not verified; `\(command)` proves \(object)"))
  }
}
