import MetaxyTOML

/// The environment variables that are settings.
///
/// | variable | setting |
/// |---|---|
/// | `METAXY_PROJECT`, `METAXY_STORE`, `METAXY_HASH_TRUNCATION_LENGTH`, `METAXY_AUTO_CREATE_TABLES`, `METAXY_LOCKED` | the key with that name |
/// | `METAXY_EXT__SQLMODEL__…`, `METAXY_EXT__MIGRATIONS__…`, `METAXY_STORES__…` | the key at that path |
/// | `METAXY_EXT_SQLMODEL_ENABLE`, `METAXY_EXT_SQLMODEL_INFER_DB_TABLE_NAMES`, … | keys of `ext.sqlmodel` |
///
/// A variable of a table, such as `METAXY_STORES__DEV__CONFIG`, holds it in JSON; a longer name takes precedence over a
/// member. Other variables belong to other tools, or name entrypoints. An empty variable counts as not set.
struct EnvironmentVariables {
  /// The variable that names the configuration file, as in Metaxy.
  static let configFile = "METAXY_CONFIG"

  var settings = VariableTree()
  /// The beginnings of the names that have more parts than a configuration can have levels.
  private(set) var tooDeep: [String] = []

  init(_ environment: [String: String]) {
    // If both spellings are set, the nested one wins: `_` sorts after the letters, so it comes first in this order.
    for (name, text) in environment.sorted(by: { $0.key > $1.key }) where !text.isEmpty {
      guard name.hasPrefix(Self.prefix), let path = Self.path(of: name) else { continue }
      guard path.count <= TOMLDocument.maximumDepth else {
        tooDeep.append("\(name.prefix(60))…")
        continue
      }
      guard Self.isTable(path), let members = VariableJSON.members(text) else {
        settings.insert(VariableTree.Variable(name: name, text: text), at: path)
        continue
      }
      for member in members {
        settings.insert(VariableTree.Variable(name: name, text: member.text), at: path + member.path)
      }
    }
  }

  private static let prefix = "METAXY_"
  private static let topLevel: Set<String> = [
    "project", "store", "hash_truncation_length", "auto_create_tables", "locked",
  ]
  private static let flatSQLModel = ["METAXY_EXT__SQLMODEL_", "METAXY_EXT_SQLMODEL_"]

  /// Returns whether a path is that of a table: `stores`, a store, the members of one.
  private static func isTable(_ path: [String]) -> Bool {
    switch path.first {
    case "stores": path.count < 3 || path.count == 3 && path[2] == "config" || path.last == "connection_params"
    case "ext": path.count == 2
    default: false
    }
  }

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
