//! Drawings of a model: Graphviz and Mermaid, each one function of [`Drawing`].

/// A model as nodes and arrows.
#[derive(Clone, Debug)]
pub struct Drawing {
    pub title: String,
    pub nodes: Vec<Node>,
    pub arrows: Vec<Arrow>,
}

#[derive(Clone, Debug)]
pub struct Node {
    pub label: String,
    pub role: String,
    /// The node of the company whose desk this is.
    pub company: Option<usize>,
}

#[derive(Clone, Debug)]
pub struct Arrow {
    /// From its tail, through whom it passes, to its head: at least two nodes.
    pub stops: Vec<usize>,
    pub label: String,
    pub medium: String,
    /// Whether it happens with another flow.
    pub rides: bool,
    /// Whether it is on the best loop or path that is marked.
    pub marked: bool,
}

/// The drawing for Graphviz.
#[must_use]
pub fn dot(drawing: &Drawing) -> String {
    let mut out = format!(
        "digraph {} {{\n    rankdir=LR\n    node [shape=box, style=rounded]\n",
        dot_text(&drawing.title)
    );
    for (place, node) in drawing.nodes.iter().enumerate() {
        let label = dot_text(&format!("{}\n{}", node.label, node.role));
        out.push_str(&format!("    n{place} [label={label}]\n"));
    }
    for (place, node) in drawing.nodes.iter().enumerate() {
        if let Some(company) = node.company {
            out.push_str(&format!(
                "    n{place} -> n{company} [style=dotted, arrowhead=none, constraint=false]\n"
            ));
        }
    }
    for arrow in &drawing.arrows {
        let mut looks = vec![format!("color={}", color(&arrow.medium))];
        if arrow.rides || arrow.medium == "information" {
            looks.push("style=dashed".to_owned());
        }
        if arrow.marked {
            looks.push("penwidth=3".to_owned());
        }
        for (place, ends) in arrow.stops.windows(2).enumerate() {
            let mut looks = looks.clone();
            // The name stands on the first stretch, the head of the arrow on the last.
            if place == 0 {
                looks.push(format!("label={}", dot_text(&arrow.label)));
            }
            if place + 2 < arrow.stops.len() {
                looks.push("arrowhead=none".to_owned());
            }
            out.push_str(&format!("    n{} -> n{} [{}]\n", ends[0], ends[1], looks.join(", ")));
        }
    }
    out.push_str("}\n");
    out
}

/// The drawing for Mermaid.
#[must_use]
pub fn mermaid(drawing: &Drawing) -> String {
    let mut out =
        format!("---\ntitle: {}\n---\nflowchart LR\n", serde_json::Value::from(drawing.title.as_str()));
    for (place, node) in drawing.nodes.iter().enumerate() {
        let label = format!("{}<br/>{}", mermaid_text(&node.label), mermaid_text(&node.role));
        out.push_str(&format!("    n{place}(\"{label}\")\n"));
    }
    for (place, node) in drawing.nodes.iter().enumerate() {
        out.push_str(
            &node.company.map_or_else(String::new, |company| format!("    n{place} -.- n{company}\n")),
        );
    }
    for arrow in &drawing.arrows {
        let thin = arrow.rides || arrow.medium == "information";
        for (place, ends) in arrow.stops.windows(2).enumerate() {
            let last = place + 2 == arrow.stops.len();
            let sign = match (arrow.marked, thin, last) {
                (true, _, true) => "==>",
                (true, _, false) => "===",
                (false, true, true) => "-.->",
                (false, true, false) => "-.-",
                (false, false, true) => "-->",
                (false, false, false) => "---",
            };
            let label =
                if place == 0 { format!("|\"{}\"|", mermaid_text(&arrow.label)) } else { String::new() };
            out.push_str(&format!("    n{} {sign}{label} n{}\n", ends[0], ends[1]));
        }
    }
    out
}

fn color(medium: &str) -> &'static str {
    match medium {
        "cash" => "darkgreen",
        "information" => "royalblue",
        "goods" => "chocolate",
        _ => "gray30",
    }
}

fn dot_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

fn mermaid_text(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('|', "&#124;")
}
