/**
 * The language of `.loop` files for tree-sitter, as `loop.pest` has it for loopc.
 *
 * What a word is depends on what stands behind it: before `flow` a medium, before a colon an attribute, behind a number
 * of its line a unit; and a reserved word is never a name. `src/scanner.c` decides that. So a brace that is never
 * closed, or a value that is missing, does not swallow the declaration that follows, as it does not for loopc.
 */
/// <reference types="tree-sitter-cli/dsl" />

/// How tightly operators bind (docs/language.md, "Expressions").
const BINDING = { or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, sign: 7, power: 8 };

/// One or more, with commas between them.
const list = (rule) => seq(rule, repeat(seq(",", rule)));

module.exports = grammar({
  name: "loop",

  // White space is what `loop.pest` has for it.
  extras: ($) => [/[ \t-\r\uFEFF\u3000\u00A0]/, $.comment, $.doc_comment],

  externals: ($) => [
    // Any other name.
    $.identifier,
    // A name before a colon, in braces.
    $.attribute_name,
    // A name before `flow`.
    $.medium_name,
    // A name behind a number or a parenthesis, on its line.
    $.unit_name,
    // Any word right behind a point.
    $.member_name,
    // What stands in a string, but for escapes.
    $.content,
    // Never in the grammar: it is asked for where the parser recovers.
    $._recovery,
  ],

  supertypes: ($) => [$._declaration, $._addition, $._overlay, $._expression],

  inline: ($) => [$._name],

  // A comma goes on with the values of an attribute, or ends it.
  conflicts: ($) => [[$.attribute]],

  rules: {
    source_file: ($) => repeat($._declaration),

    // ------------------------------------------------------------ declarations

    _declaration: ($) => choice($.model, $.use, $.scenario, $._addition),

    // What a scenario may add.
    _addition: ($) =>
      choice(
        $.currency,
        $.unit,
        $.medium,
        $.role,
        $.measure,
        $.param,
        $.participant,
        $.flow,
        $.loop,
        $.path,
        $.closure,
        $.plan,
        $.expect,
        $.import,
        $.later,
      ),

    model: ($) => seq("model", field("title", $.string)),

    currency: ($) => seq("currency", field("name", $._name), optional(seq("=", field("value", $._expression)))),

    unit: ($) =>
      seq(
        "unit",
        field("name", $._name),
        choice(seq("=", field("value", $._expression)), repeat(seq(",", field("name", $._name)))),
      ),

    medium: ($) => seq("medium", field("name", $._name), optional(field("label", $.string))),

    role: ($) => seq("role", field("name", $._name), optional(field("label", $.string))),

    measure: ($) => seq("measure", field("name", $._name), ":", field("unit", $._expression)),

    param: ($) =>
      seq(
        "param",
        field("name", $._name),
        "=",
        field("value", $._expression),
        repeat(choice($.param_range, $.distribution)),
      ),

    param_range: ($) => seq("in", field("low", $._expression), "..", field("high", $._expression)),

    distribution: ($) => seq("~", field("shape", $._name), field("arguments", $.arguments), optional("truncated")),

    participant: ($) =>
      seq(
        "participant",
        field("name", $._name),
        ":",
        field("role", $._name),
        repeat(choice(field("label", $.string), $.of)),
        optional($.block),
      ),

    of: ($) => seq("of", field("company", $._name)),

    flow: ($) =>
      seq(
        // Without its medium it is a fault that loopc tells.
        optional(field("medium", $.medium_name)),
        "flow",
        field("name", $._name),
        ":",
        field("stop", $._name),
        repeat1(seq("->", field("stop", $._name))),
        repeat(choice($.via, field("label", $.string))),
        optional($.block),
      ),

    via: ($) => seq("via", list(field("participant", $._name))),

    loop: ($) => seq("loop", analysis($)),
    path: ($) => seq("path", analysis($)),
    closure: ($) => seq("closure", analysis($)),
    plan: ($) => seq("plan", analysis($)),

    expect: ($) => seq("expect", field("claim", $._expression)),

    use: ($) => seq("use", field("path", $.string)),

    import: ($) =>
      seq(
        "import",
        field("kind", alias(choice("participants", "flows", "params"), $.import_kind)),
        "from",
        field("path", $.string),
        optional($.block),
      ),

    scenario: ($) =>
      seq(
        "scenario",
        field("name", $._name),
        repeat(choice(field("label", $.string), $.from)),
        field("body", $.changes),
      ),

    from: ($) => seq("from", field("scenario", $._name)),

    changes: ($) => seq("{", repeat(choice($._addition, $._overlay)), "}"),

    // What a later version brings.
    later: ($) =>
      seq(
        choice("sweep", "risk"),
        optional(field("name", $._name)),
        optional(field("label", $.string)),
        optional($.block),
      ),

    // ------------------------------------------------------------ what only a scenario can say

    _overlay: ($) => choice($.set, $.change, $.remove),

    set: ($) => seq("set", field("name", $._name), "=", field("value", $._expression)),

    change: ($) => seq("change", field("name", $._name), $.block),

    remove: ($) => seq("remove", list(field("name", $._name))),

    // ------------------------------------------------------------ attributes

    block: ($) => seq("{", repeat(choice($.attribute, ",")), "}"),

    attribute: ($) =>
      seq(
        field("name", choice($.attribute_name, $.hop)),
        ":",
        field("value", choice($.block, list(choice($._expression, $.range, $.share)))),
      ),

    hop: ($) => choice(seq("each", "hop"), seq("hop", $.number)),

    range: ($) => seq(field("low", $._expression), "..", field("high", $._expression)),

    // A yield, and where the rest of it goes.
    share: ($) => seq(field("value", $._expression), "else", field("rest", $._name)),

    // ------------------------------------------------------------ expressions

    _expression: ($) =>
      choice(
        $.number,
        $.quantity,
        $.group,
        $.string,
        $.identifier,
        $.quoted_name,
        $.member,
        $.call,
        $.sign,
        $.not,
        $.binary,
      ),

    quantity: ($) => seq(field("value", choice($.number, $.group)), field("unit", $.unit_name)),

    group: ($) => seq("(", $._expression, ")"),

    member: ($) =>
      seq(
        field("object", $._name),
        token.immediate("."),
        field("member", choice($.member_name, $.number)),
      ),

    call: ($) => seq(field("function", choice($._name, $.member)), field("arguments", $.arguments)),

    arguments: ($) => seq("(", optional(list($._expression)), ")"),

    sign: ($) => prec(BINDING.sign, seq("-", $._expression)),

    not: ($) => prec(BINDING.not, seq("not", $._expression)),

    binary: ($) =>
      choice(
        ...[
          [prec.left, BINDING.or, "or"],
          [prec.left, BINDING.and, "and"],
          [prec.left, BINDING.compare, choice("<=", ">=", "==", "!=", "<", ">", "in")],
          [prec.left, BINDING.sum, choice("+", "-")],
          [prec.left, BINDING.product, choice("*", "/")],
          [prec.right, BINDING.power, "^"],
        ].map(([associate, binding, operator]) =>
          associate(
            binding,
            seq(field("left", $._expression), field("operator", operator), field("right", $._expression)),
          ),
        ),
      ),

    // ------------------------------------------------------------ literals and names

    number: () => /\d[\d_]*(\.\d[\d_]*)?([eE][+-]?\d+)?(bn|bp|[kM万亿%‰])?/,

    string: ($) => seq('"', repeat(choice($.content, $.escape)), token.immediate('"')),

    escape: () => token.immediate(/\\["\\]/),

    _name: ($) => choice($.identifier, $.quoted_name),

    quoted_name: () => /'(''|[^'\r\n])+'/,

    // ------------------------------------------------------------ comments

    doc_comment: () => token(seq("///", optional(/[^\/\n][^\n]*/))),

    comment: () => token(seq("//", optional(choice(/[^\/\n][^\n]*/, /\/\/[^\n]*/)))),
  },
});

/// What stands behind the word of an analysis.
function analysis($) {
  return seq(field("name", $._name), optional(field("label", $.string)), optional($.block));
}
