//! Proposing and deciding, by two people.

use base_db::Tx;
use serde_json::json;
use uuid::Uuid;

use crate::{APPROVE, DeskRow, Error, MANAGE, PolicyStore, Proposal, RowStatus, store};

/// Proposes a value. It changes nothing until somebody else releases it.
///
/// # Errors
/// [`Error::NotAllowed`] without `policy.manage`; [`Error::Field`], [`Error::Merge`] when it does not fit the rows in
/// force; [`Error::Exists`].
pub async fn propose(tx: &mut Tx, policy: &PolicyStore, proposal: Proposal) -> Result<Uuid, Error> {
    if !tx.actor().may(MANAGE) {
        return Err(Error::NotAllowed);
    }
    check(&proposal)?;
    let row = DeskRow {
        id: Uuid::nil(),
        proposal,
        status: RowStatus::Proposed,
        proposed_by: tx.actor().user,
        proposed_by_name: tx.actor().name.clone(),
        proposed_at: tx.now(),
        decided_by_name: None,
        decided_at: None,
        opinion: None,
    };
    let (_, merged) = policy.merged(tx).await?;
    merged.with_desk_rows([policy.parameter(&row)?])?;
    store::row_insert(tx, &row.proposal).await
}

/// Releases a proposed value. The set in force on this node changes after the commit, by [`PolicyStore::refresh`].
///
/// # Errors
/// [`Error::NotAllowed`] without `policy.approve`; [`Error::SamePerson`]; [`Error::Decided`]; [`Error::Merge`] when
/// rows released meanwhile leave no room for it.
pub async fn release(
    tx: &mut Tx,
    policy: &PolicyStore,
    id: Uuid,
    opinion: Option<&str>,
) -> Result<(), Error> {
    store::release_lock(tx).await?;
    let row = undecided(tx, id).await?;
    let (_, merged) = policy.merged(tx).await?;
    merged.with_desk_rows([policy.parameter(&row)?])?;
    store::row_decide(tx, id, RowStatus::Released, opinion).await?;
    let (key, region, from) = (&row.proposal.key, row.proposal.region, row.proposal.from);
    let payload = json!({ "key": key, "region": region, "from": from });
    base_jobs::enqueue_event(tx, "policy.parameter_released", &id.to_string(), &payload).await?;
    Ok(())
}

/// Rejects a proposed value with a reason.
///
/// # Errors
/// As [`release`]; [`Error::Field`] without a reason.
pub async fn reject(tx: &mut Tx, id: Uuid, opinion: &str) -> Result<(), Error> {
    let opinion = opinion.trim();
    if opinion.is_empty() || opinion.chars().count() > 500 {
        return Err(Error::Field {
            field: "opinion", message: "请填写不同意的理由，最多 500 字".into()
        });
    }
    undecided(tx, id).await?;
    store::row_decide(tx, id, RowStatus::Rejected, Some(opinion)).await
}

async fn undecided(tx: &mut Tx, id: Uuid) -> Result<DeskRow, Error> {
    if !tx.actor().may(APPROVE) {
        return Err(Error::NotAllowed);
    }
    let row = store::row_lock(tx, id).await?.ok_or(Error::NoRow)?;
    if row.status != RowStatus::Proposed {
        return Err(Error::Decided);
    }
    if row.proposed_by == tx.actor().user {
        return Err(Error::SamePerson);
    }
    Ok(row)
}

fn check(proposal: &Proposal) -> Result<(), Error> {
    let refuse = |field, message: &str| Err(Error::Field { field, message: message.into() });
    let long = |text: &str, most| text.chars().count() > most;
    if proposal.doc_no.trim().is_empty() || long(&proposal.doc_no, 200) {
        return refuse("doc_no", "请填写文件文号，最多 200 字");
    }
    if proposal.basis.trim().is_empty() || long(&proposal.basis, 200) {
        return refuse("basis", "请填写数值的来源，最多 200 字");
    }
    if proposal.note.as_deref().is_some_and(|note| long(note, 500)) {
        return refuse("note", "说明最多 500 字");
    }
    if proposal.to.is_some_and(|to| to < proposal.from) {
        return refuse("to", "失效日期不能早于生效日期");
    }
    if proposal.doc_expiry.is_some_and(|end| end < proposal.from) {
        return refuse("doc_expiry", "文件有效期至不能早于生效日期");
    }
    Ok(())
}

/// Rows of the desk by key and status.
///
/// # Errors
/// [`Error::Db`].
pub async fn desk_rows(
    tx: &mut Tx,
    key: Option<&str>,
    status: Option<RowStatus>,
) -> Result<Vec<DeskRow>, Error> {
    store::row_list(tx, key, status).await
}
