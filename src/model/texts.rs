//! Many short texts in little memory.

/// A list of texts that share one allocation.
///
/// Invariant asked of the caller: all of them stand in one file.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    all: String,
    ends: Vec<u32>,
}

impl Texts {
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text at a place; empty behind the end.
    #[must_use]
    pub fn get(&self, place: usize) -> &str {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(place).and_then(|end| self.all.get(start as usize..*end as usize)).unwrap_or("")
    }

    pub fn push(&mut self, text: &str) {
        self.all.push_str(text);
        // A file has at most 1 GiB, and what stands in it is made thrice as long by no normal form.
        self.ends.push(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
    }

    pub fn shrink_to_fit(&mut self) {
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_back_as_they_were() {
        let mut texts = Texts::default();
        let all = ["", "a", "", "größer", "b"];
        all.iter().for_each(|text| texts.push(text));
        assert_eq!((0..texts.len()).map(|place| texts.get(place)).collect::<Vec<_>>(), all);
        assert_eq!(texts.get(5), "");
    }
}
