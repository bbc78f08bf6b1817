internal import MetaxyEssentials

/// The parts of a compiler message that these macros need. At most one member is present.
///
/// The protocol has no published specification; its messages are those of swift-syntax's `PluginMessages.swift`.
/// https://github.com/swiftlang/swift-syntax/blob/main/Sources/SwiftCompilerPluginMessageHandling/PluginMessages.swift
/// Compilers keep working with plug-ins that were built years before them, so the protocol adds members and never
/// changes existing ones. Members that are not declared here are ignored.
struct Request: Decodable {
  /// The first message.
  var getCapability: Nothing?
  var expandAttachedMacro: Expansion?

  struct Nothing: Decodable {}

  /// Requests the source that an attribute adds in one of the roles of its macro.
  struct Expansion: Decodable {
    var macro: Macro
    /// `extension`, `member`, `peer`.
    var macroRole: String
    /// The attribute with the white space and comments around it.
    var attributeSyntax: Syntax
    /// In the role `extension`, the type with its enclosing types: `Outer.Video`.
    var extendedTypeSyntax: Syntax?
    /// In the role `extension`, the macro's protocols that the declaration does not name itself, as
    /// `struct Placeholder: Feature {}`; absent if it names them all. A protocol that a base protocol implies counts as
    /// not named, and may be repeated.
    var conformanceListSyntax: Syntax?
  }

  struct Macro: Decodable {
    /// The `type` of the declaration's `#externalMacro`.
    var typeName: String
  }

  struct Syntax: Decodable {
    var source: String
  }
}

extension Request {
  /// Decodes a message; nil if it is not JSON. Unknown JSON has no member.
  init?(_ message: [UInt8]) {
    do {
      self = try JSONDecoder().decode(Request.self, from: Data(message))
    } catch DecodingError.dataCorrupted {
      return nil
    } catch {
      self.init()
    }
  }
}

/// The answer to the compiler. Exactly one member is present.
struct Answer: Encodable {
  var getCapabilityResult: Capabilities?
  var expandMacroResult: Expansion?

  struct Capabilities: Encodable {
    var capability = Capability()

    struct Capability: Encodable {
      /// The protocol version since which compilers send `conformanceListSyntax`, and the version of Swift 6.3.
      var protocolVersion = 7
    }
  }

  struct Expansion: Encodable {
    /// The added source; null if the request is unknown.
    var expandedSource: String?

    private enum CodingKeys: CodingKey {
      case expandedSource, diagnostics
    }

    func encode(to encoder: any Encoder) throws {
      var members = encoder.container(keyedBy: CodingKeys.self)
      try members.encode(expandedSource, forKey: .expandedSource)
      // Always empty: the compiler or the command reports problems.
      try members.encode([String](), forKey: .diagnostics)
    }
  }

  /// The answer as JSON.
  var message: [UInt8]? {
    // Encoding these values cannot fail; a plug-in without an answer exits.
    (try? JSONEncoder().encode(self)).map(Array.init)
  }
}
