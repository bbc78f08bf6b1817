internal import MetaxyDrawing

// The tables, each with its columns, its state in every store, and its history.
extension PageHTML {
  var tablesPart: Markup {
    let owners = Dictionary(features.compactMap { feature in feature.table.map { ($0, feature.key) } }) { first, _ in
      first
    }
    let items = tables.map { item($0, feature: owners[$0.name]) }
    return """
      <section aria-labelledby="tables">
      <h2 id="tables">Tables</h2>
      \(items.isEmpty ? "<p class=\"empty\">There are no tables.</p>\n" : items.joined())\
      </section>

      """
  }

  private func item(_ table: PageTable, feature: String?) -> Markup {
    var badges = Markup()
    if table.environment != "user" { badges += Piece.badge(table.environment) }
    if !table.isDefined { badges += Piece.badge("only in revisions") }
    if table.history.isEmpty { badges += Piece.badge("in no revision") }
    if markedTables.contains(table.name) { badges += Piece.badge("differs", "warn") }
    let columns = table.columns.count == 1 ? "1 column" : "\(table.columns.count) columns"
    let revisions = table.history.count == 1 ? "1 revision" : "\(table.history.count) revisions"
    let owner: Markup =
      feature.map { key in
        let link = Piece.link(key, to: Anchor.feature(key))
        return "<dl class=\"facts\">\n\(Piece.fact("Feature", link))</dl>\n"
      } ?? ""
    return Piece.details(
      Anchor.table(table.name),
      summary: """
        <b>\(table.name)</b> <span class="soft">\(columns)</span> <span class="soft">\(revisions)</span> \(badges)
        """,
      """
      \(table.comment.map { "<p>\($0)</p>\n" as Markup } ?? "")\(owner)\
      \(columnTable(table))\(constraints(table))\(states(table))\(history(table))
      """)
  }

  private func columnTable(_ table: PageTable) -> Markup {
    guard !table.columns.isEmpty else { return "" }
    let hasRemarks = table.columns.contains { !$0.remarks.isEmpty }
    let hasComments = table.columns.contains { $0.comment != nil }
    let rows = table.columns.map { column -> Markup in
      let isNullable: Markup = column.isNullable ? "<span class=\"soft\">NULL</span>" : "not null"
      let remarks: Markup =
        hasRemarks ? "<td>\(column.remarks.map(Piece.code).joined(separator: ", "))</td>" : ""
      let comment: Markup = hasComments ? "<td class=\"wide\">\(column.comment ?? "")</td>" : ""
      return """
        <tr><th scope="row">\(Piece.code(column.name))</th><td>\(Piece.code(column.type))</td>\
        <td>\(isNullable)</td>\(remarks)\(comment)</tr>

        """
    }
    let more: Markup =
      (hasRemarks ? "<th scope=\"col\">Value</th>" : "") + (hasComments ? "<th scope=\"col\">Comment</th>" : "")
    return """
      <div class="scroll" tabindex="0" role="region" aria-label="Columns of \(table.name)"><table>
      <thead><tr><th scope="col">Column</th><th scope="col">Type</th><th scope="col">NULL</th>\(more)</tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div>

      """
  }

  private func constraints(_ table: PageTable) -> Markup {
    guard !table.constraints.isEmpty else { return "" }
    let items = table.constraints.map { constraint -> Markup in
      let name: Markup = constraint.name.map { " <span class=\"soft\">\($0)</span>" } ?? ""
      return "<li>\(Piece.code(constraint.text))\(name)</li>\n"
    }
    return "<h5>Keys, constraints and indexes</h5>\n<ul class=\"lines\">\n\(items.joined())</ul>\n"
  }

  /// What each store has of the table that differs from its definition.
  private func states(_ table: PageTable) -> Markup {
    let items = stores.flatMap { store in
      store.environments.filter { $0.name == table.environment }.flatMap { environment in
        (environment.differences + environment.drift).filter { $0.table == table.name }.map { difference -> Markup in
          let remark: Markup = difference.remark.map { " \(Piece.badge($0))" } ?? ""
          let place: Markup = isOffline ? "" : " <span class=\"soft\">\(store.name)</span>"
          return "<li>\(Piece.code(difference.text))\(remark)\(place)</li>\n"
        }
      }
    }
    guard !items.isEmpty else { return "" }
    return "<h5>Not as defined</h5>\n<ul class=\"lines\">\n\(items.joined())</ul>\n"
  }

  private func history(_ table: PageTable) -> Markup {
    guard !table.history.isEmpty else { return "" }
    let items = table.history.map { change -> Markup in
      let revision = revisionsByName[change.revision]
      let identifier = change.revision.identifier
      let operations = change.operations.map { "<li>\(Piece.code($0))</li>\n" as Markup }.joined()
      let list: Markup = operations.isEmpty ? "" : "<ul class=\"lines\">\n\(operations)</ul>\n"
      let sql = change.statements.map { engine, sql -> Markup in
        "<p class=\"engine\">\(engine)</p>\n\(Piece.sql(sql, label: "SQL of \(identifier) for \(engine)"))\n"
      }
      let whole = link(identifier, in: change.revision.environment)
      return Piece.details(
        nil,
        summary: """
          <code>\(identifier)</code> \(revision?.message ?? "") \
          <span class="soft">\(revision?.created.map(Self.day) ?? "")</span>
          """, list + sql.joined() + "<p>\(whole) <span class=\"soft\">is the whole revision.</span></p>\n")
    }
    return "<h5>History</h5>\n\(items.joined())"
  }

  /// The day of a time, `2026-11-22T10:07:31Z`.
  static func day(_ time: String) -> String { String(time.prefix(10)) }
}
