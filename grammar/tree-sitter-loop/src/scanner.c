// What a word is, told by what stands behind it and whether it stands on the line of what is before it. Nothing is
// remembered from one word to the next.

#include "tree_sitter/parser.h"

#include <string.h>

enum Token {
  IDENTIFIER,
  ATTRIBUTE_NAME,
  MEDIUM_NAME,
  UNIT_NAME,
  MEMBER_NAME,
  CONTENT,
  RECOVERY,
};

// No reserved word is as long.
#define LONGEST 12

// Words that cannot be names without quotes (docs/language.md, "Reserved words").
static const char *const RESERVED[] = {
    "model", "currency", "unit", "medium", "role",  "measure",  "param",  "participant", "flow", "loop",
    "path",  "closure",  "plan", "sweep",  "risk",  "scenario", "import", "expect",      "use",  "and",
    "or",    "not",      "in",   "via",    "of",    "from",     "to",     "else",
};

// An ASCII letter, digit or `_`. What lies beyond is taken for a letter, but for spaces, pictures, and the signs that
// people type for those of the language: which letters there are is loopc's to say.
static bool is_name_sign(int32_t sign) {
  if (sign < 0x80) {
    return (sign >= 'a' && sign <= 'z') || (sign >= 'A' && sign <= 'Z') || (sign >= '0' && sign <= '9') || sign == '_';
  }
  if (sign == 0xAA || sign == 0xB5 || sign == 0xBA) {
    return true;
  }
  bool latin = sign < 0xC0 || sign == 0xD7 || sign == 0xF7;
  bool general = sign >= 0x2000 && sign < 0x2070;
  bool arrow_or_operator = sign >= 0x2190 && sign < 0x2C00;
  bool cjk = sign >= 0x3000 && sign < 0x3005;
  bool cjk_bracket = sign >= 0x3008 && sign < 0x3021;
  bool wide = (sign >= 0xFF00 && sign < 0xFF10) || (sign >= 0xFF1A && sign < 0xFF21) ||
              (sign >= 0xFF5B && sign < 0xFF66);
  bool picture = sign >= 0x1F000 && sign < 0x1FB00;
  return !(latin || general || arrow_or_operator || cjk || cjk_bracket || wide || picture || sign == 0xFEFF);
}

static bool is_space(int32_t sign) {
  return sign == ' ' || (sign >= '\t' && sign <= '\r') || sign == 0xFEFF || sign == 0x3000 || sign == 0xA0;
}

// Past white space and comments.
static void skip_behind(TSLexer *lexer) {
  for (;;) {
    while (is_space(lexer->lookahead)) {
      lexer->advance(lexer, false);
    }
    if (lexer->lookahead != '/') {
      return;
    }
    lexer->advance(lexer, false);
    if (lexer->lookahead != '/') {
      return;
    }
    while (lexer->lookahead != '\n' && !lexer->eof(lexer)) {
      lexer->advance(lexer, false);
    }
  }
}

// A name in quotes, within which a quote is written twice.
static bool quoted(TSLexer *lexer) {
  bool empty = true;
  lexer->advance(lexer, false);
  for (;;) {
    int32_t sign = lexer->lookahead;
    if (lexer->eof(lexer) || sign == '\n' || sign == '\r') {
      return false;
    }
    lexer->advance(lexer, false);
    if (sign == '\'') {
      if (lexer->lookahead != '\'') {
        return !empty;
      }
      lexer->advance(lexer, false);
    }
    empty = false;
  }
}

// A word, copied as far as it may be a reserved one.
static void word(TSLexer *lexer, char *copy) {
  unsigned length = 0;
  while (is_name_sign(lexer->lookahead) && !lexer->eof(lexer)) {
    if (length < LONGEST) {
      copy[length++] = lexer->lookahead < 0x80 ? (char)lexer->lookahead : '?';
    }
    lexer->advance(lexer, false);
  }
  copy[length] = '\0';
}

