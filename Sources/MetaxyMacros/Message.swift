internal import MetaxyEssentials

/// What the compiler sends, as far as it is needed here. At most one member is present.
///
/// The protocol has no published specification; its messages are those of swift-syntax's `PluginMessages.swift`.
/// https://github.com/swiftlang/swift-syntax/blob/main/Sources/SwiftCompilerPluginMessageHandling/PluginMessages.swift
/// Compilers go on talking to plug-ins built years before them, so members are added and never change: what is not named
/// here is ignored.
struct Request: Decodable {
  /// The first message of all.
  var getCapability: Nothing?
  var expandAttachedMacro: Expansion?

  struct Nothing: Decodable {}

  /// Asks what one attribute adds in one of the roles that its macro's declaration gives it.
  struct Expansion: Decodable {
    var macro: Macro
    /// `extension`, `member`, `peer`.
    var macroRole: String
    /// The attribute, with the white space and the comments before and after it.
    var attributeSyntax: Syntax
    /// In the role `extension`, the type with all that it is nested in: `Outer.Video`.
    var extendedTypeSyntax: Syntax?
    /// In the role `extension`, the macro's protocols that the declaration does not name itself, as
    /// `struct Placeholder: Feature {}`; absent when it names them all. One that a base protocol implies counts as not
    /// named, and may be named again.
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
  /// Reads a message; nil when it is no JSON. What is JSON and not understood has no member.
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

/// What the compiler is told. Exactly one member is present.
struct Answer: Encodable {
  var getCapabilityResult: Capabilities?
  var expandMacroResult: Expansion?

  struct Capabilities: Encodable {
    var capability = Capability()

    struct Capability: Encodable {
      /// The version since which compilers send `conformanceListSyntax`, and the one of Swift 6.3.
      var protocolVersion = 7
    }
  }

  struct Expansion: Encodable {
    /// The text added to the program; null where the request was not understood.
    var expandedSource: String?

    private enum CodingKeys: CodingKey {
      case expandedSource, diagnostics
    }

    func encode(to encoder: any Encoder) throws {
      var members = encoder.container(keyedBy: CodingKeys.self)
      try members.encode(expandedSource, forKey: .expandedSource)
      // Always empty: what is wrong is told by the compiler or by the command.
      try members.encode([String](), forKey: .diagnostics)
    }
  }

  /// The message's JSON.
  var message: [UInt8]? {
    // Nothing here can fail to encode; a plug-in that cannot answer stops.
    (try? JSONEncoder().encode(self)).map(Array.init)
  }
}
