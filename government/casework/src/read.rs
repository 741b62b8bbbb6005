//! Reading cases and work lists for the screens.

use base_db::Tx;
use base_kernel::{ActorKind, CaseNo, DocumentId, TaskId, UserId, shanghai};
use chrono::{DateTime, Utc};
use engine_process::{Instance, NodeKind};
use government_dispatch::Allotment;
use government_item::{FieldKind, Item, MaterialSource, form};
use serde_json::{Map, Value, json};

use crate::clock::{self, ClockFacts};
use crate::commands::{allowed_actions, entitled, owned};
use crate::desk::Desk;
use crate::error::Error;
use crate::model::{ActionKind, CaseFile, CaseState, Task};
use crate::store::{self, ActionLine, CaseLine, TaskFilter, TaskLine, View};
use crate::view::*;

/// Staff who may look at cases in their scope.
pub(crate) const CASE_READ: &str = "casework.case.read";
/// Supervisors and auditors, who may look at any case and change none.
pub(crate) const CASE_READ_ANY: &str = "casework.case.read_any";

/// Top of the organisation tree.
const ROOT: &str = "310000";

impl Desk {
    /// Refuses a case the actor may not see; it is not told apart from one that does not exist.
    pub(crate) fn visible(&self, tx: &Tx, case: &CaseFile) -> Result<(), Error> {
        let actor = tx.actor();
        if actor.kind != ActorKind::Staff {
            return owned(tx, case);
        }
        let sees = actor.may(CASE_READ_ANY) || (actor.may(CASE_READ) && actor.covers(&case.org_path));
        if sees { Ok(()) } else { Err(Error::CaseNotFound) }
    }

    /// A case as the actor may see it.
    ///
    /// # Errors
    /// [`Error::CaseNotFound`] when not there or not visible.
    pub async fn case_view(&self, tx: &mut Tx, case_no: &CaseNo) -> Result<CaseView, Error> {
        let case = store::case_get(tx, case_no).await?.ok_or(Error::CaseNotFound)?;
        let open = store::task_open_of_case(tx, case_no).await?;
        if self.visible(tx, &case).is_err() {
            // An officer whom a task was handed to by name sees its case wherever it lies.
            let mine = open.iter().any(|task| Some(tx.actor().user) == task.claimed_by.or(task.offered_to));
            if !(mine && tx.actor().kind == ActorKind::Staff) {
                return Err(Error::CaseNotFound);
            }
        }
        let entry = self.entry(&case.item, case.item_version)?;
        let lines = store::action_list(tx, case_no).await?;
        let instance = self.processes.instance(tx, case.instance).await.map_err(base_kernel::Fault::from)?;
        let staff = tx.actor().kind == ActorKind::Staff;
        let rating = store::rating_get(tx, case_no).await?;
        let documents = store::document_list(tx, case_no).await?;
        let current = open.first().map(|task| task.node_name.clone());
        let row = self.row_of_case(tx, &case, &entry.item, current, rating.is_some());
        let tasks = if staff { self.open_tasks(tx, &case, &open).await? } else { Vec::new() };
        Ok(CaseView {
            row,
            item_version: case.item_version,
            outcome: case.outcome.clone(),
            form: sections(&entry.item, &case.form, staff),
            materials: materials(&entry.item, &case),
            timeline: lines.iter().map(|line| timeline(line, staff)).collect(),
            progress: self.progress(tx, &instance).await?,
            rules: case.rules,
            derivation: case.derivation,
            computed: public_values(&case.computed),
            documents: documents.into_iter().map(document).collect(),
            correction: case.correction,
            rating: rating.map(|(score, comment, rated_at)| RatingView { score, comment, rated_at }),
            tasks,
            statutory_due: case.statutory_due,
        })
    }

    async fn open_tasks(
        &self,
        tx: &mut Tx,
        case: &CaseFile,
        open: &[Task],
    ) -> Result<Vec<OpenTaskView>, Error> {
        let mut views = Vec::new();
        for task in open {
            let refusal = entitled(tx, case, task).await.err();
            let blocked_reason = match &refusal {
                None => None,
                Some(Error::Recused(reason)) => Some(reason.clone()),
                Some(_) => Some("该任务由其他岗位办理".to_owned()),
            };
            let mine = task.claimed_by == Some(tx.actor().user);
            let actions =
                if mine && refusal.is_none() { allowed_actions(task, case.state) } else { Vec::new() };
            views.push(OpenTaskView {
                id: task.id.0,
                node_name: task.node_name.clone(),
                state: task.state.word().to_owned(),
                claimed_by: task.claimed_by.map(|user| user.0),
                offered_to: task.offered_to.map(|user| user.0),
                actions,
                blocked_reason,
                due: task.due,
            });
        }
        Ok(views)
    }

