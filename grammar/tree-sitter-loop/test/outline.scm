; What `grammar/check.sh` holds against loopc's own view of the same texts: tests/editors/outline.rs has the names.

(model) @model
(currency) @currency
(unit) @unit
(medium) @medium
(role) @role
(measure) @measure
(param) @param
(participant) @participant
(flow) @flow
(loop) @loop
(path) @path
(closure) @closure
(plan) @plan
(expect) @expect
(use) @use
(import) @import
(scenario) @scenario
(set) @set
(change) @change
(remove) @remove
(later) @later

(attribute) @attribute

; Parentheses belong to what stands in them.
(quantity) @quantity
(group (quantity) @_) @quantity
(sign) @sign
(group (sign) @_) @sign
(not) @not
(group (not) @_) @not
(binary operator: ["+" "-"]) @sum
(group (binary operator: ["+" "-"]) @_) @sum
(binary operator: ["*" "/"]) @product
(group (binary operator: ["*" "/"]) @_) @product
(binary operator: "^") @power
(group (binary operator: "^") @_) @power
(binary operator: ["<=" ">=" "==" "!=" "<" ">"]) @comparison
(group (binary operator: ["<=" ">=" "==" "!=" "<" ">"]) @_) @comparison
(binary operator: "in") @in
(group (binary operator: "in") @_) @in
(binary operator: "and") @and
(group (binary operator: "and") @_) @and
(binary operator: "or") @or
(group (binary operator: "or") @_) @or

(member) @reference
(call) @reference
(_ [(identifier) (quoted_name)] @reference)
(group [(identifier) (quoted_name) (member) (call)] @_) @reference
