//! HTTP face: one's own insurances, an employer's staff and rosters.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use base_db::{Db, Tx};
use base_kernel::{ActorKind, EmployerNo, Fault, Month, PersonNo};
use base_web::{Caller, Json, Page, PageQuery, Path, Problem, ProblemBody, Query};
use centre_party::{PartyError, Scope};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::batch::{Batch, BatchState};
use crate::model::PeriodStatus;
use crate::read::StaffMember;
use crate::{EnrolmentError, READ, read, store, workbook};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub(crate) fn routes(db: Db) -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(my_insurance))
        .routes(routes!(staff))
        .routes(routes!(template))
        .routes(routes!(batch))
        .routes(routes!(batch_result))
        .with_state(db)
}

/// One's own insurances.
#[derive(Debug, Serialize, ToSchema)]
struct MyInsurance {
    /// Oneself.
    person: Myself,
    /// Periods, oldest first.
    enrolments: Vec<EnrolmentRow>,
    /// Paid months of the pension insurance.
    months_total: u32,
}

/// Oneself.
#[derive(Debug, Serialize, ToSchema)]
struct Myself {
    /// Personal number.
    person_no: String,
    /// Name.
    name: String,
    /// Document number, masked.
    id_no: String,
}

/// A period.
#[derive(Debug, Serialize, ToSchema)]
struct EnrolmentRow {
    /// Code of the insurance.
    insurance: String,
    /// Its name.
    insurance_name: String,
    /// Employer.
    employer_name: String,
    /// First month.
    #[schema(value_type = String, example = "2026-07")]
    from: Month,
    /// Last month; none while active.
    #[schema(value_type = Option<String>)]
    to: Option<Month>,
    /// active, stopped, retired.
    status: String,
    /// Its Chinese name.
    status_name: String,
}

/// The caller's own insurances.
#[utoipa::path(get, path = "/me/insurance", tag = "参保管理", responses(
    (status = 200, description = "本人参保情况", body = MyInsurance),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "不是个人用户", body = ProblemBody),
    (status = 404, description = "未找到", body = ProblemBody),
))]
async fn my_insurance(caller: Caller, State(db): State<Db>) -> Result<Json<MyInsurance>, Problem> {
    let no = own_person(&caller)?;
    let mut tx = db.begin(caller.ctx()).await?;
    let scope = Scope::Person(no.clone());
    let person = centre_party::person_by_no(&mut tx, &scope, &no).await?;
    let periods = read::history(&mut tx, &scope, &no).await?;
    let employers: Vec<EmployerNo> = periods.iter().map(|period| period.employer.clone()).collect();
    let system = Scope::System("names of one's own employers");
    let employers = centre_party::employers_by_no(&mut tx, &system, &employers).await?;
    let months_total = centre_contribution::paid_months(&mut tx, &no).await?;
    let name = |no: &EmployerNo| {
        employers.iter().find(|one| one.no == *no).map(|one| one.name.clone()).unwrap_or_default()
    };
    let enrolments = periods
        .iter()
        .map(|period| EnrolmentRow {
            insurance: period.insurance.code().to_owned(),
            insurance_name: period.insurance.name().to_owned(),
            employer_name: name(&period.employer),
            from: period.start,
            to: period.end,
            status: period.status.code().to_owned(),
            status_name: period.status.name().to_owned(),
        })
        .collect();
    let person = Myself { person_no: person.no.0.clone(), id_no: person.id_no_masked(), name: person.name };
    Ok(Json(MyInsurance { person, enrolments, months_total }))
}

fn own_person(caller: &Caller) -> Result<PersonNo, Fault> {
    caller.require_kind(ActorKind::Citizen)?;
    let message = "您的账号尚未完成实名关联，请先完成实名认证";
    caller.actor.person.clone().ok_or_else(|| Fault::forbidden("enrolment.no_person", message))
}

/// Which of the staff.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct StaffQuery {
    /// Exact number or document number, or beginning of the name.
    query: Option<String>,
    /// Employer, for clerks; operators see their own.
    employer_no: Option<String>,
    #[serde(flatten)]
    #[param(ignore)]
    page: PageQuery,
}

