@_exported public import MetaxyFeatures
