import MetaxyErrors
import MetaxyFiles
internal import MetaxyPlatform

/// Searches directories for source files. Hidden names, including `.build`, are skipped.
enum SourceTree {
  /// Returns the files of a kind at a path: the file itself, or all files below a directory.
  static func files(at path: String, ending: String) throws(MetaxyError) -> [String] {
    switch Files.kind(of: path) {
    case .file: return path.hasSuffix(ending) ? [path] : []
    case .directory:
      var seen: Set<String> = []
      return try files(below: path, ending: ending, seen: &seen)
    case .other, nil: return []
    }
  }

  private static func files(
    below directory: String, ending: String, seen: inout Set<String>
  ) throws(MetaxyError) -> [String] {
    // A symbolic link can lead back to a parent directory.
    guard seen.insert(canonical(directory)).inserted else { return [] }
    var files: [String] = []
    for name in try Files.names(in: directory) where !name.hasPrefix(".") {
      let path = child(name, of: directory)
      switch Files.kind(of: path) {
      case .file: if name.hasSuffix(ending) { files.append(path) }
      case .directory: files += try Self.files(below: path, ending: ending, seen: &seen)
      case .other, nil: break
      }
    }
    return files
  }

  /// Returns every path below `directory` that matches a pattern.
  static func paths(matching components: ArraySlice<Glob.Component>, in directory: String) throws(MetaxyError)
    -> [String]
  {
    var seen: Set<String> = []
    return try paths(matching: components, in: directory, seen: &seen)
  }

  private static func paths(
    matching components: ArraySlice<Glob.Component>, in directory: String, seen: inout Set<String>
  ) throws(MetaxyError) -> [String] {
    guard let first = components.first else { return [directory] }
    guard Files.kind(of: directory) == .directory else { return [] }
    guard seen.insert("\(components.count) \(canonical(directory))").inserted else { return [] }
    let rest = components.dropFirst()
    switch first {
    case .anyDirectories:
      var found = try paths(matching: rest, in: directory, seen: &seen)
      for name in try Files.names(in: directory) where !name.hasPrefix(".") {
        let path = child(name, of: directory)
        if Files.kind(of: path) == .directory {
          found += try paths(matching: components, in: path, seen: &seen)
        } else if rest.isEmpty {
          found.append(path)
        }
      }
      return found
    case .name(let elements):
      if let literal = literal(elements) {
        let path = Paths.resolve(literal, in: directory)
        return Files.kind(of: path) == nil ? [] : try paths(matching: rest, in: path, seen: &seen)
      }
      var found: [String] = []
      for name in try Files.names(in: directory) where elements.matches(name) {
        found += try paths(matching: rest, in: child(name, of: directory), seen: &seen)
      }
      return found
    }
  }

  /// Returns the name of a component that is not a pattern, such as `..`; nil for a pattern.
  private static func literal(_ elements: [Glob.Element]) -> String? {
    var name = ""
    for element in elements {
      guard case .literal(let character) = element else { return nil }
      name.append(character)
    }
    return name
  }

  private static func child(_ name: String, of directory: String) -> String {
    directory == "/" ? "/\(name)" : "\(directory)/\(name)"
  }

  /// Returns a path without symbolic links; the path itself if it does not exist.
  static func canonical(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
