extension Request.Expansion {
  /// The source that the attribute adds in this role; empty for none.
  ///
  /// Members are `public` because a public type needs public witnesses; in other types the modifier has no effect. They
  /// are `nonisolated` for modules whose default isolation is the main actor.
  var expandedSource: String {
    switch (macro.typeName, macroRole) {
    case ("FeatureMacro", "member"):
      // A member instead of a part of the extension: inside the type, `Video.self` also finds the siblings of a nested
      // feature.
      return """
        public nonisolated static var feature: Metaxy.FeatureDeclaration {
        Metaxy.FeatureDeclaration\(arguments)
        }
        """
    case ("FeatureMacro", "extension"):
      guard let type = extendedTypeSyntax?.source, conformanceListSyntax != nil else { return "" }
      return "nonisolated extension \(type): Metaxy.Feature {}"
    case ("FeatureBaseMacro", "extension"):
      guard let type = extendedTypeSyntax?.source else { return "" }
      return """
        nonisolated extension \(type) {
        public static var featureBase: Metaxy.FeatureBaseDeclaration {
        Metaxy.FeatureBaseDeclaration\(arguments)
        }
        }
        """
    default:
      return ""
    }
  }

  /// The attribute's arguments as written, with their parentheses and any comment after them.
  private var arguments: Substring {
    let attribute = attributeSyntax.source.dropTrivia()
    // Swift 6 allows neither white space nor comments between the name and the parenthesis.
    return attribute.firstIndex(of: "(").map { attribute[$0...] } ?? "()"
  }
}

extension StringProtocol where SubSequence == Substring {
  /// Returns the text without leading white space and comments.
  func dropTrivia() -> Substring {
    var rest = self[...]
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if rest.hasPrefix("//") {
        rest = rest.drop { !$0.isNewline }
      } else if rest.hasPrefix("/*") {
        rest = rest.dropBlockComment()
      } else {
        break
      }
    }
    return rest
  }
}

extension Substring {
  /// Returns the text after the block comment at its start; block comments nest.
  fileprivate func dropBlockComment() -> Substring {
    var rest = self
    var depth = 0
    while !rest.isEmpty {
      if rest.hasPrefix("/*") {
        depth += 1
        rest = rest.dropFirst(2)
      } else if rest.hasPrefix("*/") {
        depth -= 1
        rest = rest.dropFirst(2)
        if depth == 0 { return rest }
      } else {
        rest.removeFirst()
      }
    }
    return rest
  }
}
