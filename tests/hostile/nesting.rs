//! Brackets, signs and quotes by the million, and nesting that hides from whoever counts brackets.

use super::{accepted, refused, survive};

const MANY: usize = 1 << 20;

fn param(of: &str) -> String {
    format!("param a = {}\n", of.repeat(MANY / of.len()))
}

#[test]
fn brackets() {
    refused(param("("), "L0112");
    refused(param("（"), "L0112");
    refused(param("{"), "L0112");
    refused(param("｛"), "L0112");
    refused(param(")"), "L0101");
    refused(param("}"), "L0101");
    refused(param("[]"), "L0101");
    refused(format!("param a = {}1{}\n", "(".repeat(300), ")".repeat(300)), "L0112");
    accepted(format!("param a = {}1{}\n", "(".repeat(250), ")".repeat(250)));
}

/// Levels that no single bracket or row of signs shows: they add up.
#[test]
fn signs_in_brackets() {
    let nested = |brackets: usize, signs: usize| {
        let open = format!("{}(", "-".repeat(signs)).repeat(brackets);
        format!("param a = {open}1{}\n", ")".repeat(brackets))
    };
    refused(nested(200, 250), "L0112");
    refused(nested(200, 2), "L0112");
    accepted(nested(60, 2));
}

/// Powers whose value stays 1 while their unit grows.
#[test]
fn powers_of_units() {
    refused("param a = (1 year / 365) ^ 20000000\n".to_owned(), "L0308");
    refused("param a = (1 day) ^ 101\n".to_owned(), "L0308");
    accepted("param a = (-1) ^ 100000\nparam b = 0 ^ 100000\n".to_owned());
}

#[test]
fn signs() {
    refused(param("-"), "L0101");
    refused(param("- "), "L0101");
    refused(format!("param a = {}1\n", "-".repeat(MANY)), "L0112");
    refused(format!("param a = {}1\n", "- ".repeat(MANY / 2)), "L0112");
    refused(format!("param a = {}1\n", "−".repeat(MANY / 3)), "L0112");
    refused(format!("expect {}1\n", "not ".repeat(MANY / 4)), "L0112");
    refused(format!("param a = {}1\n", "not ".repeat(MANY / 4)), "L0112");
    refused(param("not "), "L0101");
    refused(param("+"), "L0101");
    refused(param("->"), "L0101");
    refused(param("，"), "L0101");
    refused(param("≤"), "L0101");
}

#[test]
fn quotes() {
    for sign in ["\"", "'", "“", "”", "\\", "\\\"", "\"\\", "' ", "\" ", "\"{", "'{'", "«", "\"'"] {
        let survived = survive(param(sign));
        assert!(survived.errors() > 0, "{sign}");
    }
    refused(format!("model \"{}\n", "a".repeat(MANY)), "L0103");
    accepted(format!("model \"{}\"\n", "\\\"".repeat(MANY / 2)));
}

/// Each of these opens a string again and again that its line never closes.
#[test]
fn strings_that_never_close() {
    let rest = "{}\\\"".repeat(MANY / 4);
    for start in
        ["model \"", "plan p \"", "plan p { \"", "participant a: b { tags: \"", "participant a: b { ? \""]
    {
        for more in [&rest, &"\\\"".repeat(MANY / 2), &"„".repeat(MANY / 3), &"\\'".repeat(MANY / 2)] {
            let survived = survive(format!("{start}{more}\n"));
            assert!(survived.errors() > 0, "{start}");
        }
    }
}

/// Braces where one reader of the file sees a string or a comment and another does not.
#[test]
fn hidden_braces() {
    // From just too deep to far beyond any stack.
    for depth in [300, 1_000, 5_000, 100_000] {
        hidden_from_quotes(depth).into_iter().chain(hidden_by_others(depth)).for_each(|text| {
            let shown: String = text.chars().take(40).collect();
            assert!(survive(text).errors() > 0, "{depth}: {shown}");
        });
    }
}

fn hidden_from_quotes(depth: usize) -> Vec<String> {
    let (deep, blocks) = ("{".repeat(depth), "a: { ".repeat(depth));
    vec![
        format!("participant a: b {{ ' {deep} ' }}\n"),
        format!("participant a: b {{ ? \"{deep}\" }}\n"),
        format!("participant a: b {{ ? \" , {blocks} \" }}\n"),
        format!("participant a: b {{ '' , a: '{blocks}' }}\n"),
        format!("participant a: b {{ a: “x\", {blocks} \" }}\n"),
        format!("participant a: b {{ a: \"x\\\n\", {blocks} \"\n }}\n"),
        format!("participant a: b {{ a: \"x\r {blocks} \"\n }}\n"),
        format!("participant a: b {{ a: 'x\r {blocks} '\n }}\n"),
        format!("plan p {{ '{deep}' }}\n"),
        format!("plan p {{ '' '{deep}' }}\n"),
        format!("plan p {{ “{deep}” }}\n"),
        format!("plan p {{ “x\" {deep} \" }}\n"),
    ]
}

fn hidden_by_others(depth: usize) -> Vec<String> {
    let (deep, blocks) = ("{".repeat(depth), "a: { ".repeat(depth));
    vec![
        format!("participant a: b {{ ? {{// {deep}\n }}\n"),
        format!("participant a: b {{ {}", "\n)\na: {".repeat(depth)),
        format!("participant a: b {{ {}", "\n)\na: { （".repeat(depth)),
        format!("participant a: b ｛ {}", "a: ｛ ".repeat(depth)),
        format!("scenario s {{ {deep}\n"),
        format!("scenario s {{ // {deep}\n"),
        format!("param a = 1 {blocks}"),
        format!("param a = round({}", "(1, ".repeat(depth)),
        format!("param a = {}", "min(".repeat(depth)),
        format!("param a = {}", "min（".repeat(depth)),
        format!("expect {}", "a.b(".repeat(depth)),
    ]
}

/// Garbage in a block whose braces do not close on their line.
#[test]
fn garbage_with_open_braces() {
    for open in ["{ ".repeat(100), "{".repeat(200), "{ a: ".repeat(100)] {
        for garbage in ["?", "? '", "? \"", "1 2 3", "a: 1 2"] {
            let text = format!("participant a: business {{\n {garbage} {open}\n {garbage}\n}}\n");
            assert!(survive(text).errors() > 0, "{garbage}");
        }
    }
}

#[test]
fn unclosed_braces() {
    refused("{\n".repeat(50_000), "L0112");
    refused("participant a: business {\n".repeat(50_000), "L0117");
    refused(format!("participant a: business {{ {}", "each hop: {\n".repeat(50_000)), "L0112");
}
