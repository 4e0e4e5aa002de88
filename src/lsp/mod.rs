//! The language server: the other face of the pipeline, beside the command line.
//!
//! What lives here: the conversation with an editor, the files that it has open, and answers about what stands at a
//! place in a text, one file for each kind of question. No phase of the compiler lives here: what is known of a model
//! is asked of the pipeline. This is the only room that names the types of the Language Server Protocol.
//!
//! Source: Language Server Protocol 3.17.

mod actions;
mod answer;
mod background;
mod block;
mod capabilities;
mod commands;
mod completion;
mod configuration;
mod describe;
mod desk;
mod folding;
mod formatting;
mod found;
mod hints;
mod hover;
mod index;
mod jobs;
mod lenses;
mod links;
mod models;
mod navigation;
mod notes;
mod outlines;
mod pages;
mod publish;
mod reference;
mod rename;
mod selection;
mod server;
mod settings;
mod signature;
mod symbols;
mod tokens;
mod tree;
mod view;
mod workspace;

pub use server::{Ended, serve};
