; What is declared, for lists of symbols.

([
  (currency name: (_) @name)
  (unit name: (_) @name)
  (medium name: (_) @name)
  (role name: (_) @name)
  (measure name: (_) @name)
] @definition.type)

(param name: (_) @name) @definition.constant

(participant name: (_) @name) @definition.class

(flow name: (_) @name) @definition.function

([
  (loop name: (_) @name)
  (path name: (_) @name)
  (closure name: (_) @name)
  (plan name: (_) @name)
] @definition.function)

(scenario name: (_) @name) @definition.module
