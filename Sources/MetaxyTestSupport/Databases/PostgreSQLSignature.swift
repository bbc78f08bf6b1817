internal import MetaxyFiles

/// The content of a catalog, read by a query that is independent of metaxy.
package enum PostgreSQLSignature {
  /// Returns the lines of the database at `url`, without the order of columns, which is not a difference.
  package static func lines(at url: String) throws -> [String] {
    let output = try PostgreSQLCluster.shared().query("SET search_path = '';\n\(query.get())", at: url)
    return output.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("colorder|") }
  }

  private static let query = Result {
    let program = try Files.text(at: "\(Repository.fixtures)/catalog_signature.py")
    guard let start = program.firstRange(of: #"PG_SIG=r""""#)?.upperBound,
      let end = program[start...].firstRange(of: #"""""#)?.lowerBound
    else { throw ChildProcessFailure(reason: "no query in catalog_signature.py") }
    return String(program[start..<end])
  }
}
