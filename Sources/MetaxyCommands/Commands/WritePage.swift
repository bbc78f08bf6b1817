package import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyMigrationErrors
internal import MetaxyPage
internal import MetaxyProject

extension Commands {
  /// The options of `metaxy report`.
  package struct PageOptions: Sendable {
    /// The file, relative to the working directory; `-` for stdout.
    package var output: String
    /// Names of stores, or URLs; empty for every store of the configuration.
    package var stores: [String]
    /// Whether no database is opened.
    package var isOffline: Bool

    package init(output: String = "metaxy-report.html", stores: [String] = [], isOffline: Bool = false) {
      self.output = output
      self.stores = stores
      self.isOffline = isOffline
    }
  }

  /// Writes the project as a page: features, tables, revisions, and the state of stores.
  ///
  /// A store that cannot be reached is on the page with the reason.
  package static func writePage(_ context: CommandContext, _ options: PageOptions) throws(MetaxyError) -> PageReport {
    let project = try Project.load(context)
    for warning in project.warnings { context.report(.warning(warning)) }
    let path = options.output == "-" ? nil : Paths.resolve(options.output, in: project.workingDirectory)
    if let path { try requirePlace(path, shownAs: options.output) }
    let page = try PageSource(project, context, options).page()
    let html = page.html
    if let path { try Files.write(html, to: path, replacing: true) }
    return PageReport(page: page, path: path == nil ? nil : options.output, html: html)
  }

  /// - Throws: `foreign_file` if there is a file that is not such a page.
  private static func requirePlace(_ path: String, shownAs name: String) throws(MetaxyError) {
    guard Files.kind(of: path) != nil else { return }
    let start = try Files.bytes(at: path).prefix(1000)
    guard String(decoding: start, as: UTF8.self).contains("content=\"\(ProjectPage.generator)\"") else {
      throw MetaxyError(
        .foreignFile, "`\(name)` was not written by `metaxy report`, so it is not replaced", .init(path: name),
        hints: ["move it away, or choose another path with `--output FILE`"])
    }
  }
}
