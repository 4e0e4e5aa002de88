//! The table of declared units: what each is worth, and how units multiply and read.

use super::{Base, Dimension, Quantity, Unit};
use crate::exact::{Rational, decimal};

/// A unit of the table: built in, a currency, or declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(pub u32);

/// The dimension of all currencies.
pub const MONEY_BASE: Base = Base(0);
/// The dimension of all time units; its base unit is the day.
pub const TIME_BASE: Base = Base(1);

/// The built-in count of turns, a bare number.
pub const TURN: UnitId = UnitId(0);
/// Time units and what each is worth in days, as a fraction (language §3).
pub const TIME_UNITS: [(&str, i64, i64); 8] = [
    ("second", 1, 86_400),
    ("minute", 1, 1_440),
    ("hour", 1, 24),
    ("day", 1, 1),
    ("week", 7, 1),
    ("month", 365, 12),
    ("quarter", 365, 4),
    ("year", 365, 1),
];
pub const DAY: UnitId = UnitId(4);
pub const YEAR: UnitId = UnitId(8);

#[derive(Clone, Debug)]
struct Entry {
    name: String,
    /// What one of it is worth in base units.
    factor: Rational,
    dimension: Dimension,
}

/// All units of a model: built-in ones first, then those declared.
#[derive(Clone, Debug)]
pub struct UnitTable {
    entries: Vec<Entry>,
    bases: u32,
}

impl Default for UnitTable {
    fn default() -> Self {
        let mut table = Self { entries: Vec::new(), bases: 2 };
        table.push("turn", Rational::ONE, Dimension::none());
        for (name, days, parts) in TIME_UNITS {
            let factor = &Rational::from(days) / &Rational::from(parts);
            table.push(name, factor, Dimension::of(TIME_BASE));
        }
        table
    }
}

impl UnitTable {
    fn push(&mut self, name: &str, factor: Rational, dimension: Dimension) -> UnitId {
        self.entries.push(Entry { name: name.to_owned(), factor, dimension });
        UnitId(u32::try_from(self.entries.len() - 1).unwrap_or(u32::MAX))
    }

    /// A countable unit of its own dimension.
    pub fn declare_base(&mut self, name: &str) -> UnitId {
        let base = Base(self.bases);
        self.bases += 1;
        self.push(name, Rational::ONE, Dimension::of(base))
    }

    /// The reporting currency, or another unit of money worth as much.
    pub fn declare_money(&mut self, name: &str) -> UnitId {
        self.push(name, Rational::ONE, Dimension::of(MONEY_BASE))
    }

    /// A unit derived from a quantity: `unit dozen = 12 piece`.
    pub fn declare_derived(&mut self, name: &str, worth: &Quantity) -> UnitId {
        self.push(name, worth.value.clone(), self.dimension(&worth.unit))
    }

    #[must_use]
    pub fn built_in(name: &str) -> Option<UnitId> {
        if name == "turn" {
            return Some(TURN);
        }
        let place = TIME_UNITS.iter().position(|(unit, _, _)| *unit == name)?;
        u32::try_from(place + 1).ok().map(UnitId)
    }

    #[must_use]
    pub fn name(&self, unit: UnitId) -> &str {
        &self.entries[unit.0 as usize].name
    }

