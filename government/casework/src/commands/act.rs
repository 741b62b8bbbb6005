//! What an officer does at a task.

use base_db::Tx;
use base_jobs::enqueue_event;
use base_kernel::{ActionId, CaseNo, Fault, TaskId};
use chrono::NaiveDate;
use engine_process::{Action, Event};
use government_item::{RuleMoment, Severity};
use serde_json::{Map, Value, json};

use super::open::calendar_error;
use super::recusal;
use super::step::{Acting, Step};
use crate::clock;
use crate::desk::{ACCEPTANCE_NODE, Desk, input_of};
use crate::error::Error;
use crate::model::{ActionKind, CaseState, Correction, RuleResult, Task, TaskState};
use crate::store::{self, Record};
use crate::view::{ActOutcome, ActRequest, AllowedAction};

/// Working days an applicant has to complete when the item does not say.
const CORRECTION_DAYS: u32 = 10;

impl Desk {
    /// Takes one action at a task the acting officer holds. The same action id again gives the same outcome.
    ///
    /// # Errors
    /// [`Error`]; nothing of the step remains then.
    pub async fn task_act(&self, tx: &mut Tx, id: TaskId, request: &ActRequest) -> Result<ActOutcome, Error> {
        let action_id = ActionId(request.action_id);
        let task = store::task_get(tx, id).await?.ok_or(Error::TaskNotFound)?;
        let mut step = Step::load(self, tx, &task.case_no).await?;
        // Read again under the case's lock: what was seen before may have moved on.
        let task = store::task_lock(tx, id).await?;
        // Under the lock too: the first of two equal requests may still have been at work when the second came.
        if let Some(outcome) = repeated(tx, action_id, Some(id), request.action).await? {
            return Ok(outcome);
        }
        recusal::entitled(tx, &step.case, &task).await?;
        check_in_hand(tx, &task)?;
        check_allowed(&task, request)?;
        step.acting = Some(Acting {
            node_name: task.node_name.clone(),
            action: request.action,
            opinion: opinion(request).map(str::to_owned),
        });
        let events = self.events(tx, &mut step, &task, request).await?;
        for event in events {
            step.apply(tx, event).await?;
        }
        self.after(tx, &mut step, &task, request).await?;
        let record = Record {
            id: action_id,
            case_no: &task.case_no,
            task: Some(&task),
            node_name: None,
            action: request.action,
            opinion: opinion(request),
            detail: detail(request),
            state_after: step.case.state,
        };
        store::action_insert(tx, &record).await?;
        let case = step.save(tx).await?;
        Ok(outcome(&case.case_no, case.state))
    }

    /// The process events an action stands for.
    async fn events(
        &self,
        tx: &mut Tx,
        step: &mut Step<'_>,
        task: &Task,
        request: &ActRequest,
    ) -> Result<Vec<Event>, Error> {
        let id = task.id;
        let reason = || opinion(request).unwrap_or_default().to_owned();
        let to = || request.to_user.map(|user| user.to_string()).ok_or_else(to_user_missing);
        let completed = |action| Event::TaskCompleted { task: id, action, variables: Map::new() };
        Ok(match request.action {
            ActionKind::Pass => {
                self.before_pass(tx, step, task).await?;
                vec![completed(Action::Pass)]
            }
            ActionKind::Refuse => vec![completed(Action::Refuse)],
            ActionKind::Reject => vec![completed(Action::Reject)],
            ActionKind::Escalate => vec![completed(Action::Escalate)],
            ActionKind::SendBack => vec![Event::SendBack { task: id, to: None }],
            ActionKind::Correct => vec![Event::Correct { task: id }],
            ActionKind::Suspend => vec![Event::Suspend { task: Some(id), reason: reason() }],
            ActionKind::Resume => vec![Event::Resume { task: Some(id) }],
            ActionKind::Terminate => vec![Event::Terminate { task: Some(id), reason: reason() }],
            ActionKind::Transfer => vec![Event::Transfer { task: id, to: to()? }],
            ActionKind::AddSign => vec![Event::AddSign { task: id, to: to()? }],
            _ => return Err(Error::NotNow("该操作不能在任务上进行".into())),
        })
    }