static bool is_reserved(const char *found) {
  for (unsigned index = 0; index < sizeof RESERVED / sizeof RESERVED[0]; index++) {
    if (strcmp(RESERVED[index], found) == 0) {
      return true;
    }
  }
  return false;
}

// Whether a name ends before a colon, or before `=`, which people write for it.
static bool before_colon(TSLexer *lexer) {
  if (lexer->lookahead == ':' || lexer->lookahead == 0xFF1A) {
    return true;
  }
  if (lexer->lookahead != '=') {
    return false;
  }
  lexer->advance(lexer, false);
  return lexer->lookahead != '=' && lexer->lookahead != '>';
}

static bool is_digit(int32_t sign) { return sign >= '0' && sign <= '9'; }

static bool take(TSLexer *lexer, enum Token token) {
  lexer->result_symbol = token;
  return true;
}

// What stands in a string, to an escape, to its end, or to the end of its line.
static bool content(TSLexer *lexer) {
  bool empty = true;
  for (;;) {
    int32_t sign = lexer->lookahead;
    lexer->mark_end(lexer);
    if (sign == '"' || sign == '\n' || sign == '\r' || lexer->eof(lexer)) {
      return !empty && take(lexer, CONTENT);
    }
    lexer->advance(lexer, false);
    if (sign == '\\' && (lexer->lookahead == '"' || lexer->lookahead == '\\')) {
      return !empty && take(lexer, CONTENT);
    }
    empty = false;
  }
}

static bool member(TSLexer *lexer) {
  if (!is_name_sign(lexer->lookahead) || is_digit(lexer->lookahead)) {
    return false;
  }
  char found[LONGEST + 1];
  word(lexer, found);
  lexer->mark_end(lexer);
  return take(lexer, MEMBER_NAME);
}

static bool scan(TSLexer *lexer, const bool *valid) {
  if (valid[CONTENT] && !valid[RECOVERY]) {
    return content(lexer);
  }
  if (valid[MEMBER_NAME] && !valid[RECOVERY]) {
    return member(lexer);
  }
  bool same_line = true;
  while (is_space(lexer->lookahead)) {
    same_line = same_line && lexer->lookahead != '\n' && lexer->lookahead != '\r';
    lexer->advance(lexer, true);
  }
  char found[LONGEST + 1] = "";
  bool in_quotes = lexer->lookahead == '\'';
  if (in_quotes) {
    if (!quoted(lexer)) {
      return false;
    }
  } else {
    if (!is_name_sign(lexer->lookahead) || is_digit(lexer->lookahead)) {
      return false;
    }
    word(lexer, found);
  }
  bool reserved = !in_quotes && is_reserved(found);
  lexer->mark_end(lexer);
  skip_behind(lexer);
  char behind[LONGEST + 1] = "";
  if (is_digit(lexer->lookahead)) {
    if (strcmp(found, "hop") == 0) {
      return false;
    }
  } else if (is_name_sign(lexer->lookahead)) {
    word(lexer, behind);
    // Also where no medium can stand, as in braces of attributes: there it says that they were never closed.
    if (!reserved && strcmp(behind, "flow") == 0) {
      return take(lexer, MEDIUM_NAME);
    }
    if (strcmp(found, "each") == 0 && strcmp(behind, "hop") == 0) {
      return false;
    }
  } else if (valid[ATTRIBUTE_NAME] && !in_quotes && before_colon(lexer)) {
    return take(lexer, ATTRIBUTE_NAME);
  }
  if (reserved) {
    return false;
  }
  if (valid[UNIT_NAME] && !valid[RECOVERY]) {
    return same_line && take(lexer, UNIT_NAME);
  }
  return valid[IDENTIFIER] && !in_quotes && take(lexer, IDENTIFIER);
}

void *tree_sitter_loop_external_scanner_create(void) { return NULL; }

void tree_sitter_loop_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_loop_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_loop_external_scanner_deserialize(void *payload, const char *buffer, unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

bool tree_sitter_loop_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  (void)payload;
  return scan(lexer, valid);
}
