import Foundation
import MetaxyConfiguration
import MetaxyErrors
import MetaxyProject
import MetaxyTestSupport

extension TemporaryDirectory {
  func makeDirectory(_ name: String) throws {
    try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
  }

  func text(of name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

  func load(
    _ environment: [String: String] = [:], from name: String = "", overrides: Project.Overrides = .init()
  ) throws -> Project {
    try Project.load(from: name.isEmpty ? path : "\(path)/\(name)", environment: environment, overrides: overrides)
  }
}

/// Reads a configuration without a file system.
func project(_ text: String, _ environment: [String: String] = [:], _ overrides: Project.Overrides = .init()) throws
  -> Project
{
  let directory = try TemporaryDirectory()
  try directory.write(text, to: "metaxy.toml")
  return try directory.load(environment, overrides: overrides)
}

/// The error of reading a configuration; nil when it is read.
func failure(_ text: String, _ environment: [String: String] = [:]) throws -> MetaxyError? {
  do {
    _ = try project(text, environment)
    return nil
  } catch let error as MetaxyError {
    return error
  }
}
