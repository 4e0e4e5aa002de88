//! The same thing thousands of times: faults, names, comments, attributes.

use super::{LOOP, accepted, lines, refused, survive};

#[test]
fn lines_of_nothing() {
    refused("x\n".repeat(100_000), "L0101");
    refused("param\n".repeat(100_000), "L0117");
    refused("param x\n".repeat(100_000), "L0117");
    assert!(survive("}\n".repeat(100_000)).errors() > 0);
    refused("cash flow\n".repeat(100_000), "L0117");
    accepted("\n".repeat(1_000_000));
    accepted(" ".repeat(10_000_000));
    accepted("// x\n".repeat(100_000));
    accepted("//\n//// x\n".repeat(100_000));
}

/// So many faults are bounded, and the bound itself is said.
#[test]
fn broken_attributes() {
    for broken in
        ["?? ??\n", "cost 5\n", "cost: \n", "cost: 5 5\n", ", ,\n", "{ }\n", "cost: ( }\n", "\"\n", "'\n"]
    {
        let text = format!("participant a: business {{\n{}}}\n", broken.repeat(50_000));
        let survived = survive(text);
        assert!(survived.errors() > 0, "{broken:?}");
        // Attributes that are well formed and given again are no faults of syntax.
        let bounded = survived.diagnostics.iter().filter(|one| one.code.name().starts_with("L01")).count();
        assert!(bounded <= 1_002, "{broken:?}: {bounded}");
    }
    refused(format!("participant a: business {{\n{}}}\n", "cost: 5;\n".repeat(200_000)), "L0117");
}

#[test]
fn attributes_given_again() {
    let survived =
        refused(format!("participant a: business {{\n{}}}\n", "cost: 5\n".repeat(20_000)), "L0402");
    assert!(survived.errors() > 0);
    refused(format!("participant a: business {{\n{}}}\n", lines(20_000, |n| format!("a{n}: 5"))), "L0401");
    let hops = "each hop: { cost: 1 CNY }\n".repeat(20_000);
    survive(format!("{LOOP}cash flow c: shops -> shoppers -> shops {{\n{hops}}}\n"));
    let hops = "hop 1: { cost: 1 CNY }\n".repeat(5_000);
    survive(format!("{LOOP}cash flow c: shops -> shoppers -> shops {{\n{hops}}}\n"));
}

/// Every name is unknown, and many declared ones are near.
#[test]
fn unknown_names() {
    let declared = lines(20_000, |n| format!("param price_of_basket_{n} = {n}"));
    let unknown = lines(20_000, |n| format!("param q{n} = prise_of_baskett_{n}"));
    refused(format!("{declared}{unknown}"), "L0201");
    let declared = lines(20_000, |n| format!("participant customer_of_shop_{n}: consumer"));
    let unknown = lines(20_000, |n| {
        format!("cash flow f{n}: custumer_of_shopp_{n} -> costumer_of_shop_{n} {{ cost: 0 }}")
    });
    refused(format!("{declared}{unknown}"), "L0202");
    let declared = lines(20_000, |n| format!("unit parcel_of_goods_{n}"));
    let unknown = lines(20_000, |n| format!("param q{n} = 1 parsel_of_goodss_{n}"));
    refused(format!("{declared}{unknown}"), "L0303");
    let declared = lines(20_000, |n| format!("role kind_of_business_{n}"));
    let unknown = lines(20_000, |n| format!("participant p{n}: kint_of_busines_{n}"));
    refused(format!("{declared}{unknown}"), "L0204");
}

/// Very long names, one letter apart.
#[test]
fn long_names() {
    let name = "customer_".repeat(10_000);
    refused(format!("param {name}a = 1\nparam b = {name}c + {name}d\n"), "L0201");
    refused(format!("participant {name}a: business\nparam b = {name}a\n"), "L0212");
    refused(format!("param {name}a = 1\nparam {name}a = 1\n"), "L0206");
    refused(format!("param '{name} a' = 1\nparam b = '{name} c'\n"), "L0201");
    refused(format!("use \"{name}\"\n"), "L0208");
}

#[test]
fn duplicate_names() {
    assert_eq!(refused("param a = 1\n".repeat(20_000), "L0206").errors(), 19_999);
    refused("model \"x\"\n".repeat(20_000), "L0206");
    refused("participant a: business\n".repeat(20_000), "L0206");
    refused(format!("{LOOP}{}", "cash flow a: shops -> shoppers { cost: 1 CNY }\n".repeat(20_000)), "L0206");
    refused(format!("{LOOP}{}", "loop trade\n".repeat(20_000)), "L0206");
    refused(format!("unit a{}\n", ", a".repeat(20_000)), "L0206");
}

