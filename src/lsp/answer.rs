//! Which question is answered where.

use gen_lsp_types::{
    CodeActionParams, CodeLensParams, CompletionParams, DefinitionParams, DocumentFormattingParams,
    DocumentHighlightParams, DocumentLinkParams, DocumentOnTypeFormattingParams,
    DocumentRangeFormattingParams, DocumentSymbolParams, FoldingRangeParams, HoverParams, InlayHintParams,
    PrepareRenameParams, ReferenceParams, RenameParams, SelectionRangeParams, SemanticTokensParams,
    SignatureHelpParams, Uri, WorkspaceSymbolParams,
};
use lsp_server::{ErrorCode, Request, RequestId, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::server::Server;
use super::view::View;
use super::{
    actions, completion, folding, formatting, hints, hover, lenses, links, navigation, outlines, rename,
    selection, signature, symbols, tokens,
};

/// What is asked about a file.
trait OfFile: DeserializeOwned {
    fn uri(&self) -> &Uri;
}

macro_rules! of_file {
    ($($params:ty: $($field:ident).+;)*) => {
        $(impl OfFile for $params {
            fn uri(&self) -> &Uri {
                &self.$($field).+.uri
            }
        })*
    };
}

of_file! {
    CompletionParams: text_document_position_params.text_document;
    HoverParams: text_document_position_params.text_document;
    SignatureHelpParams: text_document_position_params.text_document;
    DefinitionParams: text_document_position_params.text_document;
    ReferenceParams: text_document_position_params.text_document;
    DocumentHighlightParams: text_document_position_params.text_document;
    PrepareRenameParams: text_document_position_params.text_document;
    RenameParams: text_document_position_params.text_document;
    DocumentSymbolParams: text_document;
    FoldingRangeParams: text_document;
    SelectionRangeParams: text_document;
    SemanticTokensParams: text_document;
    DocumentLinkParams: text_document;
    InlayHintParams: text_document;
    CodeLensParams: text_document;
    CodeActionParams: text_document;
    DocumentFormattingParams: text_document;
    DocumentRangeFormattingParams: text_document;
    DocumentOnTypeFormattingParams: text_document;
}

/// Answers a request.
pub(super) fn answer(server: &mut Server, request: Request) -> Response {
    let (snippets, wanted) = (server.client.snippets, server.settings.hints());
    let (lenses, unasked) = (server.settings.lenses(), server.settings.background());
    let Request { id, method, params } = request;
    let mut ask = Ask { server, id, params };
    match method.as_str() {
        "textDocument/completion" => ask.at(|view, it: &CompletionParams| {
            completion::completions(view, it.text_document_position_params.position, snippets)
        }),
        "textDocument/hover" => {
            ask.at(|view, it: &HoverParams| hover::hover(view, it.text_document_position_params.position))
        }
        "textDocument/signatureHelp" => ask.at(|view, it: &SignatureHelpParams| {
            signature::help(view, it.text_document_position_params.position)
        }),
        "textDocument/definition" => ask.at(|view, it: &DefinitionParams| {
            navigation::definition(view, it.text_document_position_params.position)
        }),
        "textDocument/references" => ask.at(|view, it: &ReferenceParams| {
            let with_declaration = it.context.include_declaration;
            navigation::references(view, it.text_document_position_params.position, with_declaration)
        }),
        "textDocument/documentHighlight" => ask.at(|view, it: &DocumentHighlightParams| {
            navigation::highlights(view, it.text_document_position_params.position)
        }),
        "textDocument/prepareRename" => ask.at(|view, it: &PrepareRenameParams| {
            rename::prepare(view, it.text_document_position_params.position)
        }),
        "textDocument/rename" => ask.try_at(|view, it: &RenameParams| {
            rename::rename(view, it.text_document_position_params.position, &it.new_name)
        }),
        "textDocument/documentSymbol" => ask.at(|view, _: &DocumentSymbolParams| symbols::of_document(view)),
        "textDocument/foldingRange" => ask.at(|view, _: &FoldingRangeParams| folding::ranges(view)),
        "textDocument/selectionRange" => {
            ask.at(|view, it: &SelectionRangeParams| selection::ranges(view, &it.positions))
        }
        "textDocument/semanticTokens/full" => ask.at(|view, _: &SemanticTokensParams| tokens::tokens(view)),
        "textDocument/documentLink" => ask.at(|view, _: &DocumentLinkParams| links::links(view)),
        "textDocument/inlayHint" => ask.at(|view, it: &InlayHintParams| hints::hints(view, it.range, wanted)),
        "textDocument/codeLens" => {
            ask.at(
                |view, _: &CodeLensParams| {
                    if lenses { lenses::lenses(view, unasked) } else { Some(Vec::new()) }
                },
            )
        }
        "textDocument/codeAction" => {
            ask.at(|view, it: &CodeActionParams| actions::actions(view, it.range, &it.context))
        }
        "textDocument/formatting" => ask.at(|view, _: &DocumentFormattingParams| formatting::whole(view)),
        "textDocument/rangeFormatting" => {
            ask.at(|view, it: &DocumentRangeFormattingParams| formatting::range(view, it.range))
        }
        "textDocument/onTypeFormatting" => {
            ask.at(|view, it: &DocumentOnTypeFormattingParams| formatting::typed(view, it.position))
        }
        "workspace/symbol" => match ask.read::<WorkspaceSymbolParams>() {
            Ok(it) => {
                let found = outlines::of_workspace(ask.server, &it.query);
                Response::new_ok(ask.id, found)
            }
            Err(response) => *response,
        },
        _ => Response::new_err(
            ask.id,
            ErrorCode::MethodNotFound as i32,
            format!("loopc does not know `{method}`"),
        ),
    }
}

/// A request on its way to its answer.
struct Ask<'a> {
    server: &'a mut Server,
    id: RequestId,
    params: serde_json::Value,
}

impl Ask<'_> {
    fn read<P: DeserializeOwned>(&mut self) -> Result<P, Box<Response>> {
        serde_json::from_value(std::mem::take(&mut self.params)).map_err(|fault| {
            let code = ErrorCode::InvalidParams as i32;
            Box::new(Response::new_err(self.id.clone(), code, fault.to_string()))
        })
    }

    /// Answers about a file; nothing, where it is part of no model.
    fn at<P: OfFile, R: Serialize>(&mut self, make: impl FnOnce(&View<'_>, &P) -> R) -> Response {
        self.try_at(|view, params| Ok(make(view, params)))
    }

    /// The same, where what is asked for may be refused, with the reason.
    fn try_at<P: OfFile, R: Serialize>(
        &mut self,
        make: impl FnOnce(&View<'_>, &P) -> Result<R, String>,
    ) -> Response {
        let params: P = match self.read() {
            Ok(params) => params,
            Err(response) => return *response,
        };
        let (path, id) = (self.server.desk.path(params.uri()), self.id.clone());
        let Server { desk, models, client, .. } = &mut *self.server;
        let Some(view) = models.view(&path, desk, client.encoding) else {
            return Response::new_ok(id, serde_json::Value::Null);
        };
        match make(&view, &params) {
            Ok(answer) => Response::new_ok(id, answer),
            Err(why) => Response::new_err(id, ErrorCode::RequestFailed as i32, why),
        }
    }
}
