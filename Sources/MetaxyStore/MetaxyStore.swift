// The types that a program with this module uses: errors, registries, keys and columns.
@_exported public import MetaxyErrors
@_exported public import MetaxyFeatures
