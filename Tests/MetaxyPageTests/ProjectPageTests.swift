import MetaxyDrawing
import MetaxyPage
import MetaxyTestSupport
import Testing

/// What every page must have, whatever the names are: it is well-formed, its links resolve, and nothing in it runs or loads.
@Suite(.timed) struct ProjectPageTests {
  /// A text that ends an element, an attribute and a string wherever it is not escaped.
  private static let hostile =
    "</code></pre></details>\"'><script>alert(1)</script><img src=x onerror=alert(2)>&amp;\u{1B}[31m"

  /// A page with `name` as every text.
  private static func page(named name: String) -> ProjectPage {
    var page = ProjectPage(project: name, versionName: "snapshot", version: name, tool: "0.1.0")
    var feature = PageFeature(key: name, typeName: name, source: name, version: name)
    feature.versions = [(name, name)]
    feature.fields = [.init(key: name, codeVersion: name, version: name, dependencies: [name])]
    feature.table = name
    var other = PageFeature(key: "\(name)/b", typeName: "B", source: "b.swift:1", version: "1")
    other.upstream = [name, "gone"]
    page.features = [feature, other]
    let revision = PageRevision.Name(name, in: "user")
    var table = PageTable(name: name, environment: "user")
    table.comment = name
    table.columns = [.init(name: name, type: name, isNullable: true, remarks: [name], comment: name)]
    table.constraints = [(name, name), (nil, name)]
    table.references = ["\(name)_2"]
    table.history = [.init(revision, operations: [name], statements: [(name, "\(name)\n-- \(name)")])]
    page.tables = [table, PageTable(name: "\(name)_2", environment: "system")]
    var entry = PageRevision(revision, message: name, created: name, path: name, text: "-- metaxy:upgrade\n\(name)\n")
    entry.parents = [name, "gone"]
    entry.labels = [name]
    entry.proof = name
    entry.features = [(name, name, name), ("gone", name, nil), (name, nil, name)]
    entry.tables = [name, "gone"]
    page.revisions = [entry, PageRevision(.init(name, in: "system"), message: "", created: nil, path: "", text: "")]
    page.stores = [store(named: name), unreachable(named: name)]
    page.notes = [name]
    return page
  }

  private static func store(named name: String) -> PageStore {
    var environment = PageStore.Environment(name: "user")
    environment.current = [name]
    environment.pending = [name, "gone"]
    environment.unmergedHeads = [name]
    environment.differences = [.init(name, table: name, source: name, remark: name), .init(name, table: nil)]
    environment.drift = [.init(name, table: "gone")]
    environment.problems = [name]
    environment.notes = [name]
    environment.runs = [
      .init(revision: name, direction: name, startedAt: name, author: name, outcome: name, hasFailed: true)
    ]
    var store = PageStore(name: name, database: name)
    store.environments = [environment]
    return store
  }

  private static func unreachable(named name: String) -> PageStore {
    var store = PageStore(name: "\(name) 2", database: name)
    store.error = "\(name)\ncaused by: \(name)"
    return store
  }

