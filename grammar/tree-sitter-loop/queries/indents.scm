; One step farther in for what stands in brackets. Editors have different names for it.

[
  (arguments)
  (block)
  (changes)
  (group)
] @indent.begin

[
  ")"
  "}"
] @indent.branch @indent.end

[
  (arguments)
  (block)
  (changes)
  (group)
] @indent

[
  ")"
  "}"
] @outdent