/// A member of the staff.
#[derive(Debug, Serialize, ToSchema)]
struct StaffRow {
    /// Personal number.
    person_no: String,
    /// Name.
    name: String,
    /// Document number, masked.
    id_no: String,
    /// First month insured here.
    #[schema(value_type = Option<String>)]
    from: Option<Month>,
    /// Names of the insurances.
    insurances: Vec<String>,
    /// Declared monthly wage, fen.
    wage_fen: Option<i64>,
    /// active, stopped.
    status: String,
    /// Its Chinese name.
    status_name: String,
}

impl From<StaffMember> for StaffRow {
    fn from(member: StaffMember) -> Self {
        let active = !member.periods.is_empty();
        let status = if active { PeriodStatus::Active } else { PeriodStatus::Stopped };
        Self {
            id_no: member.person.id_no_masked(),
            person_no: member.person.no.0,
            name: member.person.name,
            from: member.periods.iter().map(|period| period.start).min(),
            insurances: member.periods.iter().map(|period| period.insurance.name().to_owned()).collect(),
            wage_fen: member.wage.map(|wage| wage.0),
            status: status.code().to_owned(),
            status_name: status.name().to_owned(),
        }
    }
}

/// The staff of the caller's employer, or of an employer in a clerk's area.
#[utoipa::path(get, path = "/employer/staff", tag = "参保管理", params(StaffQuery, PageQuery), responses(
    (status = 200, description = "单位职工", body = Page<StaffRow>),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 403, description = "没有权限", body = ProblemBody),
    (status = 404, description = "未找到该单位，或无权查看", body = ProblemBody),
))]
async fn staff(
    caller: Caller,
    State(db): State<Db>,
    Query(asked): Query<StaffQuery>,
) -> Result<Json<Page<StaffRow>>, Problem> {
    let employer = match caller.actor.kind {
        ActorKind::Employer => caller.actor.employer.clone(),
        ActorKind::Citizen => return Err(Fault::from(PartyError::NoScope).into()),
        ActorKind::Staff | ActorKind::System => {
            caller.require(READ)?;
            asked.employer_no.clone().map(EmployerNo)
        }
    };
    let employer = employer.ok_or(PartyError::EmployerNotFound)?;
    if asked.employer_no.as_ref().is_some_and(|no| *no != employer.0) {
        return Err(PartyError::EmployerNotFound.into());
    }
    let mut tx = db.begin(caller.ctx()).await?;
    let scope = Scope::of(&caller.actor)?;
    let query = asked.query.as_deref().map(str::trim).filter(|query| !query.is_empty());
    let (rows, total) = read::staff_list(&mut tx, &scope, &employer, query, asked.page).await?;
    Ok(Json(Page::new(asked.page, rows.into_iter().map(StaffRow::from).collect(), total)))
}

/// The empty roster.
#[utoipa::path(get, path = "/employer/batches/template", tag = "参保管理", responses(
    (status = 200, description = "增员花名册模板（xlsx）", content_type = XLSX, body = Vec<u8>),
    (status = 401, description = "未登录", body = ProblemBody),
))]
async fn template(_caller: Caller) -> Result<Response, Problem> {
    Ok(download("增员花名册模板.xlsx", workbook::template().map_err(EnrolmentError::from)?))
}

/// What became of a roster.
#[derive(Debug, Serialize, ToSchema)]
struct BatchResult {
    /// Case, which is the number of the batch too.
    case_no: String,
    /// checked, imported, released.
    state: String,
    /// File.
    file_name: String,
    /// SM3 digest of the file.
    file_sm3: String,
    /// Rows.
    rows_total: i32,
    /// Rows that went in, or would.
    ok: i32,
    /// Rows that did not.
    failed: i32,
    /// Rows that went in and deserve a second look.
    warned: i32,
    /// What is wrong, by row.
    failures: Vec<FailureRow>,
}

/// One thing wrong with one row.
#[derive(Debug, Serialize, ToSchema)]
struct FailureRow {
    /// Row as the sheet counts, from 1.
    row: i32,
    /// Name, masked.
    name: String,
    /// Key of the column.
    column: String,
    /// Its heading.
    column_name: String,
    /// What was written, masked.
    value: String,
    /// Code.
    code: String,
    /// Reason.
    reason: String,
    /// What to do.
    hint: String,
}

