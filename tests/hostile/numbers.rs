//! Numbers that are too long, too large, or grow too large.

use super::{accepted, lines, refused, survive};

const MANY: usize = 1 << 20;

#[test]
fn literals() {
    refused(format!("param a = {}\n", "7".repeat(MANY)), "L0110");
    refused(format!("param a = 0.{}\n", "7".repeat(MANY)), "L0110");
    accepted(format!("param a = 1{}\n", "_".repeat(MANY)));
    refused(format!("param a = 1{}\n", ",000".repeat(MANY / 4)), "L0108");
    refused("participant a: business { cost: 3、0,5 }\n".to_owned(), "L0108");
    let digits =
        refused(format!("participant a: business {{ cost: 1{} }}\n", ",1".repeat(MANY / 2)), "L0108");
    assert_eq!(digits.diagnostics.iter().filter(|one| one.code.name() == "L0108").count(), 1);
    refused(format!("param a = 1{}\n", ".0".repeat(MANY / 2)), "L0101");
    refused("param a = 1e999999999\n".to_owned(), "L0111");
    refused("param a = 1e-999999999\n".to_owned(), "L0111");
    refused(format!("param a = 1e{}\n", "9".repeat(MANY)), "L0111");
    refused(format!("param a = 1{}\n", "k".repeat(MANY)), "L0115");
    refused(format!("param a = 1{}\n", "%".repeat(MANY)), "L0101");
}

/// The constants of an objective multiply, and their product is bounded as every value is.
#[test]
fn constants_of_an_objective() {
    let model = |objective: &str| {
        let long = "7".repeat(9_000);
        format!(
            "currency CNY\nparticipant a: platform\nparticipant b: consumer\nparam k = {long}\n\
             cash flow f: a -> b {{ cost: 1 CNY }}\ncash flow g: b -> a {{ revenue: 2 CNY }}\n\
             loop l {{ maximize: {objective} }}\n"
        )
    };
    refused(model(&format!("{}revenue / cost", "k * ".repeat(3_000))), "L0308");
    refused(model(&format!("revenue / {}cost", "k / ".repeat(3_000))), "L0308");
    refused(model(&format!("{}revenue{} / cost", "k * (".repeat(100), ")".repeat(100))), "L0308");
    refused(model("revenue / 0 / cost"), "L0307");
    accepted(model("k * revenue / k / cost"));
}

#[test]
fn powers() {
    refused(format!("param a = 2{}\n", "^2".repeat(100)), "L0308");
    refused(format!("param a = 2{}\n", "^2".repeat(200_000)), "L0112");
    refused(format!("param a = 2{}\n", "^-2".repeat(200_000)), "L0112");
    refused(format!("param a = 2{}\n", " ** 2".repeat(200_000)), "L0119");
    refused("param a = 2 ^ 999999\n".to_owned(), "L0308");
    refused("param a = 2 ^ -999999\n".to_owned(), "L0308");
    refused("param a = 10 ^ 99999999999999999999\n".to_owned(), "L0308");
    refused("param a = 2 ^ 0.5\n".to_owned(), "L0306");
    refused("param a = 0 ^ -2147483648\n".to_owned(), "L0307");
    refused("param a = 0 ^ -2\n".to_owned(), "L0307");
    accepted("param a = 1 ^ 2147483647\n".to_owned());
    refused("unit u\nparam a = (1 u) ^ 2147483647 * (1 u) ^ 2147483647\n".to_owned(), "L0308");
    accepted("unit u\nparam a = (1 u) ^ 50 * (1 u) ^ 50\n".to_owned());
    refused("param a = annuity(1%, 1000000000)\n".to_owned(), "L0308");
    refused("param a = annuity(-1, 5)\n".to_owned(), "L0307");
}

/// Each param is the square of the one before: its digits double.
#[test]
fn squares_of_squares() {
    let squares = lines(60, |n| {
        if n == 0 { "param p0 = 7".to_owned() } else { format!("param p{n} = p{0} * p{0}", n - 1) }
    });
    refused(squares, "L0308");
    let units = lines(60, |n| {
        if n == 0 { "unit u\nparam p0 = 1 u".to_owned() } else { format!("param p{n} = p{0} * p{0}", n - 1) }
    });
    assert!(survive(units).codes.iter().all(|code| code.starts_with("L03") || code.starts_with("L05")));
}

/// Sums of fractions with ever new denominators.
#[test]
fn harmonic_sum() {
    let sum: String = (1..20_000).map(|n| format!(" + 1 / {n}")).collect();
    let survived = survive(format!("param a = 0{sum}\n"));
    assert!(
        survived.codes.iter().all(|code| code == "L0308" || code.starts_with("L05")),
        "{:?}",
        survived.codes
    );
}

/// Values at the limit, in every way that they can be shown.
#[test]
fn values_at_the_limit() {
    let long = "7".repeat(9_999);
    refused(format!("unit u\nparam a = {long} u in 0 u .. 1 u\n"), "L0311");
    refused(format!("param a = 2 ^ {long}\n"), "L0308");
    refused(format!("param a = 2 ^ 0.{long}\n"), "L0306");
    refused(format!("unit u = -{long} turn\n"), "L0310");
    refused(format!("param a = floor({long}, -{long})\n"), "L0309");
    refused(format!("param a = annuity({long}, 0.{long})\n"), "L0309");
    accepted(format!("param a = floor({long}, 0.{long}) * 0\n"));
}

#[test]
fn long_rows() {
    accepted(format!("param a = 1{}\n", " + 1".repeat(200_000)));
    accepted(format!("param a = 1{}\n", " * 1".repeat(200_000)));
    accepted(format!("param a = 1{}\n", " / 1 - 0 * 2".repeat(50_000)));
    refused(format!("param a = 2{}\n", " * 2".repeat(200_000)), "L0308");
    accepted(format!("param a = min(1{})\n", ", 1".repeat(200_000)));
    refused(format!("expect 1{}\n", " == 1 and 1".repeat(100_000)), "L0416");
    accepted(format!("expect 1{}\n", " <= 1".repeat(200_000)));
    refused(format!("expect 1{}\n", " in 1".repeat(200_000)), "L0112");
    refused(format!("expect 1{}\n", " in 1 <= 1".repeat(200_000)), "L0112");
}

/// Terms that are each in another unit: every one is unlike the first.
#[test]
fn unlike_units() {
    let units = lines(5_000, |n| format!("unit u{n}"));
    let sum: String = (0..5_000).map(|n| format!(" + 1 u{n}")).collect();
    let product: String = (0..5_000).map(|n| format!(" * 1 u{n}")).collect();
    refused(format!("{units}param a = 0{sum}\n"), "L0301");
    accepted(format!("{units}param a = 1{product}\nparam b = a * a\n"));
    refused(format!("{units}param a = 1{product}\nparam b = 1 + a\n"), "L0301");
}
