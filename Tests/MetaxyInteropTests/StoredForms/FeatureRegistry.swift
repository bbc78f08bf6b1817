// Written by `metaxy generate` from the features of `forms`. Run it again when they change.
// swift-format-ignore-file

import Metaxy

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

nonisolated extension FeatureRegistry {
  /// The features of `forms`.
  static let forms: FeatureRegistry = FeatureRegistry(
    project: "forms",
    snapshotVersion: "8a9fe62fd19c0803714844208cb473ed10476029a2d171b0ed93857203b33c20",
    hashTruncationLength: nil,
    features: [
      feature_stored__forms,
    ])

  private static let feature_stored__forms: RegisteredFeature = RegisteredFeature(
    "stored/forms", type: StoredForms.self, project: "forms",
    table: "stored__forms",
    idColumns: ["form_id"],
    columns: [
      RegisteredColumn("form_id", codingKey: "formId", type: .uuid),
      RegisteredColumn("name", codingKey: "name", type: .string, isNullable: true),
      RegisteredColumn("short", codingKey: "short", type: .varchar(5), isNullable: true),
      RegisteredColumn("link", codingKey: "link", type: .string, isNullable: true),
      RegisteredColumn("big", codingKey: "big", type: .bigint, isNullable: true),
      RegisteredColumn("medium", codingKey: "medium", type: .integer, isNullable: true),
      RegisteredColumn("small", codingKey: "small", type: .smallint, isNullable: true),
      RegisteredColumn("wide", codingKey: "wide", type: .double, isNullable: true),
      RegisteredColumn("narrow", codingKey: "narrow", type: .real, isNullable: true),
      RegisteredColumn("truth", codingKey: "truth", type: .boolean, isNullable: true),
      RegisteredColumn("moment", codingKey: "moment", type: .timestamp, isNullable: true),
      RegisteredColumn("day", codingKey: "day", type: .date, isNullable: true),
      RegisteredColumn("amount", codingKey: "amount", type: .numeric(12, 3), isNullable: true),
      RegisteredColumn("batch", codingKey: "batch", type: .uuid, isNullable: true),
      RegisteredColumn("content", codingKey: "content", type: .binary, isNullable: true),
      RegisteredColumn("length", codingKey: "length", type: .interval, isNullable: true),
      RegisteredColumn("container", codingKey: "container", type: .varchar(4), isNullable: true),
      RegisteredColumn("words", codingKey: "words", type: .json, isNullable: true),
      RegisteredColumn("counts", codingKey: "counts", type: .jsonb, isNullable: true),
    ],
    fields: [
      RegisteredField("frames", codeVersion: "1"),
      RegisteredField("audio/left", codeVersion: "1"),
    ],
    featureVersion: "9fdf815c3e018230d3247db6a031b5382a2ff7888bb699fd94da0c6b68ce44a5",
    specVersion: "430c8333d9ab6cd4d6ed09a1b7a4d6a6edf6454902eb880c90ddabee8ccebfdc")
}

nonisolated extension StoredForms {
  /// The columns of `stored__forms`.
  enum Columns {
    static let formId = FeatureColumn(\StoredForms.formId, "form_id")
    static let name = FeatureColumn(\StoredForms.name, "name")
    static let short = FeatureColumn(\StoredForms.short, "short")
    static let link = FeatureColumn(\StoredForms.link, "link")
    static let big = FeatureColumn(\StoredForms.big, "big")
    static let medium = FeatureColumn(\StoredForms.medium, "medium")
    static let small = FeatureColumn(\StoredForms.small, "small")
    static let wide = FeatureColumn(\StoredForms.wide, "wide")
    static let narrow = FeatureColumn(\StoredForms.narrow, "narrow")
    static let truth = FeatureColumn(\StoredForms.truth, "truth")
    static let moment = FeatureColumn(\StoredForms.moment, "moment")
    static let day = FeatureColumn(\StoredForms.day, "day")
    static let amount = FeatureColumn(\StoredForms.amount, "amount")
    static let batch = FeatureColumn(\StoredForms.batch, "batch")
    static let content = FeatureColumn(\StoredForms.content, "content")
    static let length = FeatureColumn(\StoredForms.length, "length")
    static let container = FeatureColumn(\StoredForms.container, "container")
    static let words = FeatureColumn(\StoredForms.words, "words")
    static let counts = FeatureColumn(\StoredForms.counts, "counts")
  }
}