    pub fn ids(&self) -> impl Iterator<Item = UnitId> + use<> {
        (0..u32::try_from(self.entries.len()).unwrap_or(u32::MAX)).map(UnitId)
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    #[must_use]
    pub fn dimension(&self, unit: &Unit) -> Dimension {
        unit.0.iter().fold(Dimension::none(), |product, (id, exponent)| {
            product.times(&self.entries[id.0 as usize].dimension, exponent)
        })
    }

    /// What one of this unit is worth in base units.
    #[must_use]
    pub fn factor(&self, unit: &Unit) -> Rational {
        unit.0.iter().fold(Rational::ONE, |product, (id, exponent)| {
            let power = self.entries[id.0 as usize].factor.power(exponent);
            product * power.unwrap_or_default()
        })
    }

    /// One of a unit, as a quantity.
    #[must_use]
    pub fn one(&self, unit: UnitId) -> Quantity {
        let unit = Unit::of(unit);
        Quantity { value: self.factor(&unit), unit }
    }

    /// The unit of a product (`power` 1) or quotient (−1): the left spelling wins where both speak of one dimension,
    /// once what both spell alike is settled.
    #[must_use]
    pub fn times(&self, left: &Unit, right: &Unit, power: i32) -> Unit {
        match (left.is_none(), right.is_none()) {
            (_, true) => return left.clone(),
            (true, false) if power == 1 => return right.clone(),
            _ => {}
        }
        let mut product = left.clone();
        let is_same = |id: UnitId| left.0.get(id) != 0;
        for (id, exponent) in right.0.iter().filter(|(id, _)| is_same(*id)) {
            product.0.put(id, exponent.saturating_mul(power));
        }
        for (id, exponent) in right.0.iter().filter(|(id, _)| !is_same(*id)) {
            let dimension = &self.entries[id.0 as usize].dimension;
            let like = |other: &UnitId| self.entries[other.0 as usize].dimension == *dimension;
            let target = product.units().find(like).unwrap_or(id);
            product.0.put(target, exponent.saturating_mul(power));
        }
        self.simplified(product)
    }

    /// A unit by a period: days by the fortnight stay that, and are no bare number.
    #[must_use]
    pub fn by_period(&self, unit: &Unit, period: UnitId) -> Unit {
        let mut product = unit.clone();
        product.0.put(period, -1);
        self.simplified(product)
    }

    #[must_use]
    pub fn power(&self, unit: &Unit, power: i32) -> Unit {
        let mut raised = Unit::none();
        unit.0.iter().for_each(|(id, exponent)| raised.0.set(id, exponent.saturating_mul(power)));
        self.simplified(raised)
    }

    /// Turns, which are bare numbers, only where they are counted alone (`turn/year`).
    fn simplified(&self, mut unit: Unit) -> Unit {
        let others = || unit.0.iter().any(|(id, exponent)| id != TURN && exponent > 0);
        match unit.0.get(TURN) {
            0 => {}
            exponent if exponent < 0 || others() => unit.0.set(TURN, 0),
            _ => unit.0.set(TURN, 1),
        }
        unit
    }

    /// The unit as it is written: `CNY/year`, `1` for a bare number, `1/day`.
    #[must_use]
    pub fn spelled(&self, unit: &Unit) -> String {
        let part = |positive: bool| -> Vec<String> {
            let side = unit.0.iter().filter(|(_, exponent)| (*exponent > 0) == positive);
            side.map(|(id, exponent)| match exponent.unsigned_abs() {
                1 => self.name(id).to_owned(),
                power => format!("{}^{power}", self.name(id)),
            })
            .collect()
        };
        let (above, below) = (part(true), part(false));
        let above = if above.is_empty() { "1".to_owned() } else { above.join(" * ") };
        if below.is_empty() { above } else { format!("{above} / {}", below.join(" / ")).replace(" / ", "/") }
    }

    /// The number in its own unit, exactly where that is short, and the unit: `6.5 CNY`, `1/3 CNY/day`.
    #[must_use]
    pub fn shown(&self, quantity: &Quantity) -> String {
        let number = quantity.value.checked_div(&self.factor(&quantity.unit)).unwrap_or_default();
        let text =
            decimal::finite(&number, 9).map_or_else(|| shortened(&number), |text| decimal::grouped(&text));
        if quantity.unit.is_none() { text } else { format!("{text} {}", self.spelled(&quantity.unit)) }
    }
}

/// `p/q` where that is short, else a rounded decimal marked as such.
fn shortened(number: &Rational) -> String {
    let exact = number.to_string();
    if exact.len() <= 24 { exact } else { format!("about {}", decimal::significant(number, 9).text) }
}
