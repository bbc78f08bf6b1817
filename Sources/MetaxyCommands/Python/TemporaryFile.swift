internal import MetaxyErrors
internal import MetaxyFileWriting
internal import MetaxyFiles
internal import MetaxyPlatform

/// An empty file that exists as long as the value.
final class TemporaryFile {
  let path: String

  init(_ name: String) throws(MetaxyError) {
    let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(directory)/metaxy-python-\(name)-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw .unreadableFile(directory, reason: Files.systemReason()) }
    close(descriptor)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { unlink(path) }

  /// The end of the text in the file.
  func lastLines() throws(MetaxyError) -> String {
    let text = String(decoding: try Files.bytes(at: path).suffix(16_384), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).suffix(20).joined(separator: "\n")
  }
}
