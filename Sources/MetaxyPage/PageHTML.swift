internal import MetaxyDrawing

extension ProjectPage {
  /// The page as a file: HTML that is well-formed XML too, without scripts, and without links to anything outside of it.
  package var html: String { PageHTML(self).text }

  /// The text by which a file is recognised as a page of this program.
  package static let generator = "metaxy report"
}

/// The HTML of a page; its parts are in extensions.
struct PageHTML {
  let page: ProjectPage
  let tableNames: Set<String>
  let featureKeys: Set<String>
  /// The positions of features by their keys.
  let featurePlaces: [String: Int]
  /// The features that are computed from each.
  let downstream: [String: [PageFeature]]
  let revisionsByName: [PageRevision.Name: PageRevision]
  /// The names of the tables that a store does not have as they are defined.
  let markedTables: Set<String>

  init(_ page: ProjectPage) {
    self.page = page
    tableNames = Set(page.tables.map(\.name))
    featureKeys = Set(page.features.map(\.key))
    featurePlaces = Dictionary(page.features.enumerated().map { ($1.key, $0) }) { first, _ in first }
    var downstream: [String: [PageFeature]] = [:]
    for feature in page.features { for key in feature.upstream { downstream[key, default: []].append(feature) } }
    self.downstream = downstream
    revisionsByName = Dictionary(page.revisions.map { ($0.name, $0) }) { first, _ in first }
    markedTables = Set(
      page.stores.flatMap(\.environments).flatMap { $0.differences + $0.drift }.compactMap(\.table))
  }

  var features: [PageFeature] { page.features }
  var tables: [PageTable] { page.tables }
  var revisions: [PageRevision] { page.revisions }
  var stores: [PageStore] { page.stores }
  var isOffline: Bool { page.isOffline }

  fileprivate var text: String {
    let title = "\(page.project) · metaxy"
    let document: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="generator" content="\(ProjectPage.generator)"/>
      <meta name="color-scheme" content="light dark"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <title>\(title)</title>
      <style>
      \(Markup(stringLiteral: PageStyle.text + CardDiagram.rules))</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      \(header)\
      <main id="main">
      \(noteList)\(storesPart)\(graphPart)\(featuresPart)\(tablesPart)\(revisionsPart)\
      </main>
      <footer>Written by metaxy \(page.tool).</footer>
      </body>
      </html>

      """
    return document.text
  }

  private var header: Markup {
    let counts: [(String, Int, String)] = [
      ("stores", stores.count, isOffline ? "Revision files" : "Stores"), ("graph", 0, "Graph"),
      ("features", features.count, "Features"),
      ("tables", tables.count, "Tables"), ("revisions", revisions.count, "Revisions"),
    ]
    let links = counts.map { anchor, count, name -> Markup in
      let number: Markup = anchor == "graph" || (anchor == "stores" && isOffline) ? "" : " <span>\(count)</span>"
      return "<li><a href=\"#\(anchor)\">\(name)\(number)</a></li>"
    }
    return """
      <header>
      <div class="bar">
      <h1>\(page.project)</h1>
      <p>\(page.versionName) \(Piece.version(page.version))</p>
      <nav aria-label="Parts of the page"><ul>\(links.joined())</ul></nav>
      </div>
      </header>

      """
  }

  private var noteList: Markup {
    guard !page.notes.isEmpty else { return "" }
    return "<ul class=\"notes\">\(page.notes.map { "<li>\($0)</li>" as Markup }.joined())</ul>\n"
  }
}
