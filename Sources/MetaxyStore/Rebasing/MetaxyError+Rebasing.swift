internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyNames

// Errors about rows that take over the data of a former version.
extension MetaxyError {
  static func rowsOutdated(
    _ layout: RowLayout, from version: String, sample: String, _ fields: [FieldKey]
  ) -> MetaxyError {
    let (feature, list) = (layout.feature.key, Wording.list(fields))
    return MetaxyError(
      .rowsOutdated,
      "the row of `\(feature)` with \(sample) in version `\(version)` is out of date: it must be computed again for the"
        + " field\(fields.count == 1 ? "" : "s") \(list)",
      Payload(feature: feature.description, field: fields.first?.description),
      hints: ["nothing was written; `try await store.resolveUpdate(…)` finds the samples to compute"]
        + (layout.generation == .seed ? [] : ["pass the fields whose data did not change as `unchanged`"]))
  }

  static func rebasedOntoItself(_ feature: FeatureKey, _ version: String) -> MetaxyError {
    MetaxyError(
      .rowsOutdated, "`\(version)` is the current version of `\(feature)`, not a former one",
      Payload(feature: feature.description), hints: ["`try await store.status()` returns the versions that have rows"])
  }

  static func rootNotRebased(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .dataVersionsNeeded,
      "`\(feature)` has no parents, so nothing shows whether the rows of a former version are up to date",
      Payload(feature: feature.description),
      hints: ["write them with their data versions: `try await store.write(rows) { row in [\"FIELD\": HASH] }`"])
  }

  static func unknownField(_ feature: RegisteredFeature, _ field: FieldKey) -> MetaxyError {
    MetaxyError(
      .rowsOutdated, "`\(feature.key)` has no field `\(field)`; it has \(Wording.list(feature.fields.map(\.key)))",
      Payload(feature: feature.key.description, field: field.description))
  }

  static func noProvenance(_ feature: FeatureKey) -> MetaxyError {
    MetaxyError(
      .unsupportedGeneration,
      "no field of `\(feature)` can be left as it is: in generation `\(Generation.seed.rawValue)` of Metaxy the data version"
        + " is all that shows whether a row is up to date",
      Payload(feature: feature.description), hints: ["compute the samples again"])
  }
}
