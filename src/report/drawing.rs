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
    pub from: usize,
    pub to: usize,
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
        let mut looks =
            vec![format!("label={}", dot_text(&arrow.label)), format!("color={}", color(&arrow.medium))];
        if arrow.rides || arrow.medium == "information" {
            looks.push("style=dashed".to_owned());
        }
        if arrow.marked {
            looks.push("penwidth=3".to_owned());
        }
        out.push_str(&format!("    n{} -> n{} [{}]\n", arrow.from, arrow.to, looks.join(", ")));
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
        let sign = match (arrow.marked, arrow.rides || arrow.medium == "information") {
            (true, _) => "==>",
            (false, true) => "-.->",
            (false, false) => "-->",
        };
        out.push_str(&format!(
            "    n{} {sign}|\"{}\"| n{}\n",
            arrow.from,
            mermaid_text(&arrow.label),
            arrow.to
        ));
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
