import MetaxyCLI

Program.main(Array(CommandLine.arguments.dropFirst()))
