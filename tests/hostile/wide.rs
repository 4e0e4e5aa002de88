//! Lines of ten megabytes, and faults far to the right of them.

use super::{accepted, refused, survive};

const WIDE: usize = 10_000_000;

#[test]
fn one_wide_line() {
    refused(format!("{}param\n", " ".repeat(WIDE)), "L0101");
    refused(format!("param a = {}?\n", " ".repeat(WIDE)), "L0101");
    refused(format!("param a = 1{}\n", " ?".repeat(WIDE / 2)), "L0101");
    refused("x".repeat(WIDE), "L0101");
    refused("商".repeat(WIDE / 3), "L0101");
    refused("?".repeat(WIDE), "L0101");
    refused(format!("param a = b{}\n", "商".repeat(WIDE / 3)), "L0201");
    refused("x ".repeat(WIDE / 2), "L0101");
    refused(format!("// {}\nparam a = b", "y".repeat(WIDE)), "L0201");
    refused(format!("param a = b // {}\n", "y".repeat(WIDE)), "L0201");
}

#[test]
fn a_wide_sum() {
    // Ten megabytes, most of them white space: a tree of two million terms would take a gigabyte.
    accepted(format!("param a = 1{}\n", format!("{:40}+ 1", "").repeat(WIDE / 43)));
    refused(format!("param a = 1{} + b\n", " + 1".repeat(WIDE / 80)), "L0201");
    refused(format!("param a = 1{} + 1 day\n", " + 1".repeat(WIDE / 80)), "L0301");
}

/// Thousands of faults on one wide line: each place is worked out without walking the line again.
#[test]
fn many_faults_on_one_line() {
    let unknown: String = (0..50_000).map(|n| format!(" + a_name_that_is_unknown_{n}")).collect();
    refused(format!("param a = 1{unknown}\n"), "L0201");
    let wrong = " , cost: 1 × 2".repeat(100_000);
    refused(format!("participant a: business {{ cost: 1{wrong} }}\n"), "L0117");
    refused(format!("participant a: business {{ cost: 1{} }}\n", " ; cost: 1".repeat(100_000)), "L0117");
    refused(format!("unit a{}\n", " ，商户".repeat(100_000)), "L0109");
}

/// Around the column at which miette gives up.
#[test]
fn columns_around_the_limit() {
    for width in [1_990, 2_000, 2_010, 65_520, 65_535, 65_536, 65_560] {
        for letter in ["x", "商", "\t", "e\u{301}", "👩‍👩‍👧", "\u{202e}"] {
            let padding = letter.repeat(width / letter.chars().count());
            let text =
                format!("param a = b /* {padding}\nparam c = d // {padding}\n// {padding}\nparam e = f\n");
            assert!(survive(text).errors() > 0);
        }
        assert!(survive(format!("param a = {}b\n", " ".repeat(width))).errors() > 0);
    }
}

/// Characters that have no width, or two, or turn the line around, beside the fault.
#[test]
fn strange_characters() {
    for sign in [
        "\u{200b}",
        "\u{feff}",
        "\u{202e}",
        "\u{2028}",
        "\u{85}",
        "\u{10ffff}",
        "👩‍👩‍👧",
        "\u{e000}",
        "\u{a0}",
        "\u{3000}",
    ] {
        for text in [
            "param ☃ = 1\n",
            "☃param a = b\n",
            "param a = ☃b\n",
            "param a = b ☃\n",
            "param a☃ = b\n",
            "//☃\nparam a = b",
        ] {
            let _ = survive(text.replace('☃', sign));
        }
    }
}
