internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyFiles
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyPage
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// What the sources and the revision files of a project contain.
struct PageFiles {
  /// An environment of the page. Stores share it, unless they have directories of their own.
  struct Place {
    /// `user`, with the directory if there are several such environments.
    let name: String
    let environment: EnvironmentContext
  }

  let source: FeatureSource
  let places: [Place]
  private let names: [String: String]

  init(_ sessions: [PageSource.Session], _ source: FeatureSource) {
    self.source = source
    var seen: Set<String> = []
    let environments = sessions.flatMap(\.environments).filter { seen.insert($0.environment.directory).inserted }
    let counts = Dictionary(grouping: environments, by: \.kind).mapValues(\.count)
    var names: [String: String] = [:]
    for environment in environments {
      let directory = environment.environment.directory
      names[directory] =
        counts[environment.kind] == 1
        ? environment.kind.rawValue
        : "\(environment.kind.rawValue) (\(environment.session.project.displayPath(directory)))"
    }
    self.names = names
    places = environments.map { Place(name: names[$0.environment.directory] ?? "", environment: $0) }
  }

  /// Returns the name of an environment on the page.
  func name(of environment: EnvironmentContext) -> String {
    names[environment.environment.directory] ?? environment.kind.rawValue
  }

  /// Returns the name of a table on the page: without its schema if the databases have none.
  private func shown(_ table: TableName) -> String {
    places.allSatisfy { $0.environment.dialect.hasSchemas } ? table.reportText : table.name
  }

  // MARK: - Features

  func features(_ versions: GraphVersions) -> [PageFeature] {
    source.graph.features.compactMap { feature in
      guard let own = versions[feature.key] else { return nil }
      var page = PageFeature(
        key: feature.key.text, typeName: feature.classPath,
        source: "\(feature.source.file):\(feature.source.line)", version: own.featureVersion)
      page.versions =
        [
          ("Code version", own.codeVersion), ("Spec version", own.specVersion),
        ] + (own.trackingVersion.map { [("Tracking version", $0)] } ?? [])
        + (own.definitionVersion.map { [("Definition version", $0)] } ?? [])
      let computed = Dictionary(own.fields.map { ($0.key, $0.version) }) { first, _ in first }
      page.fields = feature.fields.map { field in
        PageFeature.Field(
          key: field.key.text, codeVersion: field.codeVersion, version: computed[field.key] ?? "",
          dependencies: Self.texts(of: field))
      }
      page.upstream = Set((feature.dependencies ?? []).map(\.feature.key)).sorted().map(\.text)
      page.table = source.tableName(of: feature).map(shown)
      return page
    }
  }

  /// The upstream fields of a field: `video.frames`; empty for all.
  private static func texts(of field: FieldSpec) -> [String] {
    guard let dependencies = field.dependencies else { return [] }
    guard !dependencies.isEmpty else { return ["none"] }
    return dependencies.flatMap { dependency in
      (dependency.fields ?? []).map { "\(dependency.feature.key.text).\($0.text)" }
        + (dependency.fields == nil ? ["\(dependency.feature.key.text).*"] : [])
    }
  }

  // MARK: - Tables

  func addTables(to page: inout ProjectPage) throws(MetaxyError) {
    for place in places {
      let environment = place.environment
      let desired = environment.kind == .user ? source.desired.schema : SystemTables.schema(source.generation)
      var recorded = Schema()
      do throws(MetaxyError) {
        recorded = try environment.recordedSchema(at: environment.revisions.graph.heads)
      } catch {
        page.notes.append("The tables of the \(place.name) environment are those of the definitions: \(error.message)")
      }
      let history = try TableHistory(environment, place.name, known: desired.sorted.map(\.name))
      func folded(_ name: TableName) -> TableName { history.folded(name) }
      let defined = Set(desired.sorted.map { folded($0.name) })
      let tables = desired.sorted + recorded.sorted.filter { !defined.contains(folded($0.name)) }
      for table in tables {
        let changes = history[table.name]
        let name = shown(table.name)
        if let known = page.tables.firstIndex(where: { $0.name == name }) {
          page.tables[known].history += changes
          continue
        }
        var entry = PageTable(table, named: name, in: place.name)
        entry.isDefined = defined.contains(folded(table.name))
        entry.references = Set(table.foreignKeys.map { shown($0.table) }).subtracting([name]).sorted()
        entry.history = changes
        page.tables.append(entry)
      }
      page.notes += history.notes
    }
    page.tables.sort { ($0.environment == "user" ? 0 : 1, $0.name) < ($1.environment == "user" ? 0 : 1, $1.name) }
  }

  // MARK: - Revisions

  func addRevisions(to page: inout ProjectPage) throws(MetaxyError) {
    for place in places {
      let environment = place.environment
      let root = environment.session.project.root
      for file in environment.revisions.revisions.reversed() {
        var revision = PageRevision(
          .init(file.revision, in: place.name), message: file.message, created: file.created?.description,
          path: file.path, text: try Files.text(at: Paths.resolve(file.path, in: root)))
        revision.parents = file.downRevisions
        revision.labels = file.branchLabels
        revision.isHead = environment.revisions.graph.children(of: file.revision).isEmpty
        revision.proof = file.verification.map { String($0.text.prefix { $0 != ";" }) }
        revision.features = try environment.featureChanges(of: file).map { ($0.key, $0.from, $0.to) }
        let record = try environment.uncheckedRecord(of: file)?.part(for: environment.dialect.name)
        revision.tables = (record?.tables.keys.sorted() ?? []).map(shown)
        page.revisions.append(revision)
      }
    }
  }
}

extension PageTable {
  fileprivate init(_ table: Table, named name: String, in environment: String) {
    self.init(name: name, environment: environment)
    comment = table.comment
    columns = table.columns.map { column in
      Column(
        name: column.name, type: column.type.displayText, isNullable: column.isNullable,
        remarks: [
          column.defaultValue.map { "default \($0.displayText)" },
          column.generated.map { "generated as (\($0.expression.text))" }, column.identity?.displayText,
          column.collation.map { "collate \($0)" },
        ].compactMap(\.self), comment: column.comment)
    }
    constraints =
      table.constraints.map { ($0.name?.text, $0.displayText) }
      + table.indexes.map { ($0.name.text, "index \($0.displayText)") }
  }
}
