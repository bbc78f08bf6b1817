/// Which environment variables are settings.
///
/// | variable | setting |
/// |---|---|
/// | `METAXY_PROJECT`, `METAXY_STORE`, `METAXY_HASH_TRUNCATION_LENGTH`, `METAXY_AUTO_CREATE_TABLES` | the key of that name |
/// | `METAXY_ENTRYPOINTS`, `METAXY_ENTRYPOINT`, `METAXY_ENTRYPOINT_1`, … | together, sorted by name, `entrypoints` |
/// | `METAXY_EXT__SQLMODEL__…`, `METAXY_EXT__MIGRATIONS__…`, `METAXY_STORES__…` | the key at that path |
/// | `METAXY_EXT_SQLMODEL_ENABLE`, `METAXY_EXT_SQLMODEL_INFER_DB_TABLE_NAMES`, … | keys of `ext.sqlmodel` |
///
/// Others belong to other tools. A variable that is empty counts as not set.
struct EnvironmentVariables {
  /// The variable that names the configuration file, as in Metaxy.
  static let configFile = "METAXY_CONFIG"

  var settings = VariableTree()
  /// Those that name entrypoints, sorted by name.
  var entrypoints: [VariableTree.Variable] = []

  init(_ environment: [String: String]) {
    // Of two spellings the nested one counts; `_` sorts behind the letters, so this order has it first.
    for (name, text) in environment.sorted(by: { $0.key > $1.key }) where !text.isEmpty {
      guard name.hasPrefix(Self.prefix) else { continue }
      let variable = VariableTree.Variable(name: name, text: text)
      if name.hasPrefix("METAXY_ENTRYPOINT") {
        entrypoints.insert(variable, at: 0)
      } else if let path = Self.path(of: name) {
        settings.insert(variable, at: path)
      }
    }
  }

  private static let prefix = "METAXY_"
  private static let topLevel: Set<String> = ["project", "store", "hash_truncation_length", "auto_create_tables"]
  private static let flatSQLModel = ["METAXY_EXT__SQLMODEL_", "METAXY_EXT_SQLMODEL_"]

  private static func path(of name: String) -> [String]? {
    let rest = name.dropFirst(prefix.count).lowercased()
    if topLevel.contains(rest) { return [rest] }
    let path = rest.split(separator: "__", omittingEmptySubsequences: false).map(String.init)
    if path.starts(with: ["ext", "sqlmodel"]) || path.starts(with: ["ext", "migrations"]) || path[0] == "stores" {
      return path
    }
    for flat in flatSQLModel where name.hasPrefix(flat) {
      let key = name.dropFirst(flat.count).lowercased()
      if ConfigurationKeys.sqlModel.contains(key) { return ["ext", "sqlmodel", key] }
    }
    return nil
  }
}
