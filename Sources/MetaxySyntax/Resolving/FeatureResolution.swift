import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames

/// Turns the declarations of all files into definitions: resolves names and checks the rules.
struct FeatureResolution {
  private let generation: Generation
  private let names: NameTable
  private let extensions: [[String]: [DeclaredExtension]]
  private let codedByHand: Set<[String]>
  private(set) var definitions: [FeatureDefinition] = []
  private(set) var incompleteKeys: Set<FeatureKey> = []
  private(set) var diagnostics: [Diagnostic] = []

  init(of files: [FileDeclarations], _ generation: Generation) {
    self.generation = generation
    names = NameTable(files)
    extensions = Dictionary(grouping: files.flatMap(\.extensions), by: \.path)
    codedByHand = files.reduce(into: []) { $0.formUnion($1.codedByHand) }
    diagnostics = files.flatMap(\.diagnostics)
    for feature in files.flatMap(\.features) { resolve(feature) }
    definitions.sort { $0.source < $1.source }
  }

  private mutating func resolve(_ feature: DeclaredFeature) {
    let bases = BaseResolution(of: feature, extensions: extensions, names: names)
    let codedNames = CodingKeyNames(of: feature, names: names, isCodedByHand: codedByHand.contains(feature.path))
    var resolution = ColumnResolution(of: feature, names: names, codedNames: codedNames)
    let columns = feature.properties.map { resolution.column(for: $0) }
    var references = ReferenceResolution(of: feature, names: names, generation)
    let dependencies = feature.arguments.dependencies.map { $0.map { references.dependency($0) } }
    let fields = feature.arguments.fields.map { $0.map { references.field($0) } }

    let reviewed = ValidatedFeature(declared: feature, columns: columns, bases: bases, generation: generation)
    let found =
      bases.diagnostics + codedNames.diagnostics + resolution.diagnostics + references.diagnostics + reviewed.problems
      + (generation == .release01 ? feature.keyProblems01 : [])
    diagnostics += found
    guard let key = feature.arguments.key?.value else { return }
    guard !feature.isBroken, references.isComplete, !found.contains(where: { $0.severity == .error }) else {
      incompleteKeys.insert(key)
      return
    }
    definitions.append(
      definition(
        key, reviewed, columns: columns.compactMap(\.self), dependencies: dependencies?.compactMap(\.self),
        fields: fields?.compactMap(\.self)))
  }

  private func definition(
    _ key: FeatureKey, _ reviewed: ValidatedFeature, columns: [ColumnDefinition],
    dependencies: [FeatureDependency]?, fields: [FieldSpec]?
  ) -> FeatureDefinition {
    let feature = reviewed.declared
    let arguments = feature.arguments
    let isSeed = generation == .seed
    var definition = FeatureDefinition(
      key: key, typeName: feature.typeName, source: feature.location,
      idColumns: reviewed.idColumns.names.map(\.value), dependencies: dependencies ?? (isSeed ? nil : []),
      fields: fields ?? [isSeed ? FieldSpec(key: "default") : FieldSpec(field01: "default")],
      metadata: arguments.metadata,
      attributes: arguments.attributes ?? reviewed.bases.attributes.first?.value, table: arguments.table,
      schema: arguments.schema, tableRenamedFrom: arguments.renamedFrom, comment: feature.comment, columns: columns,
      primaryKey: arguments.primaryKey?.value, unique: arguments.unique, indexes: arguments.indexes,
      checks: arguments.checks, foreignKeys: arguments.foreignKeys, options: arguments.options.map(\.value),
      places: FeaturePlaces(
        dependencies: arguments.dependencies?.map(\.location) ?? [],
        fields: arguments.fields?.map(\.location) ?? []))
    definition.generation = generation
    definition.order = arguments.order?.value
    if !isSeed { definition.details01.description = feature.comment }
    definition.swift = SwiftDeclaration(of: feature, names: names)
    return definition
  }
}

extension DeclaredFeature {
  /// The keys that are invalid since Metaxy 0.1.
  fileprivate var keyProblems01: [Diagnostic] {
    var problems: [Diagnostic] = []
    if let key = arguments.key, let problem = key.value.problem01 {
      problems.append(Diagnostic(.error, "the key `\(key.value)` \(problem)", at: key.location))
    }
    for field in arguments.fields ?? [] {
      guard let problem = field.key.problem01 else { continue }
      problems.append(Diagnostic(.error, "the key `\(field.key)` \(problem)", at: field.location))
    }
    return problems
  }
}
