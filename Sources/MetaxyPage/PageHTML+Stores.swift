internal import MetaxyDrawing

// The state of every database.
extension PageHTML {
  var storesPart: Markup {
    """
    <section aria-labelledby="stores">
    <h2 id="stores">\(isOffline ? "Revision files" : "Stores")</h2>
    \(isOffline ? offlineLead : Markup())\(stores.isEmpty ? "<p class=\"empty\">No store is configured.</p>\n" : overview)\
    \(stores.map(part).joined())\
    </section>

    """
  }

  private var offlineLead: Markup {
    "<p class=\"lead\">No database was opened: this is what the revision files alone make of an empty one.</p>\n"
  }

  private var overview: Markup {
    guard !isOffline else { return "" }
    let rows = stores.map { store -> Markup in
      let environments = store.environments
      let pending = environments.reduce(0) { $0 + $1.pending.count }
      let differences = environments.reduce(0) { $0 + $1.differences.count }
      let drift = environments.reduce(0) { $0 + $1.drift.count }
      let numbers: Markup =
        store.error == nil
        ? "<td class=\"n\">\(pending)</td><td class=\"n\">\(differences)</td><td class=\"n\">\(drift)</td>"
        : "<td class=\"n\">–</td><td class=\"n\">–</td><td class=\"n\">–</td>"
      return """
        <tr><th scope="row">\(Piece.link(store.name, to: Anchor.store(store.name)))</th>\
        <td>\(Piece.badge(store.state))</td>\(numbers)<td class="wide">\(Piece.code(store.database))</td></tr>

        """
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="Stores"><table>
      <thead><tr><th scope="col">Store</th><th scope="col">State</th><th scope="col" class="n">Pending</th>\
      <th scope="col" class="n">Differences</th><th scope="col" class="n">Drift</th><th scope="col">Database</th></tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div>

      """
  }

  private func part(_ store: PageStore) -> Markup {
    let content: Markup =
      store.error.map { "<p class=\"error\">\($0)</p>\n" } ?? store.environments.map(part).joined()
    let title: Markup = isOffline ? "" : "<h3>\(store.name)</h3>\n"
    return "<section class=\"store\" id=\"\(Anchor.store(store.name))\">\n\(title)\(content)</section>\n"
  }

  private func part(_ environment: PageStore.Environment) -> Markup {
    func names(_ revisions: [String], _ none: Markup) -> Markup {
      revisions.isEmpty
        ? none : revisions.map { link($0, in: environment.name) }.joined(separator: ", ")
    }
    var facts = Markup()
    if !isOffline {
      facts += Piece.fact("Current", names(environment.current, "base"))
      facts += Piece.fact("Pending", names(environment.pending, "none"))
    }
    if !environment.unmergedHeads.isEmpty {
      facts += Piece.fact("Heads that are not merged", names(environment.unmergedHeads, ""))
    }
    let list: Markup = facts.isEmpty ? "" : "<dl class=\"facts\">\n\(facts)</dl>\n"
    let problems: Markup =
      environment.problems.isEmpty
      ? ""
      : "<ul class=\"notes\">\(environment.problems.map { "<li>\($0)</li>" as Markup }.joined())</ul>\n"
    let notes = environment.notes.map { "<p class=\"empty\">\($0)</p>\n" as Markup }.joined()
    return """
      <h4>\(environment.name) environment \(Piece.badge(environment.state))</h4>
      \(list)\(problems)\(differences("Differences", environment.differences))\
      \(differences("Drift: changes that no revision made", environment.drift))\(notes)\(runs(environment))
      """
  }

  private func differences(_ title: String, _ differences: [PageStore.Difference]) -> Markup {
    guard !differences.isEmpty else { return "" }
    let items = differences.map { difference -> Markup in
      let text: Markup =
        difference.table.flatMap { table in
          tableNames.contains(table) ? Piece.link(difference.text, to: Anchor.table(table)) : nil
        } ?? Piece.code(difference.text)
      let remark: Markup = difference.remark.map { " \(Piece.badge($0))" } ?? ""
      let source: Markup = difference.source.map { " <span class=\"soft\">\($0)</span>" } ?? ""
      return "<li>\(text)\(remark)\(source)</li>\n"
    }
    return "<h5>\(title)</h5>\n<ul class=\"lines\">\n\(items.joined())</ul>\n"
  }

  private func runs(_ environment: PageStore.Environment) -> Markup {
    guard !environment.runs.isEmpty else { return "" }
    let rows = environment.runs.map { run -> Markup in
      """
      <tr><td><time>\(run.startedAt)</time></td><td>\(run.direction)</td>\
      <td>\(link(run.revision, in: environment.name))</td><td>\(run.author ?? "")</td>\
      <td\(run.hasFailed ? " class=\"failed\"" as Markup : "")>\(run.outcome)</td></tr>

      """
    }
    return """
      <details class="runs"><summary>Last runs</summary>
      <div class="scroll" tabindex="0" role="region" aria-label="Last runs"><table>
      <thead><tr><th scope="col">Start (UTC)</th><th scope="col">Direction</th><th scope="col">Revision</th>\
      <th scope="col">By</th><th scope="col">Outcome</th></tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div>
      </details>

      """
  }

  /// A revision, as a link if there is a file for it.
  func link(_ identifier: String, in environment: String) -> Markup {
    let name = PageRevision.Name(identifier, in: environment)
    return revisionsByName[name] != nil ? Piece.link(identifier, to: Anchor.revision(name)) : Piece.code(identifier)
  }
}
