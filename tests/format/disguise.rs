//! The same text in other clothes: other white space, and comments between tokens.

/// A small generator, the same on every machine (splitmix64).
pub struct Dice {
    state: u64,
}

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    pub fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ mixed >> 31) % limit.max(1) as u64).unwrap()
    }

    pub fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// A piece of a text: white space, a comment, a text in quotes, a word or number, or one sign.
fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let white = |letter: char| letter.is_whitespace();
        let plain = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '%' | '‰');
        let length = match first {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '"' => closing(rest, '"'),
            '\'' => closing(rest, '\''),
            _ if white(first) => rest.find(|letter| !white(letter)).unwrap_or(rest.len()),
            _ if plain(first) => rest.find(|letter| !plain(letter)).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        pieces.push(&rest[..length]);
        rest = &rest[length..];
    }
    pieces
}

fn closing(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        if letter == quote && !escaped {
            return at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    rest.len()
}

/// The text with more or less white space within its lines.
pub fn spaced(text: &str, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut pieces = pieces(text);
    // What goes on below a comment is known by its column.
    let goes_on =
        |pieces: &[&str], at: usize| pieces[at].contains("\n") && at > 0 && pieces[at - 1].starts_with("//");
    for at in 0..pieces.len() {
        let before_comment = pieces.get(at + 1).is_some_and(|next| next.starts_with("//"));
        if pieces[at].trim().is_empty() && !pieces[at].contains('\n') && !before_comment {
            pieces[at] = dice.one(&[" ", "  ", "\t", "     "]);
        } else if pieces[at] == "\n" && !goes_on(&pieces, at) {
            pieces[at] = dice.one(&["\n", " \n", "\t\n"]);
        } else if pieces[at] == "\n\n" {
            pieces[at] = dice.one(&["\n\n", "\n \n\n\n", "\n\n\n"]);
        }
    }
    pieces.concat()
}

/// The text with one comment more, in each of the places between two pieces.
pub fn commented(text: &str) -> impl Iterator<Item = String> {
    let pieces = pieces(text);
    let place = move |at: usize| {
        let (before, after) = pieces.split_at(at);
        format!("{}// between\n  {}", before.concat(), after.concat())
    };
    let count = self::pieces(text).len();
    (1..count).map(place)
}

/// The text with comments and line breaks for some of its white space.
pub fn scattered(text: &str, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let blank = |piece: &str| piece.trim().is_empty();
    let mut scattered = String::new();
    for piece in pieces(text) {
        match dice.below(12) {
            0 if blank(piece) => scattered.push_str("\n  "),
            1 if blank(piece) => scattered.push_str(" // one\n\t"),
            2 if blank(piece) => scattered.push_str("\n   /// two\n\n  // three \n  "),
            3 if !blank(piece) && !piece.starts_with("//") => {
                scattered.push_str(piece);
                scattered.push_str("//four\n ");
            }
            _ => scattered.push_str(piece),
        }
    }
    scattered
}
