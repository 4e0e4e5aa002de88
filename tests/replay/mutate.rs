//! Mutations of models: tokens and bytes deleted, doubled, swapped, inserted, and files spliced; each from its seed.

/// A small generator, the same on every machine (splitmix64).
pub struct Mutator {
    state: u64,
}

/// What is inserted: signs, words and numbers that mean something somewhere.
const TOKENS: [&str; 56] = [
    "{",
    "}",
    "(",
    ")",
    ":",
    ",",
    ";",
    "->",
    "=",
    "..",
    "~",
    "\"",
    "'",
    "//",
    "///",
    "\n",
    "\r\n",
    "+",
    "-",
    "*",
    "/",
    "^",
    "<=",
    "==",
    "｛",
    "（",
    "，",
    "“",
    "”",
    "\u{feff}",
    "0",
    "1e9999",
    "5%",
    "1/0",
    "-1",
    "9999999999999999999",
    "not",
    "and",
    "or",
    "in",
    "of",
    "via",
    "else",
    "each hop:",
    "hop 2:",
    "turn",
    "year",
    "CNY",
    "rides:",
    "yield: 5% else",
    "param",
    "participant",
    "cash flow",
    "loop",
    "path",
    "商户",
];

impl Mutator {
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }

    /// One of the seeds with one to four mutations.
    pub fn mutate(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = seeds[self.below(seeds.len())].clone();
        for _ in 0..=self.below(4) {
            bytes = match self.below(10) {
                0 => self.byte(bytes),
                1 => self.splice(&bytes, seeds),
                _ => self.token(&bytes),
            };
        }
        bytes
    }

    /// One byte deleted, changed or inserted.
    fn byte(&mut self, mut bytes: Vec<u8>) -> Vec<u8> {
        let at = self.below(bytes.len());
        let byte = u8::try_from(self.below(256)).unwrap();
        match self.below(3) {
            0 if !bytes.is_empty() => drop(bytes.remove(at)),
            1 if !bytes.is_empty() => bytes[at] = byte,
            _ => bytes.insert(at, byte),
        }
        bytes
    }

    /// The first lines of one file and the last of another.
    fn splice(&mut self, bytes: &[u8], seeds: &[Vec<u8>]) -> Vec<u8> {
        let other = &seeds[self.below(seeds.len())];
        let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
        let others: Vec<&[u8]> = other.split_inclusive(|byte| *byte == b'\n').collect();
        let (until, from) = (self.below(lines.len() + 1), self.below(others.len() + 1));
        [lines[..until].concat(), others[from..].concat()].concat()
    }

    /// A token deleted, doubled, swapped with the next or with any, replaced, or inserted.
    fn token(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut tokens = tokens(bytes);
        if tokens.is_empty() {
            return bytes.to_vec();
        }
        let (at, other) = (self.below(tokens.len()), self.below(tokens.len()));
        let fresh = TOKENS[self.below(TOKENS.len())].as_bytes();
        match self.below(6) {
            0 => drop(tokens.remove(at)),
            1 => tokens.insert(at, tokens[at]),
            2 => tokens.swap(at, other),
            3 => tokens[at] = fresh,
            4 => tokens[at] = tokens[other],
            _ => tokens.insert(at, fresh),
        }
        tokens.concat()
    }
}

/// Words, runs of white space, and single signs.
fn tokens(bytes: &[u8]) -> Vec<&[u8]> {
    let kind = |byte: u8| match byte {
        b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.. => 0,
        b' ' | b'\t' => 1,
        _ => 2,
    };
    bytes.chunk_by(|left, right| kind(*left) == kind(*right) && kind(*left) < 2).collect()
}
