//! Claims about plans of whole numbers, and about plans that are not proved: taken as far as their cases prove them.

use super::finding::{PlanCertificate, PlanFinding, Standing};
use super::ratio::{Linear, Scale};
use super::settle::{Ratio, columns, rows};
use super::solve::Search;
use super::whole::{Found, levels, settled};
use super::whole_ratio::refusing;
use crate::certify::cases::{ceiling, check_cases};
use crate::certify::check::Fault;
use crate::certify::linear::check_unbounded;
use crate::exact::Rational;

/// A best plan of whole numbers: no other has a greater tuple of levels.
pub(super) fn best(search: &Search<'_>, certificate: PlanCertificate) -> Result<PlanFinding, Fault> {
    let ratio = checked(search, &certificate)?;
    let (aims, levels) = levels(search, ratio.as_ref());
    if !certificate.levels.iter().map(|level| level.aim).eq(aims) {
        return Err(Fault::Shape);
    }
    let worth = |level: &Vec<Rational>| {
        Linear { counts: level.clone(), constant: Rational::ZERO }.at(&certificate.values)
    };
    let worth: Vec<Rational> = levels.iter().map(worth).collect();
    check_cases(&search.plan.program, &levels, Some(&worth), &certificate.cases).map_err(Fault::Linear)?;
    Ok(settled(search, found_in(certificate, ratio, Standing::Best)))
}

/// A plan that is one, and that none exceeds this bound.
pub(super) fn found(
    search: &Search<'_>,
    certificate: PlanCertificate,
    bound: Option<Rational>,
) -> Result<PlanFinding, Fault> {
    let ratio = checked(search, &certificate)?;
    if !certificate.levels.is_empty() || bound.is_none() != certificate.cases.is_empty() {
        return Err(Fault::Shape);
    }
    if let Some(bound) = &bound {
        let bound = search.turned(bound.clone());
        // A sum is at most its bound; of a ratio with a positive denominator, the numerator less so many of that.
        let (gain, most) = match &search.below {
            Some(below) => (search.above.less(below, &bound), Rational::ZERO),
            None => (search.above.clone(), bound),
        };
        let ceiling =
            ceiling(&search.plan.program, &gain.counts, &certificate.cases).map_err(Fault::Linear)?;
        if ceiling.is_none_or(|ceiling| ceiling + &gain.constant > most) {
            return Err(Fault::NotReached);
        }
    }
    Ok(settled(search, found_in(certificate, ratio, Standing::Within { bound })))
}

/// A ratio whose denominator grows without limit from some plan of whole numbers.
pub(super) fn unlimited(search: &Search<'_>, point: &[Rational], ray: &[Rational]) -> Result<(), Fault> {
    let below = search.below.as_ref().ok_or(Fault::Shape)?;
    if !search.plan.program.is_whole(point) {
        return Err(Fault::Shape);
    }
    check_unbounded(&search.plan.program, &below.counts, point, ray).map_err(Fault::Linear)
}

/// A ratio whose denominator is 0 in every plan of whole numbers, of which this is one.
pub(super) fn nothing(search: &Search<'_>, certificate: &PlanCertificate) -> Result<(), Fault> {
    let below = search.below.as_ref().ok_or(Fault::Shape)?;
    let program = &search.plan.program;
    if !program.is_feasible(&certificate.values) || !program.is_whole(&certificate.values) {
        return Err(Fault::Shape);
    }
    let most = [-&below.constant];
    check_cases(program, std::slice::from_ref(&below.counts), Some(&most), &certificate.cases)
        .map_err(Fault::Linear)
}

/// The ratio that a certificate says a plan has, if it is a plan; nothing where a sum is asked for.
fn checked(search: &Search<'_>, certificate: &PlanCertificate) -> Result<Option<Ratio>, Fault> {
    let (program, values) = (&search.plan.program, &certificate.values);
    let named = certificate.columns == columns(program) && certificate.rows == rows(program);
    if !named
        || !program.is_feasible(values)
        || !program.is_whole(values)
        || certificate.denominator.is_some()
    {
        return Err(Fault::Shape);
    }
    match (&search.below, &certificate.lambda) {
        (None, None) if certificate.denominator_cases.is_empty() => Ok(None),
        (Some(below), Some(lambda)) => {
            let reached = search.above.at(values) == below.at(values) * lambda;
            if !reached || !below.at(values).is_positive() {
                return Err(Fault::NotReached);
            }
            let bounded = !certificate.cases.is_empty();
            if bounded || !certificate.denominator_cases.is_empty() {
                let (levels, most) = refusing(&search.above, below);
                check_cases(program, &levels, Some(&most), &certificate.denominator_cases)
                    .map_err(Fault::Linear)?;
            }
            Ok(Some(Ratio { lambda: lambda.clone(), scale: Scale::Largest }))
        }
        _ => Err(Fault::Shape),
    }
}

fn found_in(certificate: PlanCertificate, ratio: Option<Ratio>, standing: Standing) -> Found {
    let PlanCertificate { values, cases, denominator_cases, .. } = certificate;
    Found { values, ratio, standing, cases, denominator_cases }
}
