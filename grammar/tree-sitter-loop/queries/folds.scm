; What stands in braces.
[
  (block)
  (changes)
] @fold