    async fn progress(&self, tx: &mut Tx, instance: &Instance) -> Result<Vec<ProgressView>, Error> {
        let definition = self
            .processes
            .version(tx, &instance.definition, instance.version)
            .await
            .map_err(base_kernel::Fault::from)?;
        let open = |node: &str| instance.tasks.iter().any(|task| task.node == node);
        let ended = instance.outcome().is_some();
        let mut views =
            vec![ProgressView { node: "start".into(), name: "提交申请".into(), status: "done" }];
        for node in definition.nodes().filter(|node| matches!(node.kind, NodeKind::Task(_))) {
            let visited = instance.visits.contains_key(&node.id);
            let status = match (open(&node.id), visited, ended) {
                (true, ..) => "current",
                (false, true, _) => "done",
                (false, false, true) => "skipped",
                (false, false, false) => "waiting",
            };
            views.push(ProgressView { node: node.id.clone(), name: node.name.clone(), status });
        }
        // Nodes that only some cases pass (pre-acceptance, approval after escalation) show once they are certain.
        let optional = ["precheck", "approve", "confirm_rejection", "sample"];
        views.retain(|view| {
            !optional.contains(&view.node.as_str()) || !matches!(view.status, "waiting" | "skipped")
        });
        let status = if ended { "done" } else { "waiting" };
        views.push(ProgressView { node: "end".into(), name: "办结".into(), status });
        Ok(views)
    }

    fn row_of_case(
        &self,
        tx: &Tx,
        case: &CaseFile,
        item: &Item,
        current: Option<String>,
        rated: bool,
    ) -> CaseRow {
        let line = CaseLine {
            case_no: case.case_no.0.clone(),
            item_code: case.item.0.clone(),
            item_name: case.item_name.clone(),
            state: case.state,
            applicant_name: case.applicant_name.clone(),
            submitted_at: case.submitted_at,
            accepted_at: case.accepted_at,
            closed_at: case.closed_at,
            promised_due: case.promised_due,
            clock_stopped_at: case.clock_stopped.as_ref().map(|(at, _)| *at),
            current_node: current,
            rated,
        };
        self.row(tx, line, item.rating)
    }

    fn row(&self, tx: &Tx, line: CaseLine, rateable: bool) -> CaseRow {
        let mut can = Vec::new();
        if tx.actor().kind != ActorKind::Staff {
            if !line.state.ended() {
                can.push("withdraw");
            }
            if line.state == CaseState::Correction {
                can.push("correct");
            }
            if line.state.ended() && rateable && !line.rated {
                can.push("rate");
            }
        }
        let clock = self.clock(tx.now(), &line);
        CaseRow {
            case_no: line.case_no,
            item_code: line.item_code,
            item_name: line.item_name,
            state: line.state.word().to_owned(),
            state_name: line.state.name().to_owned(),
            applicant_name: line.applicant_name,
            submitted_at: line.submitted_at,
            promised_due: line.promised_due,
            clock,
            current_node: line.current_node,
            can,
        }
    }

    fn clock(&self, now: DateTime<Utc>, line: &CaseLine) -> ClockView {
        let facts = ClockFacts {
            from: line.accepted_at.unwrap_or(line.submitted_at),
            ended_at: line.closed_at,
            stopped_at: line.clock_stopped_at,
            due: line.promised_due,
        };
        clock::read(&self.calendar, facts, now)
    }

