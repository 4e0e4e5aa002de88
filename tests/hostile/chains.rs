//! Long chains and rings of everything that may need another of its kind.

use super::{LOOP, accepted, lines, refused};

#[test]
fn params_in_a_chain() {
    accepted(lines(100_000, |n| {
        if n == 0 { "param p0 = 1".to_owned() } else { format!("param p{n} = p{} + 1", n - 1) }
    }));
    // The other way round: each is used before it is declared.
    accepted(lines(100_000, |n| {
        if n == 99_999 { format!("param p{n} = 1") } else { format!("param p{n} = p{} + 1", n + 1) }
    }));
}

#[test]
fn params_in_a_ring() {
    let ring = refused(lines(100_000, |n| format!("param p{n} = p{} + 1", (n + 1) % 100_000)), "L0207");
    assert_eq!(ring.errors(), 1);
    refused(lines(2_000, |n| format!("param p{n} = p0 + p1 + p{} + 1", (n + 1) % 2_000)), "L0207");
    refused(lines(100_000, |n| format!("param p{n} = p{n}")), "L0207");
}

/// Every param needs every one before it: as many needs as there are pairs.
#[test]
fn params_in_a_clique() {
    let clique = lines(400, |n| {
        let needs: String =
            (0..400).filter(|other| *other != n).map(|other| format!(" + p{other}")).collect();
        format!("param p{n} = 1{needs}")
    });
    refused(clique, "L0207");
}

#[test]
fn units_in_a_chain_and_in_a_ring() {
    accepted(lines(
        20_000,
        |n| {
            if n == 0 { "unit u0".to_owned() } else { format!("unit u{n} = 1 u{}", n - 1) }
        },
    ));
    refused(lines(20_000, |n| format!("unit u{n} = 2 u{}", (n + 1) % 20_000)), "L0304");
    refused(
        lines(20_000, |n| if n == 0 { "unit u0".to_owned() } else { format!("unit u{n} = 10 u{}", n - 1) }),
        "L0308",
    );
    refused(lines(20_000, |n| format!("currency c{n} = 2 c{}", (n + 1) % 20_000)), "L0304");
}

fn rider(number: usize, of: &str) -> String {
    format!("goods flow r{number}: shops -> shoppers {{ rides: {of}, cost: 1 CNY }}")
}

#[test]
fn riders_in_a_chain_and_in_a_ring() {
    let (last, fewer) = (100_000, 20_000);
    let of = |n: usize| if n == 0 { "checkout".to_owned() } else { format!("r{}", n - 1) };
    accepted(format!("{LOOP}{}", lines(last, |n| rider(n, &of(n)))));
    accepted(format!(
        "{LOOP}{}",
        lines(fewer, |n| rider(
            n,
            if n == fewer - 1 { "checkout".to_owned() } else { format!("r{}", n + 1) }.as_str()
        ))
    ));
    refused(format!("{LOOP}{}", lines(last, |n| rider(n, &format!("r{}", (n + 1) % last)))), "L0414");
    refused(format!("{LOOP}{}", lines(fewer, |n| rider(n, &format!("r{n}")))), "L0414");
}

/// Factors along a chain multiply.
#[test]
fn riders_with_growing_factors() {
    let of = |n: usize| if n == 0 { "checkout".to_owned() } else { format!("r{}", n - 1) };
    let text = lines(20_000, |n| {
        format!("goods flow r{n}: shops -> shoppers {{ rides: {} * 1.5, cost: 1 CNY }}", of(n))
    });
    refused(format!("{LOOP}{text}"), "L0308");
}

#[test]
fn desks_in_a_chain_and_in_a_ring() {
    accepted(format!(
        "{LOOP}{}",
        lines(10_000, |n| format!(
            "participant d{n}: business of {}",
            if n == 0 { "shops".to_owned() } else { format!("d{}", n - 1) }
        ))
    ));
    accepted(format!(
        "{LOOP}{}",
        lines(10_000, |n| format!(
            "participant d{n}: business of {}",
            if n == 9_999 { "shops".to_owned() } else { format!("d{}", n + 1) }
        ))
    ));
    refused(lines(10_000, |n| format!("participant d{n}: business of d{}", (n + 1) % 10_000)), "L0420");
}

/// A loop through every participant, and a chain with as many hops.
#[test]
fn long_loops() {
    let count = 2_000;
    let parties = lines(count, |n| format!("participant n{n}: business"));
    let flows = lines(count, |n| {
        format!("cash flow f{n}: n{n} -> n{} {{ cost: 1 CNY, revenue: 2 CNY }}", (n + 1) % count)
    });
    accepted(format!("currency CNY\n{parties}{flows}loop all\nclosure whole\nexpect all.ratio == 2\n"));
    let stops: String = (0..count).map(|n| format!(" -> n{n}")).collect();
    accepted(format!(
        "currency CNY\n{parties}cash flow f: n{}{stops} {{ each hop: {{ cost: 1 CNY, revenue: 2 CNY }} }}\nloop all\n",
        count - 1
    ));
}
