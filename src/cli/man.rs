//! `loopc man`: the help of every command as a page of the manual.

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use clap::CommandFactory as _;
use clap_mangen::Man as Page;

use super::arguments::{Arguments, Man};
use super::output::{Screen, write};
use super::{Exit, Refusal};
use crate::diagnostic::nearest;

const APOSTROPHE: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

pub(super) fn run(arguments: &Man, screen: &Screen) -> Result<Exit, Refusal> {
    let pages = pages().map_err(|fault| Refusal::new(format!("cannot make the manual: {fault}")))?;
    if let Some(folder) = &arguments.output {
        return all(&pages, folder);
    }
    let name = arguments.command.as_ref().map_or_else(|| "loopc".to_owned(), |name| format!("loopc-{name}"));
    match pages.iter().find(|(known, _)| *known == name) {
        Some((_, text)) => screen.print(text)?,
        None => return Err(unknown(&name, &pages)),
    }
    Ok(Exit::Well)
}

/// A page for loopc and one for each command, by their names.
fn pages() -> io::Result<Vec<(String, String)>> {
    let mut whole = Arguments::command().disable_help_subcommand(true);
    whole.build();
    let commands = std::iter::once(&whole).chain(whole.get_subcommands());
    commands.map(|command| Ok((name(command).to_owned(), page(command)?))).collect()
}

/// `loopc-solve`
fn name(command: &clap::Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

fn page(command: &clap::Command) -> io::Result<String> {
    let source = concat!("loopc ", env!("CARGO_PKG_VERSION"));
    let page = Page::new(command.clone()).title(name(command)).source(source).manual("loopc");
    let mut out = Vec::new();
    page.render_title(&mut out)?;
    page.render_name_section(&mut out)?;
    page.render_synopsis_section(&mut out)?;
    page.render_description_section(&mut out)?;
    page.render_options_section(&mut out)?;
    if command.has_subcommands() {
        page.render_subcommands_section(&mut out)?;
    }
    let text = String::from_utf8(out).map_err(io::Error::other)?;
    // Each part defines the apostrophe anew.
    let text = format!("{APOSTROPHE}{}", text.replace(APOSTROPHE, ""));
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    Ok(text + &sections(&after))
}

/// What stands behind the options, as sections: `Examples:` and lines that stay as they are, or `Exit status: …`.
fn sections(after: &str) -> String {
    let mut out = String::new();
    for part in after.split("\n\n") {
        let Some((heading, text)) = part.trim().split_once(':') else { continue };
        let _ = writeln!(out, ".SH {}", heading.to_uppercase());
        let lines = text.starts_with('\n');
        out.push_str(if lines { ".nf\n" } else { "" });
        for line in text.trim_start_matches('\n').lines() {
            let _ = writeln!(out, "{}", escaped(line.trim()));
        }
        out.push_str(if lines { ".fi\n" } else { "" });
    }
    out
}

/// A line as roff prints it: what would be a request or a dash of another kind is a letter.
fn escaped(line: &str) -> String {
    let line = line.replace('\\', "\\e").replace('-', "\\-");
    if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line }
}

/// Writes each page to a file of its own.
fn all(pages: &[(String, String)], folder: &Path) -> Result<Exit, Refusal> {
    let refused = |fault| Refusal::new(format!("cannot make the folder {}: {fault}", folder.display()));
    std::fs::create_dir_all(folder).map_err(refused)?;
    for (name, text) in pages {
        write(&folder.join(format!("{name}.1")), text)?;
    }
    Ok(Exit::Well)
}

fn unknown(name: &str, pages: &[(String, String)]) -> Refusal {
    let short = |name: &str| name.trim_start_matches("loopc-").to_owned();
    let known: Vec<String> = pages.iter().skip(1).map(|(name, _)| short(name)).collect();
    let mend = match nearest(&short(name), known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}", known.join(", ")),
    };
    Refusal::new(format!("there is no command `{}`: {mend}", short(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_the_options_becomes_sections() {
        let text = "Examples:\n  loopc a --b\n  .c \\d\n\nExit status: 0 well,\n1 not.";
        let wanted =
            ".SH EXAMPLES\n.nf\nloopc a \\-\\-b\n\\&.c \\ed\n.fi\n.SH EXIT STATUS\n0 well,\n1 not.\n";
        assert_eq!(sections(text), wanted);
        assert_eq!(sections(""), "");
    }
}