    /// At acceptance the main clock starts; at every later node the review rules are asked on the facts of now.
    async fn before_pass(&self, tx: &mut Tx, step: &mut Step<'_>, task: &Task) -> Result<(), Error> {
        if task.node == ACCEPTANCE_NODE {
            return self.accept(tx, step).await;
        }
        let input = input_of(&step.case, Map::new());
        let entry = std::sync::Arc::clone(&step.entry);
        let answers = self.answer_rules(tx, &entry.item, RuleMoment::Review, &input).await?;
        merge(&mut step.case.rules, &answers.results);
        match answers.blocking() {
            Some(rule) => Err(Fault::invalid("casework.rule_blocks", blocked(rule)).into()),
            None => Ok(()),
        }
    }

    async fn accept(&self, tx: &mut Tx, step: &mut Step<'_>) -> Result<(), Error> {
        let now = tx.now();
        step.case.accepted_at = Some(now);
        step.case.state = CaseState::Accepted;
        let limits = &step.entry.item.limits;
        if let Some(promised) = &limits.promised {
            step.case.promised_due =
                clock::due_after(&self.calendar, now, promised.days).map_err(calendar_error)?;
        }
        if let Some(statutory) = &limits.statutory {
            let limit = base_kernel::Limit { amount: statutory.days, unit: statutory.unit };
            // A year without a published calendar leaves the day open; it is never guessed.
            step.case.statutory_due = limit.due(tx.today(), &self.calendar).ok().map(|due| due.date);
        }
        announce(tx, step, "accepted", "casework.case_accepted").await
    }

    /// What an action means for the case beyond the process.
    async fn after(
        &self,
        tx: &mut Tx,
        step: &mut Step<'_>,
        task: &Task,
        request: &ActRequest,
    ) -> Result<(), Error> {
        if request.action != ActionKind::Correct {
            return Ok(());
        }
        let days = step.entry.item.limits.correction.as_ref().map_or(CORRECTION_DAYS, |limit| limit.days);
        let deadline = clock::due_after(&self.calendar, tx.now(), days).map_err(calendar_error)?;
        let deadline = deadline.unwrap_or_else(|| fallback_deadline(tx.today(), days));
        let items = request.correction_items.iter().map(|item| item.trim().to_owned()).collect();
        step.case.correction = Some(Correction { items, deadline, asked_by: task.node_name.clone() });
        announce(tx, step, "correction", "casework.correction_requested").await
    }
}

/// Without a published calendar the applicant gets twice the days, so that no one loses a right to a missing table.
fn fallback_deadline(today: NaiveDate, days: u32) -> NaiveDate {
    today.checked_add_days(chrono::Days::new(u64::from(days) * 2)).unwrap_or(today)
}

/// Queues the message the item names for an event.
pub(crate) async fn announce(tx: &mut Tx, step: &Step<'_>, event: &str, topic: &str) -> Result<(), Error> {
    if let Some(payload) = super::close::message(&step.case, &step.entry.item, event) {
        let key = format!("{}:{event}:{}", step.case.case_no, tx.now().timestamp_micros());
        enqueue_event(tx, topic, &key, &payload).await?;
    }
    Ok(())
}

/// Recognises a request that was carried out before.
pub(crate) async fn repeated(
    tx: &mut Tx,
    id: ActionId,
    task: Option<TaskId>,
    action: ActionKind,
) -> Result<Option<ActOutcome>, Error> {
    let Some(earlier) = store::action_get(tx, id).await? else { return Ok(None) };
    if earlier.actor != tx.actor().user || earlier.task != task || earlier.action != action.word() {
        return Err(Error::ActionReused);
    }
    let state = CaseState::from_word(&earlier.state_after).unwrap_or(CaseState::InReview);
    Ok(Some(outcome(&CaseNo(earlier.case_no), state)))
}

