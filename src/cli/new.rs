//! `loopc new`: a folder with a first model.

use super::arguments::New;
use super::output::{Screen, write};
use super::{Exit, Refusal};

const FIRST_MODEL: &str = include_str!("first.loop");

pub(super) fn run(arguments: &New, screen: &Screen) -> Result<Exit, Refusal> {
    let folder = &arguments.folder;
    let refused =
        |fault: std::io::Error| Refusal::new(format!("cannot create {}: {fault}", folder.display()));
    if folder.exists() && std::fs::read_dir(folder).map_err(refused)?.next().is_some() {
        return Err(Refusal::new(format!("{} exists and is not empty", folder.display())));
    }
    std::fs::create_dir_all(folder).map_err(refused)?;
    let path = folder.join("model.loop");
    write(&path, FIRST_MODEL)?;
    screen.print(&format!("wrote {0}\n\nnext: loopc solve {0}\n", path.display()))?;
    Ok(Exit::Well)
}
