//! `loopc explain`: the page of a code, or the list of all.

use super::arguments::Explain;
use super::output::Screen;
use super::{Exit, Refusal};
use crate::diagnostic::{Code, nearest};

pub(super) fn run(arguments: &Explain, screen: &Screen) -> Result<Exit, Refusal> {
    let Some(name) = &arguments.code else {
        let lines =
            Code::ALL.iter().map(|code| format!("{code}  {:<7}  {}\n", code.severity().word(), code.title()));
        screen.print(&lines.collect::<String>())?;
        return Ok(Exit::Well);
    };
    match Code::named(name) {
        Some(code) => {
            screen.print(code.page())?;
            Ok(Exit::Well)
        }
        None => {
            let near = nearest(&name.to_uppercase(), Code::ALL.iter().map(|code| code.name()));
            let mend = match near {
                Some(near) => format!("did you mean {near}?"),
                None => "`loopc explain` lists all codes".to_owned(),
            };
            Err(Refusal::new(format!("there is no code `{name}`: {mend}")))
        }
    }
}