pub(crate) fn outcome(case_no: &CaseNo, state: CaseState) -> ActOutcome {
    ActOutcome { case_no: case_no.0.clone(), state: state.word().into(), state_name: state.name().into() }
}

fn check_in_hand(tx: &Tx, task: &Task) -> Result<(), Error> {
    match task.state {
        TaskState::Claimed | TaskState::Waiting if task.claimed_by == Some(tx.actor().user) => Ok(()),
        TaskState::Done | TaskState::Cancelled => {
            Err(Error::NotNow("该任务已办理完毕或已撤销，请刷新待办列表".into()))
        }
        _ => Err(Error::NotYours),
    }
}

fn check_allowed(task: &Task, request: &ActRequest) -> Result<(), Error> {
    if !task.actions.iter().any(|action| action == request.action.word()) {
        let name = request.action.name();
        return Err(Error::NotNow(format!("当前环节不能“{name}”，请选择该环节允许的操作")));
    }
    let words = opinion(request).map_or(0, |text| text.chars().count());
    if words > 1000 {
        return Err(Fault::invalid_field(
            "casework.opinion_too_long",
            "opinion",
            "办理意见不能超过 1000 个字",
        )
        .into());
    }
    if opinion_required(request.action) && words < 2 {
        return Err(Error::OpinionMissing);
    }
    if request.action == ActionKind::Correct {
        let items = &request.correction_items;
        let fits = (1..=20).contains(&items.len())
            && items.iter().all(|item| (2..=200).contains(&item.trim().chars().count()));
        if !fits {
            let message = "请一次性列明需要补正的内容，1 至 20 项，每项 2 至 200 个字";
            return Err(Fault::invalid_field("casework.correction_items", "correction_items", message).into());
        }
    }
    Ok(())
}

fn opinion_required(action: ActionKind) -> bool {
    !matches!(action, ActionKind::Pass | ActionKind::Resume)
}

fn opinion(request: &ActRequest) -> Option<&str> {
    request.opinion.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

fn detail(request: &ActRequest) -> Value {
    let mut detail = json!({});
    if !request.correction_items.is_empty() {
        detail["correction_items"] = json!(request.correction_items);
    }
    if let Some(user) = request.to_user {
        detail["to_user"] = json!(user);
    }
    detail
}

fn to_user_missing() -> Error {
    Fault::invalid_field("casework.to_user_missing", "to_user", "请选择接办人员").into()
}

fn blocked(rule: &RuleResult) -> String {
    let advice = rule.advice.as_deref().map(|advice| format!("。{advice}")).unwrap_or_default();
    format!("“{}”未通过：{}{advice}", rule.name, rule.detail)
}

/// Newer answers replace older ones of the same rule.
fn merge(rules: &mut Vec<RuleResult>, newer: &[RuleResult]) {
    for result in newer {
        match rules.iter_mut().find(|rule| rule.code == result.code) {
            Some(rule) => *rule = result.clone(),
            None => rules.push(result.clone()),
        }
    }
    debug_assert!(newer.iter().all(|rule| rule.severity != Severity::Block.word() || !rule.code.is_empty()));
}

/// What the acting officer may do at a task in hand, for the buttons.
pub(crate) fn allowed_actions(task: &Task, state: CaseState) -> Vec<AllowedAction> {
    let held = matches!(state, CaseState::Correction | CaseState::Suspended);
    task.actions
        .iter()
        .filter_map(|word| ActionKind::from_word(word))
        .filter(|action| match action {
            ActionKind::Resume => state == CaseState::Suspended,
            ActionKind::Terminate => true,
            _ => !held,
        })
        .map(|action| AllowedAction {
            action: action.word().to_owned(),
            name: action.name().to_owned(),
            opinion_required: opinion_required(action),
        })
        .collect()
}
