("{" @open
  "}" @close)

("(" @open
  ")" @close)
