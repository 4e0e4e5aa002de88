; Marks such as TODO in comments.
([
  (comment)
  (doc_comment)
] @injection.content
  (#set! injection.language "comment"))
