//! The generated parser, and the words that a person would use for each of its rules.

use pest::Parser as _;
use pest::error::{Error, ErrorVariant, InputLocation};

/// The derive is sealed in a module of its own: it brings names that nobody else should meet.
mod sealed {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/loop.pest"]
    pub struct LoopParser;
}

pub(super) use sealed::Rule;
pub(super) type Pair<'a> = pest::iterators::Pair<'a, Rule>;

/// Where parsing stopped, and what would have gone on.
#[derive(Debug)]
pub(super) struct Stop {
    pub at: usize,
    pub expected: Vec<&'static str>,
    pub too_deep: bool,
}

/// The one pair of a rule at the start of a text.
pub(super) fn parse(rule: Rule, text: &str) -> Result<Pair<'_>, Stop> {
    match sealed::LoopParser::parse(rule, text) {
        Ok(mut pairs) => pairs.next().ok_or(Stop { at: 0, expected: Vec::new(), too_deep: false }),
        Err(fault) => Err(stop(&fault)),
    }
}

fn stop(fault: &Error<Rule>) -> Stop {
    let at = match fault.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let mut expected: Vec<&'static str> = Vec::new();
    let too_deep = match &fault.variant {
        ErrorVariant::ParsingError { positives, .. } => {
            for words in positives.iter().filter_map(|rule| words(*rule)) {
                if !expected.contains(&words) {
                    expected.push(words);
                }
            }
            false
        }
        ErrorVariant::CustomError { .. } => true,
    };
    Stop { at, expected, too_deep }
}

/// What a person would call a rule; nothing for what only the grammar knows.
fn words(rule: Rule) -> Option<&'static str> {
    use Rule as R;
    Some(match rule {
        R::declaration | R::model | R::currency | R::unit | R::medium | R::role | R::measure | R::param => {
            "a declaration"
        }
        R::participant | R::flow | R::analysis | R::expect | R::use_file | R::import => "a declaration",
        R::word_model | R::word_currency | R::word_unit | R::word_medium | R::word_role => "a declaration",
        R::word_measure | R::word_param | R::word_participant | R::word_loop | R::word_path => {
            "a declaration"
        }
        R::word_closure | R::word_plan | R::word_expect | R::word_use | R::word_import => "a declaration",
        R::later | R::word_later => "a declaration",
        R::scenario_head | R::word_scenario => "a declaration",
        R::overlay | R::set | R::change | R::remove => "a declaration",
        R::word_set | R::word_change | R::word_remove => "a declaration",
        R::from_scenario => "`from`",
        R::import_kind => "`participants`, `flows` or `params`",
        R::word_from => "`from`",
        R::word_flow => "`flow`",
        R::param_range | R::operator_in => "`in`",
        R::distribution | R::tilde => "`~`",
        R::of_company | R::word_of => "`of`",
        R::via | R::word_via => "`via`",
        R::else_tail | R::word_else => "`else`",
        R::word_each | R::each_hop => "`each hop`",
        R::word_hop | R::hop_number => "`hop`",
        R::word_truncated => "`truncated`",
        R::block | R::open => "`{`",
        R::close => "`}`",
        R::attribute | R::attribute_name | R::bad_attribute => "an attribute",
        R::value | R::term | R::expression | R::claim | R::quantity | R::group_quantity => "a value",
        R::group | R::number | R::digits | R::reference | R::apart_number | R::prefix => "a value",
        R::infix
        | R::infix_sign
        | R::operator_plus
        | R::operator_minus
        | R::operator_times
        | R::operator_over => "an operator",
        R::operator_power | R::operator_at_most | R::operator_at_least | R::operator_equal => "an operator",
        R::operator_unequal | R::operator_below | R::operator_above | R::operator_and => "an operator",
        R::operator_or => "an operator",
        R::operator_not => "a value",
        R::unit_name => "a unit",
        R::member => "`.`",
        R::member_number => "a hop's number",
        R::call | R::call_arguments | R::open_parenthesis => "`(`",
        R::close_parenthesis => "`)`",
        R::string => "a text in quotes",
        R::name | R::identifier | R::quoted => "a name",
        R::separator | R::comma => "`,`",
        R::colon => "`:`",
        R::equals => "`=`",
        R::arrow => "`->`",
        R::dots => "`..`",
        R::wrong_open => "`{`",
        R::wrong_close | R::unclosed => "`}`",
        R::wrong_open_parenthesis => "`(`",
        R::wrong_close_parenthesis | R::unclosed_parenthesis => "`)`",
        R::wrong_comma | R::wrong_separator => "`,`",
        R::wrong_colon | R::any_colon => "`:`",
        R::wrong_equals => "`=`",
        R::wrong_arrow => "`->`",
        R::wrong_dots => "`..`",
        R::wrong_comparison | R::wrong_operator => "an operator",
        R::wrong_minus | R::stuck_unit => "a value",
        R::wrong_string | R::unclosed_string => "a text in quotes",
        R::decimal_tail => return None,
        R::later_head
        | R::skipped
        | R::skipped_text
        | R::bad_nested
        | R::bad_quoted
        | R::bad_stop
        | R::escape => {
            return None;
        }
        R::magnitude | R::operand | R::word_of_expressions | R::blank => return None,
        R::WHITESPACE | R::COMMENT | R::EOI => return None,
    })
}
