import Foundation
import Testing

/// Where the build under test has put what a compiler needs to use `Metaxy`.
enum BuildProducts {
  /// The folder of the modules, for `-I`.
  static func modules() throws -> URL { try directory().appendingPathComponent("Modules") }

  /// The compiler plug-in.
  static func plugIn() throws -> URL { try directory().appendingPathComponent("MetaxyMacros-tool") }

  /// The folder of the build that this test is part of: the nearest one above the running test that holds both.
  private static func directory() throws -> URL {
    // The test itself on Linux; what loads the bundle named in its arguments elsewhere.
    let places = CommandLine.arguments + Bundle.allBundles.map(\.bundlePath)
    for place in places where place.contains("/") {
      var directory = URL(fileURLWithPath: place).resolvingSymlinksInPath()
      while directory.pathComponents.count > 1 {
        directory.deleteLastPathComponent()
        let isThere = ["Modules/Metaxy.swiftmodule", "MetaxyMacros-tool"].allSatisfy {
          FileManager.default.fileExists(atPath: directory.appendingPathComponent($0).path)
        }
        if isThere { return directory }
      }
    }
    throw NotFound(places: places)
  }

  struct NotFound: Error {
    var places: [String]
  }
}
