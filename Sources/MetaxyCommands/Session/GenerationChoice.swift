internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxySchema

/// The generation of a project. Its whole graph has one.
struct GenerationChoice {
  let generation: Generation

  /// Takes the configured generation, or that of the exported graphs, or the first one.
  ///
  /// A form that the other generation refuses counts more than one that it reads, too. Graphs of the other generation are
  /// reported when they are read.
  init(of files: [ExportedGraphFile], configured: Generation?) {
    let forms = configured == nil ? files.compactMap(\.form) : []
    generation =
      configured
      ?? (forms.first(where: \.isCertain) ?? forms.first { $0.generation == .seed } ?? forms.first)?.generation ?? .seed
  }
}