/// The batch if the caller may see it; who may not learns nothing, not even that it is there.
async fn visible(tx: &mut Tx, caller: &Caller, case_no: &str) -> Result<Batch, Fault> {
    let batch = store::batch::find(tx, case_no).await?.ok_or(EnrolmentError::BatchNotFound)?;
    let may = match caller.actor.kind {
        ActorKind::Employer => caller.actor.employer.as_ref() == Some(&batch.employer),
        ActorKind::Citizen => false,
        ActorKind::System => true,
        ActorKind::Staff => {
            caller.actor.may(READ)
                && centre_party::employer_by_no(tx, &Scope::of(&caller.actor)?, &batch.employer).await.is_ok()
        }
    };
    if may { Ok(batch) } else { Err(EnrolmentError::BatchNotFound.into()) }
}

/// What became of a roster, row by row.
#[utoipa::path(get, path = "/employer/batches/{case_no}", tag = "参保管理",
    params(("case_no" = String, Path, description = "办件编号")), responses(
    (status = 200, description = "批量处理结果", body = BatchResult),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 404, description = "未找到，或无权查看", body = ProblemBody),
))]
async fn batch(
    caller: Caller,
    State(db): State<Db>,
    Path(case_no): Path<String>,
) -> Result<Json<BatchResult>, Problem> {
    let mut tx = db.begin(caller.ctx()).await?;
    let batch = visible(&mut tx, &caller, &case_no).await?;
    let failures = store::batch::flaws(&mut tx, &batch).await?;
    let failures = failures
        .into_iter()
        .map(|flaw| FailureRow {
            row: flaw.row,
            name: flaw.name,
            column: flaw.column,
            column_name: flaw.column_name,
            value: flaw.value,
            code: flaw.code,
            reason: flaw.reason,
            hint: flaw.hint,
        })
        .collect();
    Ok(Json(BatchResult {
        case_no: batch.case_no,
        state: batch.state.code().to_owned(),
        file_name: batch.file_name,
        file_sm3: batch.sm3,
        rows_total: batch.rows_total,
        ok: batch.ok,
        failed: batch.failed,
        warned: batch.warned,
        failures,
    }))
}

/// The same as a workbook.
#[utoipa::path(get, path = "/employer/batches/{case_no}/result", tag = "参保管理",
    params(("case_no" = String, Path, description = "办件编号")), responses(
    (status = 200, description = "批量处理结果明细（xlsx）", content_type = XLSX, body = Vec<u8>),
    (status = 401, description = "未登录", body = ProblemBody),
    (status = 404, description = "未找到，或无权查看", body = ProblemBody),
))]
async fn batch_result(
    caller: Caller,
    State(db): State<Db>,
    Path(case_no): Path<String>,
) -> Result<Response, Problem> {
    let mut tx = db.begin(caller.ctx()).await?;
    let batch = visible(&mut tx, &caller, &case_no).await?;
    let flaws = store::batch::flaws(&mut tx, &batch).await?;
    let mut good = store::batch::good(&mut tx, &batch).await?;
    if batch.state == BatchState::Imported {
        let numbers: Vec<PersonNo> = good.iter().map(|row| PersonNo(row.person.clone())).collect();
        let scope = Scope::System("names of the employer's own roster");
        let people = centre_party::people_by_no(&mut tx, &scope, &numbers).await?;
        let names: std::collections::BTreeMap<String, String> =
            people.into_iter().map(|person| (person.no.0, person.name)).collect();
        for row in &mut good {
            row.name = names.get(&row.person).cloned().unwrap_or_default();
        }
    }
    let content = workbook::result(&batch, &flaws, &good).map_err(EnrolmentError::from)?;
    Ok(download(&format!("批量处理结果-{}.xlsx", batch.case_no), content))
}

fn download(name: &str, content: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, XLSX.to_owned()),
        (header::CONTENT_DISPOSITION, base_files::disposition(name, false)),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, content).into_response()
}
