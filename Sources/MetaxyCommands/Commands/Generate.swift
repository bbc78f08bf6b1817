package import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyGraph
internal import MetaxyProject
internal import MetaxyRegistry
internal import MetaxySyntax

extension Commands {
  /// The options of `metaxy generate`.
  package struct GenerateOptions: Sendable {
    /// The file, relative to the working directory; nil for the configured one, `-` for stdout.
    package var output: String?
    /// Modules that the file imports in addition to the configured ones.
    package var imports: [String]
    /// Whether the file is only checked.
    package var onlyChecks: Bool

    package init(output: String? = nil, imports: [String] = [], onlyChecks: Bool = false) {
      self.output = output
      self.imports = imports
      self.onlyChecks = onlyChecks
    }
  }

  /// Writes the registry if it is outdated. Only reads sources, no database.
  package static func generate(
    _ context: CommandContext, _ options: GenerateOptions
  ) throws(MetaxyError) -> GenerateReport {
    let project = try Project.load(context)
    for warning in project.warnings { context.report(.warning(warning)) }
    let file = try registryFile(options, of: project)
    let features = try FeatureSource.load(project, context)
    try features.refuseSharedTables()
    let versions = features.versions(context)
    let source = try features.registry(versions, for: file.creations, context, imports: file.imports)
    try reportProblems(source, of: project, context)

    var report = GenerateReport(
      path: options.output == "-" ? nil : file.displayPath, features: features.graph.features.count,
      snapshotVersion: versions.snapshot)
    if options.output == "-" {
      report.source = source.text
    } else if case .foreign = try file.content() {
      throw .foreignFile(file.displayPath)
    } else if try !file.holds(source.text) {
      report.isStale = options.onlyChecks
      report.remedy = .generate(to: options.output, importing: options.imports).completed(for: context.invocation)
      report.isWritten = !options.onlyChecks
      if report.isWritten { try Files.write(source.text, to: file.path, replacing: true) }
    }
    return report
  }

  private static func registryFile(_ options: GenerateOptions, of project: Project) throws(MetaxyError) -> RegistryFile
  {
    for name in options.imports where !ModuleName.isUsable(name) { throw .unusableModuleName(name) }
    guard let output = options.output ?? project.migrations.registry else {
      throw .noRegistry(project.displayPath(project.configFile))
    }
    guard output == "-" || output.hasSuffix(".swift") else { throw .unusableRegistryPath(output) }
    let directory = options.output == nil ? project.root : project.workingDirectory
    return RegistryFile(Paths.resolve(output, in: directory), in: project, imports: options.imports)
  }

  /// Reports the problems of the registry.
  ///
  /// - Throws: `invalid_features` if it could not be compiled.
  private static func reportProblems(
    _ source: RegistrySource, of project: Project, _ context: CommandContext
  ) throws(MetaxyError) {
    guard !source.diagnostics.isEmpty else { return }
    let files = try project.sourceFiles().swift.map { SourceFile(path: $0, displayPath: project.displayPath($0)) }
    let diagnostics = Discovery.quotingSources(of: source.diagnostics, in: files)
    for warning in diagnostics where warning.severity == .warning { context.report(.diagnostic(warning)) }
    let errors = diagnostics.filter { $0.severity == .error }
    guard errors.isEmpty else { throw .invalidFeatures(errors) }
  }
}
