//! Declarations to be filled in.

use gen_lsp_types::CompletionItemKind as Kind;

use super::super::reference;
use super::Offer;

const EVERYWHERE: [(&str, &str); 14] = [
    ("currency", "currency ${1:CNY}"),
    ("unit", "unit ${1:parcel}"),
    ("medium", "medium ${1:points} \"${2:Loyalty points}\""),
    ("role", "role ${1:insurer} \"${2:Insurers}\""),
    ("measure", "measure ${1:delay}: ${2:day}"),
    ("param", "param ${1:name} = $0"),
    ("participant", "participant ${1:name}: ${2:business}"),
    ("loop", "loop ${1:name} {\n    maximize: ${2:revenue / cost}\n}"),
    ("path", "path ${1:name} { from: ${2:a}, to: ${3:b}, minimize: ${4:cost} }"),
    ("closure", "closure ${1:name} { over: ${2:cash} }"),
    ("plan", "plan ${1:name} {\n    period:   ${2:year}\n    maximize: ${3:profit}\n    require:  $0\n}"),
    ("expect", "expect ${1:name}.${2:ratio} >= $0"),
    ("import", "import ${1|flows,participants,params|} from \"${2:table.csv}\" { $0 }"),
    ("flow", "${1:cash} flow ${2:name}: ${3:from} -> ${4:to} { $0 }"),
];

const IN_FILES: [(&str, &str); 3] = [
    ("model", "model \"${1:Title}\""),
    ("use", "use \"${1:file.loop}\""),
    ("scenario", "scenario ${1:name} \"${2:What is other}\" {\n    $0\n}"),
];

const IN_SCENARIOS: [(&str, &str); 3] =
    [("set", "set ${1:param} = $0"), ("change", "change ${1:flow} { $0 }"), ("remove", "remove ${1:flow}")];

/// The declarations that may begin at a place.
pub(super) fn declarations(in_scenario: bool) -> Vec<Offer> {
    let own: &[(&str, &str)] = if in_scenario { &IN_SCENARIOS } else { &IN_FILES };
    let offer = |(word, snippet): &(&str, &str)| Offer {
        documentation: reference::keyword(word),
        snippet: Some((*snippet).to_owned()),
        ..Offer::new(*word, Kind::Keyword).rank(0)
    };
    EVERYWHERE.iter().chain(own).map(offer).collect()
}
