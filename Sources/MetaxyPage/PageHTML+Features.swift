internal import MetaxyDrawing

// The features, each with its versions, fields and neighbours.
extension PageHTML {
  var featuresPart: Markup {
    let items = features.map(item)
    return """
      <section aria-labelledby="features">
      <h2 id="features">Features</h2>
      \(items.isEmpty ? "<p class=\"empty\">There are no features.</p>\n" : items.joined())\
      </section>

      """
  }

  private func item(_ feature: PageFeature) -> Markup {
    let mark: Markup = feature.table.map(markedTables.contains) ?? false ? Piece.badge("differs", "warn") : ""
    let fields = feature.fields.count == 1 ? "1 field" : "\(feature.fields.count) fields"
    let summary: Markup = """
      <b>\(feature.key)</b> <span class="soft">\(Piece.version(feature.version))</span> \
      <span class="soft">\(fields)</span> \(mark)
      """
    func links(_ keys: [String]) -> Markup {
      keys.isEmpty
        ? "none"
        : keys.map { featureKeys.contains($0) ? Piece.link($0, to: Anchor.feature($0)) : Piece.code($0) }
          .joined(separator: ", ")
    }
    var facts = Piece.fact("Feature version", Piece.code(feature.version))
    for version in feature.versions { facts += Piece.fact(version.name, Piece.code(version.value)) }
    facts += Piece.fact("Type", Piece.code(feature.typeName))
    facts += Piece.fact("Source", Piece.code(feature.source))
    facts += Piece.fact(
      "Table",
      feature.table.map { table in
        tableNames.contains(table) ? Piece.link(table, to: Anchor.table(table)) : Piece.code(table)
      } ?? "none")
    facts += Piece.fact("Computed from", links(feature.upstream))
    facts += Piece.fact("Used by", links((downstream[feature.key] ?? []).map(\.key)))
    let drawing: Markup = drawsNeighbourhoods ? neighbourhood(feature) : ""
    return Piece.details(
      Anchor.feature(feature.key), summary: summary,
      "<dl class=\"facts\">\n\(facts)</dl>\n\(fieldTable(feature))\(drawing)")
  }

  private func fieldTable(_ feature: PageFeature) -> Markup {
    guard !feature.fields.isEmpty else { return "" }
    let rows = feature.fields.map { field -> Markup in
      """
      <tr><th scope="row">\(Piece.code(field.key))</th><td>\(Piece.code(field.codeVersion))</td>\
      <td>\(Piece.version(field.version))</td>\
      <td>\(field.dependencies.isEmpty ? "all" : field.dependencies.map(Piece.code).joined(separator: ", "))</td></tr>

      """
    }
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="Fields of \(feature.key)"><table>
      <thead><tr><th scope="col">Field</th><th scope="col">Code version</th><th scope="col">Version</th>\
      <th scope="col">Upstream fields</th></tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div>

      """
  }
}