  private static let allowed: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "a", "header", "div", "h1", "h2", "h3", "h4", "h5", "p", "nav",
    "ul", "li", "main", "section", "table", "thead", "tbody", "tr", "th", "td", "code", "span", "dl", "dt", "dd",
    "details", "summary", "pre", "i", "b", "time", "footer", "svg", "g", "rect", "path", "circle", "text",
  ]

  private func expectSound(_ html: String) throws -> PageReader {
    let page = try PageReader(html)
    #expect(Set(page.elements.map(\.name)).subtracting(Self.allowed).isEmpty)
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Dictionary(grouping: ids, by: \.self).filter { $0.value.count > 1 }.isEmpty)
    #expect(ids.allSatisfy { !$0.contains { $0.isWhitespace } })
    for element in page.elements {
      // Links stay in the page; nothing else names a place, and nothing runs.
      if let link = element.attributes["href"] {
        #expect(element.name == "a" && link.hasPrefix("#") && ids.contains(String(link.dropFirst())), "\(link)")
      }
      #expect(element.attributes.keys.allSatisfy { $0 != "src" && $0 != "style" && !$0.hasPrefix("on") })
      if let label = element.attributes["aria-labelledby"] { #expect(ids.contains(label)) }
      if element.attributes["tabindex"] != nil { #expect(element.attributes["aria-label"] != nil) }
    }
    let style = try #require(html.split(separator: "<style>").dropFirst().first?.split(separator: "</style>").first)
    #expect(!style.contains("url(") && !style.contains("@import") && !style.contains("://"))
    // One heading of the first level, and none that skips a level.
    let levels = page.elements.compactMap {
      $0.name.count == 2 && $0.name.hasPrefix("h") ? Int($0.name.dropFirst()) : nil
    }
    #expect(levels.count { $0 == 1 } == 1)
    return page
  }

  @Test func namesAreTextWhereverTheyAre() throws {
    let html = Self.page(named: Self.hostile).html
    let page = try expectSound(html)
    #expect(!html.contains("<script") && !html.contains("<img"))
    #expect(page.text.contains("<script>alert(1)</script>"))
    // The page without hostile names has the same elements.
    #expect(try expectSound(Self.page(named: "video").html).elements.map(\.name) == page.elements.map(\.name))
  }

  @Test func theSameValuesGiveTheSameBytes() {
    #expect(Self.page(named: "video").html == Self.page(named: "video").html)
  }

  @Test func anEmptyProjectHasAPage() throws {
    let page = try expectSound(ProjectPage(project: "p", versionName: "snapshot", version: "empty", tool: "1").html)
    for text in [
      "There are no features.", "There are no tables.", "There are no revisions.", "No store is configured.",
    ] {
      #expect(page.text.contains(text))
    }
    var offline = ProjectPage(project: "p", versionName: "snapshot", version: "empty", tool: "1")
    offline.isOffline = true
    #expect(try expectSound(offline.html).text.contains("No database was opened"))
  }

  /// A drawing of a thousand cards is of no use: each feature has its neighbours.
  @Test func manyFeaturesHaveNeighbourhoods() throws {
    func page(_ count: Int) -> ProjectPage {
      var page = ProjectPage(project: "p", versionName: "snapshot", version: "1", tool: "1")
      page.features = (0..<count).map { number in
        var feature = PageFeature(
          key: "g\(number % 7)/f\(number)", typeName: "F", source: "f.swift:1", version: "12345678")
        feature.fields = [.init(key: "default", codeVersion: "1", version: "1")]
        feature.upstream = number == 0 ? [] : ["g\((number / 2) % 7)/f\(number / 2)"].filter { $0 != feature.key }
        feature.table = "t\(number)"
        return feature
      }
      page.tables = (0..<count).map { number in
        var table = PageTable(name: "t\(number)", environment: "user")
        table.columns = (0..<12).map { .init(name: "c\($0)", type: "string", isNullable: true) }
        return table
      }
      return page
    }
    let small = try expectSound(page(80).html)
    #expect(small.elements.count { $0.name == "svg" } == 1)
    #expect(small.elements.count { $0.name == "rect" } == 80)
    let html = page(300).html
    let large = try expectSound(html)
    // The groups, and one drawing for each feature.
    #expect(large.elements.count { $0.name == "svg" } == 301)
    #expect(large.elements.filter { $0.attributes["class"] == "card current" }.count == 300)
    #expect(html.utf8.count < 300 * 8000)
  }

  /// Feature `a b`, feature `a~20b` and table `a b` are three places.
  @Test func differentNamesHaveDifferentAnchors() throws {
    var page = ProjectPage(project: "p", versionName: "snapshot", version: "1", tool: "1")
    let keys = ["a b", "a~20b", "a-b", "é", "e\u{301}"]
    page.features = keys.map { PageFeature(key: $0, typeName: "", source: "", version: "") }
    page.tables = keys.map { PageTable(name: $0, environment: "user") }
    page.revisions = [("x", "a-b"), ("x-a", "b")].map {
      PageRevision(.init($0.1, in: $0.0), message: "", created: nil, path: "", text: "")
    }
    _ = try expectSound(page.html)
  }

  /// The contrast of every text colour on the grounds that it is used on, by WCAG 2.2: 4.5 to 1.
  @Test func textsCanBeRead() throws {
    let html = ProjectPage(project: "p", versionName: "snapshot", version: "1", tool: "1").html
    let blocks = html.split(separator: ":root {").dropFirst().prefix(2).map { $0.prefix { $0 != "}" } }
    #expect(blocks.count == 2)
    for block in blocks {
      let colours = Dictionary(
        block.split(separator: "--").compactMap { entry -> (String, Double)? in
          let parts = entry.split(separator: ":").map { $0.filter { !$0.isWhitespace } }
          guard parts.count == 2, parts[1].hasPrefix("#") else { return nil }
          return (parts[0], Self.luminance(parts[1].dropFirst().prefix(6)))
        }
      ) { first, _ in first }
      for (text, grounds) in [
        "text": ["ground", "surface", "sql", "soft-ground"], "muted": ["ground", "surface", "sql", "soft-ground"],
        "accent": ["ground", "surface", "sql"], "ok": ["ok-ground"], "warn": ["warn-ground"],
        "bad": ["bad-ground", "surface"],
      ] {
        for ground in grounds {
          let pair = try [#require(colours[text]), #require(colours[ground])].sorted()
          #expect((pair[1] + 0.05) / (pair[0] + 0.05) >= 4.5, "\(text) on \(ground)")
        }
      }
    }
  }

  private static func luminance(_ hexadecimal: Substring) -> Double {
    let value = Int(hexadecimal, radix: 16) ?? 0
    let parts = [value >> 16 & 255, value >> 8 & 255, value & 255].map { byte -> Double in
      let share = Double(byte) / 255
      return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  /// The power of 2.4, as the fifth root of the twelfth power by Newton's method.
  private static func power(_ base: Double) -> Double {
    let target = (0..<12).reduce(1.0) { product, _ in product * base }
    var root = max(base, 0.01)
    for _ in 0..<60 { root = (4 * root + target / (root * root * root * root)) / 5 }
    return root
  }
}
