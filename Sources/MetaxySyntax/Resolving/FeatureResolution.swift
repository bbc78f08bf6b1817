import MetaxyErrors
import MetaxyFeatures
internal import MetaxyGraph

/// Turns the declarations of all files into definitions: resolves names and checks the rules.
struct FeatureResolution {
  private let names: NameTable
  private let extensions: [[String]: [DeclaredExtension]]
  private let codedByHand: Set<[String]>
  private(set) var definitions: [FeatureDefinition] = []
  private(set) var incompleteKeys: Set<FeatureKey> = []
  private(set) var diagnostics: [Diagnostic] = []

  init(of files: [FileDeclarations]) {
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
    var references = ReferenceResolution(of: feature, names: names)
    let dependencies = feature.arguments.dependencies.map { $0.map { references.dependency($0) } }
    let fields = feature.arguments.fields.map { $0.map { references.field($0) } }

    let reviewed = ValidatedFeature(declared: feature, columns: columns, bases: bases)
    let found =
      bases.diagnostics + codedNames.diagnostics + resolution.diagnostics + references.diagnostics + reviewed.problems
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
    var definition = FeatureDefinition(
      key: key, typeName: feature.typeName, source: feature.location,
      idColumns: reviewed.idColumns.names.map(\.value), dependencies: dependencies,
      fields: fields ?? [FieldSpec(key: "default")], metadata: arguments.metadata,
      attributes: arguments.attributes ?? reviewed.bases.attributes.first?.value, table: arguments.table,
      schema: arguments.schema, tableRenamedFrom: arguments.renamedFrom, comment: feature.comment, columns: columns,
      primaryKey: arguments.primaryKey?.value, unique: arguments.unique, indexes: arguments.indexes,
      checks: arguments.checks, foreignKeys: arguments.foreignKeys, options: arguments.options.map(\.value),
      places: FeaturePlaces(
        dependencies: arguments.dependencies?.map(\.location) ?? [],
        fields: arguments.fields?.map(\.location) ?? []))
    definition.swift = SwiftDeclaration(of: feature, names: names)
    return definition
  }
}
