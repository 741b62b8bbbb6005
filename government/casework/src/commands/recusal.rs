//! Who may handle a task: holds the role at the place, is not the person concerned, and did not act where four eyes
//! are asked for.

use base_db::Tx;
use base_kernel::{ActorKind, Fault, UserId};
use government_access::Entitled;
use government_dispatch::Candidate;

use crate::error::Error;
use crate::model::{CaseFile, Task};
use crate::store;

/// Everyone who holds the task's role at its place, with what stands in the way.
pub(crate) async fn candidates(tx: &mut Tx, case: &CaseFile, task: &Task) -> Result<Vec<Candidate>, Error> {
    let holders = government_access::entitled(tx, &task.role, &task.org_path).await.map_err(Fault::from)?;
    let acted = if task.four_eyes.is_empty() {
        Vec::new()
    } else {
        store::actors_at_nodes(tx, &case.case_no).await?
    };
    let weigh = |holder: Entitled| Candidate {
        recused: reason(case, task, &acted, holder.user, holder.person.as_ref()),
        user: holder.user,
        name: holder.name,
    };
    Ok(holders.into_iter().map(weigh).collect())
}

/// Why this officer may not handle the task; none when nothing stands in the way.
fn reason(
    case: &CaseFile,
    task: &Task,
    acted: &[(UserId, String)],
    user: UserId,
    person: Option<&base_kernel::PersonNo>,
) -> Option<String> {
    if user == case.applicant_user {
        return Some("您是该办件的申请提交人，应当回避".to_owned());
    }
    if person.is_some() && person == case.person.as_ref() {
        return Some("您是该办件的当事人，应当回避".to_owned());
    }
    let same = acted.iter().find(|(actor, node)| *actor == user && task.four_eyes.contains(node));
    same.map(|_| "您已办理过该办件的前序环节，按审核分离要求不能再办理本环节".to_owned())
}

/// Refuses unless the acting officer may handle the task now.
///
/// # Errors
/// [`Error::TaskNotFound`] outside role or place, [`Error::Recused`] with the reason.
pub(crate) async fn entitled(tx: &mut Tx, case: &CaseFile, task: &Task) -> Result<(), Error> {
    let actor = tx.actor().clone();
    let covered =
        actor.kind == ActorKind::Staff && actor.has_role(&task.role) && actor.covers(&task.org_path);
    // A task handed to somebody by name (转办, 加签) is theirs whatever their role.
    if !covered && task.offered_to != Some(actor.user) {
        return Err(Error::TaskNotFound);
    }
    let acted = if task.four_eyes.is_empty() {
        Vec::new()
    } else {
        store::actors_at_nodes(tx, &case.case_no).await?
    };
    match reason(case, task, &acted, actor.user, actor.person.as_ref()) {
        Some(message) => Err(Error::Recused(message)),
        None => Ok(()),
    }
}

/// Who acted last at the task's node, for work that comes back.
pub(crate) async fn last_at_node(tx: &mut Tx, task: &Task) -> Result<Option<UserId>, Error> {
    let acted = store::actors_at_nodes(tx, &task.case_no).await?;
    Ok(acted.into_iter().find(|(_, node)| *node == task.node).map(|(user, _)| user))
}
