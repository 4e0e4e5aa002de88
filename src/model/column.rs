//! A column of a table that often says the same in every row.

/// One value for each row, kept once while all are alike.
#[derive(Clone, Debug)]
pub enum Column<T> {
    /// All rows so far have this; nothing where there are none.
    Same(Option<T>),
    Each(Vec<T>),
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self::Same(None)
    }
}

impl<T: Copy + PartialEq> Column<T> {
    /// The value of a row; nothing behind the end of values that differ.
    #[must_use]
    #[inline]
    pub fn get(&self, place: usize) -> Option<T> {
        match self {
            Self::Same(value) => *value,
            Self::Each(values) => values.get(place).copied(),
        }
    }

    /// Adds the value of the row at a place: the next one.
    pub fn push(&mut self, place: usize, value: T) {
        match self {
            Self::Same(same) if same.is_none_or(|same| same == value) => *same = Some(value),
            Self::Same(same) => {
                let mut values = vec![same.unwrap_or(value); place];
                values.push(value);
                *self = Self::Each(values);
            }
            Self::Each(values) => values.push(value),
        }
    }

    pub fn shrink_to_fit(&mut self) {
        if let Self::Each(values) = self {
            values.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_were() {
        for values in [&[3, 3, 3][..], &[3, 4, 3], &[1], &[3, 3, 4, 4]] {
            let mut column = Column::default();
            values.iter().enumerate().for_each(|(place, value)| column.push(place, *value));
            let back: Vec<i32> = (0..values.len()).filter_map(|place| column.get(place)).collect();
            assert_eq!(back, values);
            assert_eq!(matches!(column, Column::Same(_)), values.iter().all(|value| *value == values[0]));
        }
    }
}
