internal import MetaxyErrors
package import MetaxyFeatures
internal import MetaxySchema

/// The result of comparing a database with its desired schema.
package struct CheckReport: Report {
  /// The revisions that are partially applied.
  package var halfApplied: [HalfAppliedItem] = []
  /// The rows of the version table without a revision file.
  package var unknown: [UnknownVersion] = []
  package var differences: [Difference] = []
  package var drift: [Drift] = []
  package var pendingRevisions: [String] = []
  /// The pending revisions that the database has already passed.
  package var inserted: [InsertedItem] = []
  package var heads: [String] = []
  /// The heads that no revision joins, although their branches are not meant to stay apart.
  package var unmergedHeads: [String] = []
  /// The applied revisions whose files were edited since: a warning, because the edit has no effect on this database.
  package var edited: [EditedItem] = []
  /// The revisions without a proof of their present statements.
  package var unverified: [String] = []
  /// Whether these count as a difference.
  var requiresVerified = false
  var mergeHints: [Hint] = []
  /// What the files alone give; nil for a check of a database.
  package var offline: OfflineResult?

  /// The differences that a pending revision resolves.
  package var explained: [Difference] = []
  /// The ways out of drift; nil without drift, or where no revision can be written.
  var waysOut: DriftWaysOut?
  /// The commands that apply the pending revisions.
  var upgrades: [String: SuggestedCommand] = [:]
  /// The commands that prove the revisions without a proof.
  var proofs: [String: SuggestedCommand] = [:]
  /// Where annotations without a place are shown: the configuration file.
  var configFile = ""
  /// The files of the pending revisions and of the heads.
  var revisionPaths: [String: String] = [:]
  var paths: AnnotationPaths?

  package var isInSync: Bool {
    differences.isEmpty && pendingRevisions.isEmpty && unmergedHeads.isEmpty && halfApplied.isEmpty && unknown.isEmpty
      && (offline.map { $0.failures.isEmpty && drift.isEmpty } ?? true)
  }
  package var differs: Bool { !isInSync || (requiresVerified && !unverified.isEmpty) }

  package var json: JSONValue {
    .object([
      .init("in_sync", .boolean(isInSync)), .init("differences", .array(differences.map(\.json))),
      .init("drift", .array(drift.map(\.json))), .init("pending_revisions", .texts(pendingRevisions)),
      .init("out_of_order", .array(inserted.map(\.json))),
      .init("heads", .texts(heads)), .init("unmerged_heads", .texts(unmergedHeads)),
      .init("half_applied", .array(halfApplied.map(\.json))), .init("unknown", .array(unknown.map(\.json))),
      .init("edited", .texts(edited.map(\.revision))), .init("unverified", .texts(unverified)),
      .init("explained", .array(explained.map(\.json))), .init("ways_out", waysOut?.json ?? .null),
      .init("offline", .boolean(offline != nil)), .init("compared", offline?.methodJSON ?? .object([])),
      .init(
        "failed_revisions",
        .array(
          offline?.failures.map { failure in
            .object([
              .init("dialect", .string(failure.dialect)), .init("code", .string(failure.code)),
              .init("message", .string(failure.message)),
            ])
          } ?? [])),
      .init("not_compared", .texts(offline?.notCompared ?? [])),
    ])
  }

  package var text: String {
    guard !isInSync else {
      return ([inSyncText] + driftLines + offlineLines + (waysOut?.lines ?? [])).joined(separator: "\n")
    }
    var lines = offlineLines + halfApplied.map(\.line) + unknown.map(\.line)
    if !pendingRevisions.isEmpty {
      lines.append("not applied: \(pendingRevisions.joined(separator: ", "))")
    }
    lines += inserted.lines
    if !unmergedHeads.isEmpty {
      lines.append("not merged: \(unmergedHeads.joined(separator: ", "))")
    }
    if !differences.isEmpty {
      lines.append("\(Wording.count(differences.count, "difference")):")
      lines += differences.map(\.text)
    }
    lines += driftLines
    if !differences.isEmpty {
      lines += differences.compactMap(\.hint).map { "\nhint: \($0)" }
    }
    lines += waysOut?.lines ?? []
    lines += mergeHints.map { "\nhint: \($0)" }
    lines += (unknown.flatMap(\.hints) + (offline?.failures.flatMap(\.hints) ?? [])).map { "\nhint: \($0)" }
    return lines.joined(separator: "\n")
  }

  package var line: String {
    var parts = halfApplied.map { "half-applied: \($0.revision)" } + unknown.map { "unknown: \($0.revision)" }
    if !pendingRevisions.isEmpty { parts.append("not applied: \(pendingRevisions.joined(separator: ", "))") }
    if !unmergedHeads.isEmpty { parts.append("not merged: \(unmergedHeads.joined(separator: ", "))") }
    if !differences.isEmpty { parts.append(Wording.count(differences.count, "difference")) }
    if !edited.isEmpty { parts.append("edited: \(edited.map(\.revision).joined(separator: ", "))") }
    let accepted = drift.count(where: \.isAccepted)
    if accepted > 0 { parts.append("drift: \(Wording.count(accepted, "change"))") }
    return ((isInSync ? ["in sync"] : []) + parts).joined(separator: "; ")
  }

  private var inSyncText: String {
    offline == nil
      ? "in sync: the database is what the definitions ask for"
      : "in sync: the revision files give what the definitions ask for"
  }

  private var offlineLines: [String] {
    guard let offline else { return [] }
    return ["compared: \(offline.methodText)"] + offline.notCompared.map { "not compared: \($0)" }
      + offline.failures.map(\.line)
  }

  /// The drift that no difference lists.
  private var driftLines: [String] {
    let accepted = drift.filter { $0.isAccepted || offline != nil }
    guard !accepted.isEmpty else { return [] }
    let more = accepted.count > 20 ? ["  and \(accepted.count - 20) more"] : []
    let title =
      offline == nil
      ? "drift: \(Wording.count(accepted.count, "change")) of the database in no revision:"
      : "the statements of the revisions do what their records do not contain:"
    return [title]
      + accepted.prefix(20).map(\.text) + more
  }
}
