internal import MetaxyPlatform

/// A pipe from a test to the stdin of a process.
package final class InputPipe {
  private(set) var reader: Int32
  private var writer: Int32

  package init() throws {
    // A named pipe is not inherited by other processes that start at the same time.
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/pipe"
    guard mkfifo(path, 0o600) == 0 else { throw ChildProcessFailure(reason: String(cString: strerror(errno))) }
    reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)  // does not wait for a writer
    writer = open(path, O_WRONLY | O_CLOEXEC)
    guard reader >= 0, writer >= 0, fcntl(reader, F_SETFL, 0) == 0 else {
      throw ChildProcessFailure(reason: String(cString: strerror(errno)))
    }
    // A process that no longer reads is an error of the write, not the end of the tests.
    signal(SIGPIPE, SIG_IGN)
  }

  deinit {
    closeReader()
    close()
  }

  /// Writes bytes; false if the reader has closed the pipe.
  package func write(_ bytes: some Collection<UInt8>) -> Bool {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(writer, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// The request `FIONREAD`, which Swift does not import on Darwin.
  #if canImport(Darwin)
    private static let bytesToRead: UInt = 0x4004_667F
  #else
    private static let bytesToRead = UInt(FIONREAD)
  #endif

  /// How many bytes were written and not yet read.
  package var unreadCount: Int {
    var count: Int32 = 0
    return ioctl(writer, Self.bytesToRead, &count) == 0 ? Int(count) : 0
  }

  /// Ends the input.
  package func close() {
    guard writer >= 0 else { return }
    _ = systemClose(writer)
    writer = -1
  }

  func closeReader() {
    guard reader >= 0 else { return }
    _ = systemClose(reader)
    reader = -1
  }
}

private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
