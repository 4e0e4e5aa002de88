//! Places as SARIF writes them: files as URIs, regions in characters.

use serde_json::{Value, json};

use crate::source::{Sources, Span};

/// A place, if it is one in a file: what the command line says stands in none.
pub(super) fn location(span: Span, sources: &Sources) -> Option<Value> {
    let file = sources.file(span.file);
    if file.setting {
        return None;
    }
    let mut place = json!({
        "physicalLocation": { "artifactLocation": artifact(&file.path), "region": region(span, sources) },
    });
    if let (Some(cell), Some(place)) = (file.cell_at(span.range()), place.as_object_mut()) {
        place.insert("logicalLocations".to_owned(), json!([{ "fullyQualifiedName": cell }]));
    }
    Some(place)
}

/// Lines and columns from one; the end is the column behind. Of a sheet the row alone: no character stands there.
pub(super) fn region(span: Span, sources: &Sources) -> Value {
    let file = sources.file(span.file);
    let (from, to) = (file.position(span.start as usize), file.position(span.end as usize));
    if file.origin.is_some() {
        return json!({ "startLine": from.line });
    }
    json!({
        "startLine": from.line,
        "startColumn": from.column,
        "endLine": to.line,
        "endColumn": to.column,
    })
}

/// A file: relative to where loopc ran, where its path is; else as the URI of a file of this machine.
pub(super) fn artifact(path: &str) -> Value {
    let drive = |path: &str| path.as_bytes().get(1) == Some(&b':') && path.as_bytes().get(2) == Some(&b'/');
    if path.starts_with('/') {
        json!({ "uri": format!("file://{}", encoded(path)) })
    } else if cfg!(windows) && drive(path) {
        json!({ "uri": format!("file:///{}:{}", &path[..1], encoded(&path[2..])) })
    } else {
        json!({ "uri": encoded(path), "uriBaseId": "%SRCROOT%" })
    }
}

/// The path with all but letters, digits, `-._~` and `/` percent-encoded.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into())
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::artifact;

    #[test]
    fn files_are_uris() {
        let uri = |path: &str| artifact(path)["uri"].as_str().unwrap_or_default().to_owned();
        assert_eq!(uri("models/my shop.loop"), "models/my%20shop.loop");
        assert_eq!(uri("a:b/100%/店.loop"), "a%3Ab/100%25/%E5%BA%97.loop");
        assert_eq!(artifact("../x.loop")["uriBaseId"], "%SRCROOT%");
        assert_eq!(uri("/tmp/x y.loop"), "file:///tmp/x%20y.loop");
        assert!(artifact("/tmp/x.loop").get("uriBaseId").is_none());
    }
}
