// What a program that imports this module needs to name: errors, registries, keys and columns.
@_exported public import MetaxyErrors
@_exported public import MetaxyFeatures
