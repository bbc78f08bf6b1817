import Foundation

/// The commands with their arguments, as the argument parser describes them, and the two pages that are made from that.
struct CommandReference {
  struct Argument: Decodable {
    struct Name: Decodable {
      var kind: String
      var name: String

      var text: String { kind == "long" ? "--\(name)" : "-\(name)" }
    }

    var kind: String
    var shouldDisplay: Bool
    var isOptional: Bool
    var isRepeating: Bool
    var names: [Name]?
    var valueName: String?
    var defaultValue: String?
    var abstract: String?

    /// `-m, --message <message>`, `<revision>`.
    var title: String {
      let value = "<\(valueName ?? "value")>" + (isRepeating && kind == "positional" ? "…" : "")
      guard let names, !names.isEmpty else { return value }
      // Short names come first, as in the help.
      let sorted = names.filter { $0.kind != "long" } + names.filter { $0.kind == "long" }
      return sorted.map(\.text).joined(separator: ", ") + (kind == "option" ? " \(value)" : "")
    }

    var isHelp: Bool { names?.contains { $0.name == "help" || $0.name == "version" } ?? false }
  }

  struct Command: Decodable {
    var superCommands: [String]?
    var commandName: String
    var shouldDisplay: Bool
    var abstract: String?
    var discussion: String?
    var subcommands: [Command]?
    var arguments: [Argument]?

    var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }
  }

  private struct Tool: Decodable {
    var command: Command
  }

  private let root: Command
  /// The commands that do something, in the order of the help.
  let commands: [Command]

  init(_ dump: String) throws {
    root = try JSONDecoder().decode(Tool.self, from: Data(dump.utf8)).command
    func leaves(_ command: Command) -> [Command] {
      let below = (command.subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
      return below.isEmpty ? [command] : below.flatMap(leaves)
    }
    commands = leaves(root)
  }

  /// The flags that every command has.
  private var common: [Argument] {
    let lists = commands.map { Set(($0.arguments ?? []).map(\.title)) }
    let titles = lists.dropFirst().reduce(lists.first ?? []) { $0.intersection($1) }
    return (commands.first?.arguments ?? []).filter { titles.contains($0.title) && !$0.isHelp }
  }

  private func own(_ command: Command) -> [Argument] {
    let titles = Set(common.map(\.title))
    let own = (command.arguments ?? []).filter { $0.shouldDisplay && !$0.isHelp && !titles.contains($0.title) }
    // A flag and its opposite are two arguments with one meaning.
    return own.reduce(into: []) { list, argument in
      if let last = list.last, argument.kind == "flag", last.abstract == argument.abstract {
        list[list.count - 1].names = (last.names ?? []) + (argument.names ?? [])
      } else {
        list.append(argument)
      }
    }
  }

  // MARK: - Article

  var article: String {
    var text = """
      # Command reference

      Every command with its arguments, as `--help` prints them.

      ## Overview

      This page is made from the help of the command. <doc:Commands> has what is common: exit codes, JSON, and which command is for
      what.

      \(root.abstract ?? "")

      ### Flags of every command

      They come before or after the command.

      \(Self.table(common))

      """
    for command in commands {
      text += "\n## \(command.path)\n\n\(command.abstract ?? "")\n"
      if let discussion = command.discussion { text += "\n" + Self.markdown(discussion) + "\n" }
      let arguments = own(command)
      if !arguments.isEmpty { text += "\n" + Self.table(arguments) + "\n" }
    }
    return text
  }

  private static func table(_ arguments: [Argument]) -> String {
    (["| argument | meaning |", "|---|---|"]
      + arguments.map { argument in
        let title = argument.title.replacing("|", with: "\\|")
        return "| `\(title)` | \(meaning(of: argument).replacing("|", with: "\\|")) |"
      }).joined(separator: "\n")
  }

  private static func meaning(of argument: Argument) -> String {
    let standard = argument.defaultValue.map { " Default: `\($0)`." } ?? ""
    return (argument.abstract ?? "").replacing("\n", with: " ") + standard
  }

  /// A text of paragraphs and indented lines, with those in code blocks.
  private static func markdown(_ text: String) -> String {
    var lines: [String] = []
    var isCode = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isIndented = line.hasPrefix("  ")
      // Settings are indented, too.
      let language = line.hasPrefix("  [") ? "toml" : "sh"
      if isIndented != isCode, isIndented || !line.isEmpty {
        // The empty line before the text that follows comes after the block.
        if isCode, lines.last == "" { lines[lines.count - 1] = "```" }
        lines += isCode ? [""] : (lines.last == "" ? [] : [""]) + ["```\(language)"]
        isCode = isIndented
      }
      // What a command is for is behind it, apart.
      let shown = line.dropFirst(2)
      let marked = shown.hasPrefix("metaxy ") ? shown.replacing(#/[ ]{2,}/#, with: "  # ", maxReplacements: 1) : shown
      lines.append(isIndented ? String(marked) : String(line))
    }
    while lines.last == "" { lines.removeLast() }
    return (lines + (isCode ? ["```"] : [])).joined(separator: "\n")
  }

  // MARK: - Manual page

  var manual: String {
    var text = """
      .TH METAXY 1 "" "metaxy" "User Commands"
      .SH NAME
      metaxy \\- \(Self.roff((root.abstract ?? "").prefix(1).lowercased() + (root.abstract ?? "").dropFirst()))
      .SH SYNOPSIS
      .B metaxy
      .I command
      .RI [ arguments ]
      .SH DESCRIPTION
      \(Self.paragraphs(root.discussion ?? ""))
      .SH FLAGS OF EVERY COMMAND
      \(common.map(Self.entry).joined(separator: "\n"))
      .SH COMMANDS

      """
    for command in commands {
      text += ".SS \(Self.roff(command.path))\n\(Self.roff(command.abstract ?? ""))\n"
      if let discussion = command.discussion { text += ".PP\n\(Self.paragraphs(discussion))\n" }
      for argument in own(command) { text += Self.entry(argument) + "\n" }
    }
    return text
  }

  private static func entry(_ argument: Argument) -> String {
    ".TP\n.B \(roff(argument.title))\n\(roff(meaning(of: argument).replacing("`", with: "")))"
  }

  private static func paragraphs(_ text: String) -> String {
    var lines: [String] = []
    var isCode = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isIndented = line.hasPrefix("  ")
      if isIndented != isCode, isIndented || !line.isEmpty {
        lines.append(isIndented ? ".PP\n.nf" : ".fi\n.PP")
        isCode = isIndented
      }
      if line.isEmpty {
        if !isCode { lines.append(".PP") }
      } else {
        lines.append(roff(line.replacing("`", with: "")))
      }
    }
    return (lines + (isCode ? [".fi"] : [])).joined(separator: "\n")
  }

  /// A text in which nothing is a request of roff; hyphens of flags can be copied.
  private static func roff(_ text: some StringProtocol) -> String {
    let escaped = String(text).replacing("\\", with: "\\e").replacing("-", with: "\\-")
    return escaped.hasPrefix(".") || escaped.hasPrefix("'") ? "\\&" + escaped : escaped
  }
}
