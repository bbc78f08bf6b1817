internal import MetaxyDrawing

// The revisions, each with its file.
extension PageHTML {
  var revisionsPart: Markup {
    let states = revisionStates
    let items = revisions.map { item($0, states) }.joined()
    return """
      <section aria-labelledby="revisions">
      <h2 id="revisions">Revisions</h2>
      \(items.isEmpty ? "<p class=\"empty\">There are no revisions.</p>\n" : items)\
      </section>

      """
  }

  /// For each revision, the stores in which it is pending.
  private var revisionStates: [PageRevision.Name: [String]] {
    var states: [PageRevision.Name: [String]] = [:]
    for store in stores {
      for environment in store.environments {
        for revision in environment.pending {
          states[.init(revision, in: environment.name), default: []].append(store.name)
        }
      }
    }
    return states
  }

  private func item(_ revision: PageRevision, _ pending: [PageRevision.Name: [String]]) -> Markup {
    var badges = Markup()
    if revision.name.environment != "user" { badges += Piece.badge(revision.name.environment) }
    if revision.isHead { badges += Piece.badge("head") }
    if let stores = pending[revision.name] {
      badges += Piece.badge("pending in \(stores.joined(separator: ", "))", "warn")
    }
    for label in revision.labels { badges += Piece.badge(label) }
    var facts = Piece.fact("File", Piece.code(revision.path))
    facts += Piece.fact(
      "Follows",
      revision.parents.isEmpty
        ? "base"
        : revision.parents.map { link($0, in: revision.name.environment) }.joined(separator: ", "))
    if let created = revision.created { facts += Piece.fact("Created", "<time>\(created)</time>") }
    if let proof = revision.proof { facts += Piece.fact("Verified", "\(proof)") }
    if !revision.tables.isEmpty {
      facts += Piece.fact(
        "Tables",
        revision.tables.map { tableNames.contains($0) ? Piece.link($0, to: Anchor.table($0)) : Piece.code($0) }
          .joined(separator: ", "))
    }
    let changes = revision.features.map { change -> Markup in
      let name =
        featureKeys.contains(change.key)
        ? Piece.link(change.key, to: Anchor.feature(change.key)) : Piece.code(change.key)
      let versions: Markup =
        switch (change.from, change.to) {
        case (let from?, let to?): "\(Piece.version(from)) → \(Piece.version(to))"
        case (nil, let to?): "new, \(Piece.version(to))"
        default: "removed"
        }
      return "<li>\(name) \(versions)</li>\n"
    }
    let list: Markup =
      changes.isEmpty ? "" : "<h5>Feature versions</h5>\n<ul class=\"lines\">\n\(changes.joined())</ul>\n"
    return Piece.details(
      Anchor.revision(revision.name),
      summary: """
        <code>\(revision.name.identifier)</code> <b>\(revision.message)</b> \
        <span class="soft">\(revision.created.map(Self.day) ?? "")</span> \(badges)
        """,
      """
      <dl class="facts">
      \(facts)</dl>
      \(list)\(Piece.sql(revision.text, label: "File of \(revision.name.identifier)"))

      """)
  }
}
