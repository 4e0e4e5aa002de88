//! What Zed cannot know of a language by itself: how its server is started, and where its settings stand.

use zed_extension_api::serde_json::{json, Value};
use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

/// The program, the server, and the section of its settings.
const NAME: &str = "loopc";

struct Loop;

/// What stands under `lsp.loopc` of Zed's settings.
fn settings(worktree: &Worktree) -> Option<LspSettings> {
    LspSettings::for_worktree(NAME, worktree).ok()
}

impl zed::Extension for Loop {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let said = settings(worktree).and_then(|settings| settings.binary);
        let (path, arguments) = said.map_or((None, None), |binary| (binary.path, binary.arguments));
        let found = path.or_else(|| worktree.which(NAME));
        let command = found
            .ok_or("loopc is not on the path: install it, or say where it is, in `lsp.loopc.binary.path`")?;
        let args = arguments.unwrap_or_else(|| vec!["lsp".to_owned()]);
        Ok(Command { command, args, env: worktree.shell_env() })
    }

    fn language_server_initialization_options(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        Ok(settings(worktree).and_then(|settings| settings.initialization_options))
    }

    fn language_server_workspace_configuration(
        &mut self,
        _server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        // The server asks for its section.
        Ok(settings(worktree)
            .and_then(|settings| settings.settings)
            .map(|settings| json!({ NAME: settings })))
    }
}

zed::register_extension!(Loop);
