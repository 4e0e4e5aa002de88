; Colours. Later patterns win. Where editors call one thing by different names, each has a pattern of its own, and an
; editor passes over the names that it does not know.

; ---- Names ----

(identifier) @variable
(quoted_name) @variable

((identifier) @variable.builtin
  (#any-of? @variable.builtin "amount" "cost" "profit" "revenue" "turn" "volume"))

(member_name) @variable.other.member
(member_name) @property
(member object: (_) @variable)

(unit_name) @type
(medium_name) @type

; ---- Names that are declared ----

(currency name: (_) @type)
(unit name: (_) @type)
(medium name: (_) @type)
(role name: (_) @type)
(measure name: (_) @type)
(measure unit: (identifier) @type)
(param name: (_) @constant)
(participant name: (_) @constructor)
(participant role: (_) @type)
(flow name: (_) @function)
(loop name: (_) @function)
(path name: (_) @function)
(closure name: (_) @function)
(plan name: (_) @function)
(later name: (_) @function)
(scenario name: (_) @label)
(from scenario: (_) @label)
(set name: (_) @constant)
(change name: (_) @variable)
(remove name: (_) @variable)

; ---- Calls ----

(call function: (identifier) @function)
(call
  function: (identifier) @function.builtin
  (#any-of? @function.builtin "abs" "annuity" "ceil" "floor" "max" "min" "round"))
(call function: (member member: (member_name) @function))
(distribution shape: (_) @function.builtin)

; ---- Attributes ----

(attribute_name) @attribute
(attribute_name) @property

(attribute
  name: (attribute_name) @_name
  value: (identifier) @type
  (#any-of? @_name "medium" "role"))
(attribute
  name: (attribute_name) @_name
  value: (identifier) @type
  (#eq? @_name "over")
  (#any-of? @type "cash" "goods" "information" "service"))
(attribute
  name: (attribute_name) @_name
  value: (identifier) @type
  (#eq? @_name "period"))
(attribute
  name: (attribute_name) @_name
  value: (identifier) @constant.builtin
  (#any-of? @_name "integral" "self" "sink" "source")
  (#any-of? @constant.builtin "no" "skip" "unlimited" "yes"))

; ---- Literals ----

(number) @constant.numeric
(number) @number
(string) @string
(escape) @string.escape

; ---- Words ----

[
  "change"
  "closure"
  "currency"
  "each"
  "else"
  "expect"
  "flow"
  "from"
  "hop"
  "import"
  "loop"
  "measure"
  "medium"
  "model"
  "of"
  "param"
  "participant"
  "path"
  "plan"
  "remove"
  "risk"
  "role"
  "scenario"
  "set"
  "sweep"
  "truncated"
  "unit"
  "use"
  "via"
] @keyword

(import_kind) @keyword

[
  "and"
  "in"
  "not"
  "or"
] @keyword.operator

; ---- Signs ----

[
  "!="
  "*"
  "+"
  "-"
  "->"
  ".."
  "/"
  "<"
  "<="
  "="
  "=="
  ">"
  ">="
  "^"
  "~"
] @operator

[
  "("
  ")"
  "{"
  "}"
] @punctuation.bracket

[
  ","
  "."
  ":"
] @punctuation.delimiter

; ---- Comments ----

(comment) @comment
(doc_comment) @comment.documentation
