; One step farther in for what stands in brackets.
(_
  "{"
  "}" @end) @indent

(_
  "("
  ")" @end) @indent
