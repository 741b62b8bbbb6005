//! Allot, release, transfer.

use std::collections::HashMap;

use base_db::Tx;
use base_kernel::UserId;
use uuid::Uuid;

use crate::store;
use crate::{Allotment, Candidate, Error, Request, Rule, Scored};

/// Chooses an officer for a task and keeps why.
///
/// # Errors
/// [`Error::Db`].
pub async fn allot(tx: &mut Tx, request: &Request) -> Result<Allotment, Error> {
    let free: Vec<Uuid> =
        request.candidates.iter().filter(|c| c.recused.is_none()).map(|c| c.user.0).collect();
    let loads = store::workload_list(tx, &free).await?;
    let new: Vec<Uuid> = loads.iter().filter(|(_, open)| open.is_none()).map(|(user, _)| *user).collect();
    if !new.is_empty() {
        store::workload_open(tx, &new).await?;
    }
    let (rule, chosen) = choose(tx, request, &loads).await?;
    let loads = loads.into_iter().map(|(user, open)| (user, open.unwrap_or(0))).collect();
    let candidates = request.candidates.iter().map(|candidate| scored(candidate, &loads)).collect();
    let allotment = Allotment { rule, chosen, candidates };
    store::allotment_put(tx, request, &allotment).await?;
    Ok(allotment)
}

async fn choose(
    tx: &mut Tx,
    request: &Request,
    free: &[(Uuid, Option<i64>)],
) -> Result<(Rule, Option<UserId>), Error> {
    let users: Vec<Uuid> = free.iter().map(|(user, _)| *user).collect();
    let Some(least) = users.first().copied().map(UserId) else { return Ok((Rule::NobodyEntitled, None)) };
    if let Some(previous) = request.previous.filter(|user| users.contains(&user.0)) {
        store::workload_add(tx, previous, 1).await?;
        return Ok((Rule::SameOfficer, Some(previous)));
    }
    if let Some(user) = store::workload_take(tx, &users).await? {
        return Ok((Rule::LeastLoaded, Some(UserId(user))));
    }
    // Every row is locked this instant: wait for the one that was least loaded when the list was read.
    store::workload_add(tx, least, 1).await?;
    Ok((Rule::LeastLoaded, Some(least)))
}

fn scored(candidate: &Candidate, loads: &HashMap<Uuid, i64>) -> Scored {
    Scored {
        user: candidate.user,
        name: candidate.name.clone(),
        open_tasks: candidate.recused.is_none().then(|| loads.get(&candidate.user.0).copied().unwrap_or(0)),
        excluded: candidate.recused.clone(),
    }
}

/// A task of `user` ended: one less. Called before new work is allotted in the same step.
///
/// # Errors
/// [`Error::Db`].
pub async fn release(tx: &mut Tx, user: UserId) -> Result<(), Error> {
    store::workload_release(tx, user).await
}

/// A person hands a task from one officer to another, or out of the pool.
///
/// # Errors
/// [`Error::Db`].
pub async fn transfer(tx: &mut Tx, request: &Request, from: Option<UserId>, to: UserId) -> Result<(), Error> {
    if let Some(from) = from {
        store::workload_release(tx, from).await?;
    }
    store::workload_add(tx, to, 1).await?;
    let candidates = request.candidates.iter().map(|candidate| scored(candidate, &HashMap::new())).collect();
    store::allotment_put(tx, request, &Allotment { rule: Rule::Transferred, chosen: Some(to), candidates })
        .await
}

/// An officer took a task out of the pool: one more.
///
/// # Errors
/// [`Error::Db`].
pub async fn taken(tx: &mut Tx, user: UserId) -> Result<(), Error> {
    store::workload_add(tx, user, 1).await
}