    /// Cases of the actor: own ones, of the employer, or in the officer's scope.
    ///
    /// # Errors
    /// [`Error::Db`].
    pub(crate) async fn case_rows(
        &self,
        tx: &mut Tx,
        state: Option<&str>,
        query: Option<&str>,
        page: (i64, i64),
    ) -> Result<(Vec<CaseRow>, i64), Error> {
        let actor = tx.actor().clone();
        let (lines, total) = match actor.kind {
            ActorKind::Staff if actor.may(CASE_READ_ANY) => {
                store::case_list_scope(tx, ROOT, state, query, page).await?
            }
            ActorKind::Staff if !actor.may(CASE_READ) => (Vec::new(), 0),
            ActorKind::Staff => {
                let scope = actor.scope.as_deref().unwrap_or("-");
                store::case_list_scope(tx, scope, state, query, page).await?
            }
            ActorKind::Employer => {
                store::case_list_mine(tx, actor.employer.as_ref(), None, actor.user, state, page).await?
            }
            _ => store::case_list_mine(tx, None, actor.person.as_ref(), actor.user, state, page).await?,
        };
        let rows = lines
            .into_iter()
            .map(|line| {
                let rateable = self.catalogue.current(&line.item_code).is_some_and(|entry| entry.item.rating);
                self.row(tx, line, rateable)
            })
            .collect();
        Ok((rows, total))
    }

    /// A page of the acting officer's work list.
    ///
    /// # Errors
    /// [`Error::Db`].
    pub(crate) async fn task_rows(
        &self,
        tx: &mut Tx,
        view: View,
        filter: &TaskFilter,
    ) -> Result<(Vec<TaskRow>, i64), Error> {
        let (lines, total) = store::task_list(tx, view, filter).await?;
        let now = tx.now();
        Ok((lines.into_iter().map(|line| self.task_row(now, line)).collect(), total))
    }

    fn task_row(&self, now: DateTime<Utc>, line: TaskLine) -> TaskRow {
        let facts = ClockFacts {
            from: line.accepted_at.unwrap_or(line.submitted_at),
            ended_at: None,
            stopped_at: line.clock_stopped_at,
            due: line.promised_due,
        };
        TaskRow {
            id: line.id,
            case_no: line.case_no,
            item_code: line.item_code,
            item_name: line.item_name,
            node_name: line.node_name,
            applicant_name: line.applicant_name,
            org_path: line.org_path,
            state: line.state,
            offered_to: line.offered_to,
            claimed_by: line.claimed_by,
            created_at: line.opened_at,
            due_at: line.due,
            clock: clock::read(&self.calendar, facts, now),
            case_state: line.case_state.word().to_owned(),
            case_state_name: line.case_state.name().to_owned(),
        }
    }

    /// Figures on top of the work list.
    ///
    /// # Errors
    /// [`Error::Db`].
    pub(crate) async fn summary(&self, tx: &mut Tx) -> Result<SummaryView, Error> {
        let midnight = shanghai(tx.now()).date_naive().and_time(chrono::NaiveTime::MIN).and_utc()
            - chrono::Duration::hours(8);
        let summary = store::task_summary(tx, midnight).await?;
        let undispatchable = store::task_undispatchable(tx).await?;
        Ok(SummaryView {
            todo: summary.todo,
            claimed: summary.claimed,
            done_today: summary.done_today,
            yellow: summary.due_today,
            red: summary.overdue,
            undispatchable,
        })
    }

    /// Why a task went to whom.
    ///
    /// # Errors
    /// [`Error::TaskNotFound`] when not there or outside the actor's scope.
    pub(crate) async fn dispatch_of(&self, tx: &mut Tx, id: TaskId) -> Result<Allotment, Error> {
        let task = store::task_get(tx, id).await?.ok_or(Error::TaskNotFound)?;
        if !tx.actor().covers(&task.org_path) {
            return Err(Error::TaskNotFound);
        }
        let allotment = government_dispatch::allotment_of(tx, id).await.map_err(base_kernel::Fault::from)?;
        allotment.ok_or(Error::TaskNotFound)
    }

    /// Refuses unless the actor may see the case a document belongs to.
    ///
    /// # Errors
    /// [`Error::CaseNotFound`].
    pub async fn document_visible(&self, tx: &mut Tx, document: DocumentId) -> Result<(), Error> {
        let case_no = store::document_case(tx, document).await?.ok_or(Error::CaseNotFound)?;
        let case = store::case_get(tx, &case_no).await?.ok_or(Error::CaseNotFound)?;
        self.visible(tx, &case)
    }

