internal import MetaxyPlatform

/// Who runs this process, for engines without users of their own.
package enum ProcessAuthor {
  /// The name of the user and the host: `ada@build-7`.
  package static var name: String {
    let user = getpwuid(geteuid()).flatMap { $0.pointee.pw_name.map { String(cString: $0) } } ?? "user \(geteuid())"
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return user }
    let host = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    return host.isEmpty ? user : "\(user)@\(host)"
  }
}
