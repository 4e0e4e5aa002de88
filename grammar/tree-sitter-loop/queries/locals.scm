; Names are those of the whole file: they may be used before they are declared.

(source_file) @local.scope

(currency name: (_) @local.definition.type)
(unit name: (_) @local.definition.type)
(medium name: (_) @local.definition.type)
(role name: (_) @local.definition.type)
(measure name: (_) @local.definition.type)
(param name: (_) @local.definition.constant)
(participant name: (_) @local.definition.constructor)
(flow name: (_) @local.definition.function)
(loop name: (_) @local.definition.function)
(path name: (_) @local.definition.function)
(closure name: (_) @local.definition.function)
(plan name: (_) @local.definition.function)
(scenario name: (_) @local.definition.label)

[
  (identifier)
  (quoted_name)
  (unit_name)
  (medium_name)
] @local.reference