    /// Refuses unless the actor may see the case that `file` was handed in with.
    ///
    /// # Errors
    /// [`Error::CaseNotFound`].
    pub async fn material_visible(&self, tx: &mut Tx, case_no: &CaseNo, file: &str) -> Result<(), Error> {
        let case = store::case_get(tx, case_no).await?.ok_or(Error::CaseNotFound)?;
        self.visible(tx, &case)?;
        let has = case.materials.as_array().is_some_and(|materials| {
            materials.iter().any(|material| {
                material["files"]
                    .as_array()
                    .is_some_and(|files| files.iter().any(|entry| entry["id"] == file))
            })
        });
        if has || case.form.get("file_id").is_some_and(|id| id == file) {
            Ok(())
        } else {
            Err(Error::CaseNotFound)
        }
    }
}

fn sections(item: &Item, values: &Map<String, Value>, staff: bool) -> Vec<SectionView> {
    item.form
        .iter()
        .map(|section| SectionView {
            title: section.title.clone(),
            fields: section
                .fields
                .iter()
                .filter(|field| field.kind != FieldKind::Note && values.contains_key(&field.key))
                .map(|field| {
                    let value = values.get(&field.key).cloned().unwrap_or(Value::Null);
                    let text = form::value_text(field, &value);
                    // Officers decide on the whole value; applicants know it and see it masked on a shared screen.
                    let (value, text) = if field.sensitive && !staff {
                        (Value::String(form::masked_text(&text)), form::masked_text(&text))
                    } else {
                        (value, text)
                    };
                    let kind = serde_json::to_value(field.kind).ok();
                    let kind = kind.as_ref().and_then(Value::as_str).unwrap_or("text").to_owned();
                    FieldView { key: field.key.clone(), label: field.label.clone(), kind, value, text }
                })
                .collect(),
        })
        .filter(|section: &SectionView| !section.fields.is_empty())
        .collect()
}

fn materials(item: &Item, case: &CaseFile) -> Value {
    let handed = case.materials.as_array();
    let listed =
        item.materials.iter().filter(|material| form::is_shown(material.show_when.as_ref(), &case.form));
    listed
        .map(|material| {
            let files = handed
                .and_then(|handed| handed.iter().find(|entry| entry["code"] == material.code.as_str()))
                .map_or(json!([]), |entry| entry["files"].clone());
            let source = match material.source {
                MaterialSource::Upload => "申请人上传",
                MaterialSource::Licence => "电子证照调用，免提交",
                MaterialSource::Kept => "申请人留存备查",
                MaterialSource::Generated => "系统生成",
            };
            json!({ "code": material.code, "name": material.name, "required": material.required,
                "source": material.source, "source_name": source, "files": files })
        })
        .collect()
}

fn timeline(line: &ActionLine, staff: bool) -> TimelineView {
    let kind = ActionKind::from_word(&line.action);
    // Applicants see which desk acted, not which officer.
    let desk = line.node_name.clone().filter(|_| !staff && line.node.is_some());
    TimelineView {
        at: line.at,
        node: line.node_name.clone(),
        action: line.action.clone(),
        action_name: kind.map_or_else(|| line.action.clone(), |kind| kind.name().to_owned()),
        actor_name: desk.map_or_else(|| line.actor_name.clone(), |node| format!("{node}岗")),
        organisation: line.organisation.clone(),
        opinion: line.opinion.clone(),
    }
}

fn document(line: store::DocumentLine) -> DocumentView {
    DocumentView {
        id: line.id.0,
        name: line.name,
        number: line.number,
        verify_code: line.verify_code,
        url: format!("/api/v1/documents/{}", line.id),
    }
}

/// Figures for the screen; the data of documents stays with the documents.
fn public_values(computed: &Map<String, Value>) -> Map<String, Value> {
    computed
        .iter()
        .map(|(name, values)| {
            let mut values = values.clone();
            if let Some(values) = values.as_object_mut() {
                values.remove("document");
            }
            (name.clone(), values)
        })
        .collect()
}

/// Names an officer for a picker: entitled at the task's place and not recused.
pub(crate) async fn colleagues(tx: &mut Tx, desk: &Desk, id: TaskId) -> Result<Vec<(UserId, String)>, Error> {
    let task = store::task_get(tx, id).await?.ok_or(Error::TaskNotFound)?;
    let case = store::case_get(tx, &task.case_no).await?.ok_or(Error::CaseNotFound)?;
    desk.visible(tx, &case)?;
    let candidates = crate::commands::candidates(tx, &case, &task).await?;
    let me = tx.actor().user;
    Ok(candidates
        .into_iter()
        .filter(|candidate| candidate.recused.is_none() && candidate.user != me)
        .map(|candidate| (candidate.user, candidate.name))
        .collect())
}