/// Names that all look like one another.
#[test]
fn confusable_names() {
    let letters = ['a', 'а'];
    let name = |n: usize| (0..14).map(|bit| letters[n >> bit & 1]).collect::<String>();
    survive(lines(1 << 14, |n| format!("param {} = 1", name(n))));
}

#[test]
fn comments() {
    let allowed = "// loopc: allow L0502\n".repeat(20_000);
    survive(format!("{LOOP}{allowed}param a = 1\n"));
    survive(format!("{LOOP}{}", "// loopc: allow L0502\nparam a = 1\n".repeat(20_000)));
    survive(format!("{LOOP}{}", lines(20_000, |n| format!("// loopc: allow L0502\nparam a{n} = 1"))));
    survive(format!("{LOOP}// loopc: allow{}\nparam a = 1\n", " L0502, L0503".repeat(50_000)));
    survive(format!("{LOOP}{}participant a: business\n", "/// A long story.\n".repeat(50_000)));
    survive(format!("{LOOP}{}", "/// A long story.\n".repeat(50_000)));
    survive(format!("{LOOP}{}", lines(50_000, |n| format!("/// A long story.\n\nparam a{n} = 1 // told"))));
    survive(format!("participant a: business {{ {}\n}}\n", "// x\n".repeat(200_000)));
}

/// Deep lists: many values of one attribute.
#[test]
fn long_lists() {
    let tags: String = (0..100_000).map(|n| format!(", t{n}")).collect();
    survive(format!("{LOOP}cash flow a: shops -> shoppers {{ cost: 1 CNY, tags: t{tags} }}\n"));
    survive(format!("{LOOP}loop b {{ over: cash{tags} }}\n"));
    survive(format!("{LOOP}loop b {{ avoid: advert{} }}\n", ", advert".repeat(100_000)));
    survive(format!("{LOOP}loop b {{ only: shops{} }}\n", ", shops, shoppers".repeat(50_000)));
    survive(format!(
        "{LOOP}cash flow a: shops -> shoppers via shops{} {{ cost: 1 CNY }}\n",
        ", shops".repeat(100_000)
    ));
    survive(format!("{LOOP}loop b {{ {} }}\n", "over: cash, ".repeat(20_000)));
}

/// Many analyses and claims of one small model.
#[test]
fn many_analyses() {
    survive(format!("{LOOP}{}", lines(2_000, |n| format!("loop t{n} {{ top: 3 }}"))));
    survive(format!("{LOOP}{}", "expect trade.ratio >= 1\n".repeat(20_000)));
    survive(format!("{LOOP}{}", "expect trade.ratio >= 7\n".repeat(20_000)));
    refused(format!("{LOOP}{}", lines(20_000, |n| format!("expect treid{n}.ratio >= 7"))), "L0205");
}

/// Declarations of a later version.
#[test]
fn later_declarations() {
    survive("plan p { require: 1 }\n".repeat(20_000));
    survive("scenario s {\nparam a = 1\n".repeat(20_000));
    survive(format!("scenario s {{\n{}", "param a = 1\n".repeat(20_000)));
    survive(format!("scenario s {{\n{}}}\n", "param a = 1\n".repeat(20_000)));
}

/// Scenarios are bounded, and so is what one of them may say; nested or unclosed ones take no time.
#[test]
fn scenarios() {
    refused(format!("{LOOP}{}", lines(20_000, |n| format!("scenario s{n} {{ }}"))), "L0220");
    refused("scenario s {\n".repeat(200), "L0102");
    refused("scenario s {\n".repeat(20_000), "L0102");
    refused(format!("scenario s {{\n{}}}\n", "    remove x\n".repeat(50_000)), "L0217");
    refused(format!("scenario s {{\n{}}}\n", "    change x {\n".repeat(50_000)), "L0112");
    refused(format!("scenario s {{\n{}}}\n", "    set x\n".repeat(50_000)), "L0117");
    let chain = lines(900, |n| format!("scenario s{} from s{n} {{ }}", n + 1));
    accepted(format!("{LOOP}scenario s0 {{ }}\n{chain}"));
}
