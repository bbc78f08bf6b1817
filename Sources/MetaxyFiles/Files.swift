package import MetaxyErrors
internal import MetaxyEssentials
internal import MetaxyPlatform

/// Reads files and directories. Unlike the errors of the system, every error contains the path.
package enum Files {
  /// The kind of the item at a path.
  package enum Kind: Sendable, Hashable {
    case file, directory, other
  }

  /// Returns the kind of the item at `path`, symbolic links followed; nil if it does not exist or cannot be inspected.
  package static func kind(of path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    default: return .other
    }
  }

  /// Returns whether there is a directory at `path`, not a symbolic link to one, which may lead back to where it is.
  package static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Returns the bytes of the file at `path`.
  ///
  /// - Throws: `unreadable_file` with the system's reason.
  package static func bytes(at path: String) throws(MetaxyError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadableFile(path, reason: systemReason()) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadableFile(path, reason: systemReason()) }
    // A read past the last byte is what shows the end of a file.
    var bytes = try chunk(of: Int(status.st_size) + 1, from: descriptor, path)
    var size = bytes.count
    while size > 0 {
      let more = try chunk(of: 1 << 16, from: descriptor, path)
      size = more.count
      bytes += more
    }
    return bytes
  }

  /// Returns the next bytes of an open file, at most `size`; none at its end.
  private static func chunk(of size: Int, from descriptor: Int32, _ path: String) throws(MetaxyError) -> [UInt8] {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialised in
      count = read(descriptor, buffer.baseAddress, size)
      initialised = max(count, 0)
    }
    guard count >= 0 else { throw .unreadableFile(path, reason: systemReason()) }
    return bytes
  }

  /// Returns the text of the file at `path`, a byte order mark left out.
  ///
  /// - Throws: `unreadable_file` with the system's reason, or that the file is not UTF-8.
  package static func text(at path: String) throws(MetaxyError) -> String {
    var bytes = try bytes(at: path)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadableFile(path, reason: "it is not UTF-8 text")
    }
    return text
  }

  /// Returns the names in a directory, sorted by their bytes.
  package static func names(in directory: String) throws(MetaxyError) -> [String] {
    guard let stream = opendir(directory) else { throw .unreadableFile(directory, reason: systemReason()) }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The reason of the last failed system call, for a message.
  package static func systemReason() -> String {
    String(cString: strerror(errno)).lowercased()
  }
}

extension MetaxyError {
  package static func unreadableFile(_ path: String, reason: String) -> MetaxyError {
    MetaxyError(.unreadableFile, "cannot read `\(path)`: \(reason)", Payload(path: path))
  }
}
