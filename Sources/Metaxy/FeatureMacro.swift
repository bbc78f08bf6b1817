/// Makes a struct a versioned feature and the model of its table.
///
/// ```swift
/// @Feature(
///   "video/crop",
///   idColumns: ["sample_id"],
///   dependencies: [.feature(Video.self, columns: ["path"], rename: ["path": "source_path"])],
///   fields: [.field("frames", codeVersion: "2", dependencies: [.fields(of: Video.self, ["frames"])])],
///   indexes: [.index(on: ["sample_id", "created_at"])],
///   checks: [.check("height > 0")]
/// )
/// struct VideoCrop {
///   var sampleId: String
///   var createdAt: Date
///   var height: Int?
/// }
/// ```
///
/// becomes, once `metaxy revision --autogenerate` has written it and `metaxy upgrade` has run it,
///
/// ```sql
/// CREATE TABLE "video__crop" (
///   "data_version" JSON,
///   "feature_version" VARCHAR,
///   "feature_spec_version" VARCHAR,
///   "snapshot_version" VARCHAR,
///   "sample_id" VARCHAR NOT NULL,
///   "created_at" DATETIME NOT NULL,
///   "height" BIGINT,
///   CHECK (height > 0)
/// );
/// CREATE INDEX … ON "video__crop" ("sample_id", "created_at");
/// CREATE INDEX … ON "video__crop" ("sample_id", "feature_version");
/// ```
///
/// Every stored property is a column: `sampleId` is `sample_id`, an optional one is nullable, a doc comment is the column's
/// comment. ``Column(name:type:primaryKey:unique:index:default:references:generated:collation:comment:renamedFrom:)`` says
/// what a property's type does not, ``Transient()`` leaves a property out. The system columns come first and are not
/// declared.
///
/// The attribute makes the struct conform to ``Feature`` (and so to `Codable` and `Sendable`, whose members the compiler
/// writes) and gives it `static var feature`, which holds these arguments. It does no more, so that it costs little to
/// build: the compiler checks the types of the arguments where they stand, and what they mean is told by `metaxy`, which
/// reads the source without building it. So the arguments are literals, `Type.self` and the cases and functions of this
/// module; what is computed is refused there, although it compiles.
///
/// The struct stands in a file or in other types, not in a function; one that is `private` inside another type names its
/// base, or `Feature`, in its own declaration, where an extension cannot reach it.
///
/// - Parameters:
///   - key: The feature's name, unique in the graph: `"video/crop"` or `["video", "crop"]`. Parts hold neither `/` nor
///     `__`.
///   - idColumns: The columns that name a sample. They are properties of the struct, not optional, and never filled in by the
///     database. Default: those of the base, or else `["sample_uid"]`.
///   - dependencies: The features that this one is computed from, by type or by key: `.feature(Video.self)` with all of their
///     columns, `.feature("video", columns: ["path"])` with some, `columns: []` with the system columns alone, and
///     `rename:` for new names. They are lineage, never foreign keys. nil and `[]` have different spec versions, as in
///     Metaxy.
///   - fields: The parts of the feature's data, each with the version of the code that computes it and with the upstream
///     fields that it is computed from: `.field("frames", codeVersion: "2", dependencies: [.allFields(of: Video.self)])`. A
///     field without `dependencies` depends on everything upstream. Default: one field `default` of code version `"1"`.
///   - metadata: Any JSON, outside the feature's version: `["owner": "vision", "cost": 3]`.
///   - attributes: Further members of the feature's spec, which enter its spec version.
///   - table: The table's name. Default: the parts of the key joined by `__`.
///   - schema: The PostgreSQL schema of the table.
///   - renamedFrom: The table's former name: `ALTER TABLE … RENAME TO …`, when the old name is live and the new is not. Both
///     live is an error, and without the old one it means nothing.
///   - primaryKey: `PRIMARY KEY (…)` over these columns. Default: none, because a sample has one row per version; there is
///     an index over the ID columns and `feature_version` instead.
///   - unique: `UNIQUE (…)`: `[.unique("sample_id", "feature_version")]`.
///   - indexes: `CREATE INDEX`: `[.index(on: ["path", .descending("created_at")], unique: true, where: "height > 0")]`.
///   - checks: `CHECK (…)`: `[.check("height > 0", name: "positive_height")]`.
///   - foreignKeys: `FOREIGN KEY (…) REFERENCES …`:
///     `[.foreignKey(["camera_id"], references: "camera", ["id"], onDelete: .cascade)]`.
///   - options: What only some engines can say: `[.strict, .withoutRowID]` on SQLite, `[.unlogged]` on PostgreSQL.
@attached(member, names: named(feature))
@attached(extension, conformances: Feature)
public macro Feature(
  _ key: FeatureKey,
  idColumns: [String]? = nil,
  dependencies: [FeatureDependencyArgument]? = nil,
  fields: [FieldArgument]? = nil,
  metadata: JSONValue? = nil,
  attributes: JSONValue? = nil,
  table: String? = nil,
  schema: String? = nil,
  renamedFrom: String? = nil,
  primaryKey: [String]? = nil,
  unique: [UniqueAttribute] = [],
  indexes: [IndexAttribute] = [],
  checks: [CheckAttribute] = [],
  foreignKeys: [ForeignKeyAttribute] = [],
  options: [TableOption] = []
) = #externalMacro(module: "MetaxyMacros", type: "FeatureMacro")
