//! The demonstration: synthetic people, employers and staff; years of contributions through the same ledger as
//! everything else; one retirement from application to first payment.

pub(crate) mod case;
pub(crate) mod client;
mod history;
mod people;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use base_db::Tx;
use base_kernel::{EmployerNo, Month, PersonNo, shanghai_today};
use centre_party::Category;
use government_identity::{AccountKind, DemoUser, NewAccount, write_demo_passwords};
use rand::rngs::SysRng;

use crate::app::App;

/// First month of the demonstration's contributions: from here on the average index is computed without unconfirmed
/// parameters.
const SINCE: (i32, u32) = (2014, 1);

/// What the demonstration leaves behind.
pub(crate) struct Demo {
    /// Story of the case, printed once.
    pub(crate) story: Option<String>,
    /// Logins with passwords and what they are for.
    pub(crate) accounts: Vec<(String, String, String)>,
}

/// Sets the demonstration up, or finds it set up.
///
/// # Errors
/// Whatever a step refuses, with the step named.
pub(crate) async fn run(app: &App, data_dir: &Path) -> anyhow::Result<Demo> {
    let file = data_dir.join("demo-passwords.txt");
    let first = seed(app, &file).await?;
    let accounts = read_accounts(&file)?;
    let story = match first {
        None => None,
        Some(person) => {
            let passwords =
                accounts.iter().map(|(login, password, _)| (login.clone(), password.clone())).collect();
            let month = this_month(app)?.to_string();
            Some(
                case::carry(&app.router, &passwords, person.as_str(), &month)
                    .await
                    .context("退休办件演示")?,
            )
        }
    };
    Ok(Demo { story, accounts })
}

fn this_month(app: &App) -> anyhow::Result<Month> {
    Ok(Month::of(shanghai_today(app.db.now()))?)
}

/// Seeds once; the person whose retirement is carried, when this was the first time.
async fn seed(app: &App, file: &Path) -> anyhow::Result<Option<PersonNo>> {
    let mut tx = app.db.begin_system().await?;
    let made = app.identity.demo_seed(&mut tx, &people::staff(), &mut SysRng).await.context("演示账号")?;
    if made.is_empty() {
        return Ok(None);
    }
    let this = this_month(app)?;
    let (employers, names) = register_employers(&mut tx).await?;
    let people = people::people(this.plus(-1), Month::new(SINCE.0, SINCE.1)?);
    let numbers = register_people(app, &mut tx, &people, &employers, this).await?;
    let users = outside_users(&people, &numbers, &employers, &names);
    let made_too = app.identity.demo_seed(&mut tx, &users, &mut SysRng).await.context("演示账号")?;
    tx.commit().await?;
    let all: Vec<_> = made.into_iter().chain(made_too).collect();
    write_demo_passwords(file, &all).with_context(|| format!("写入 {}", file.display()))?;
    Ok(numbers.into_iter().next())
}

async fn register_employers(tx: &mut Tx) -> anyhow::Result<(Vec<EmployerNo>, Vec<String>)> {
    let (mut numbers, mut names) = (Vec::new(), Vec::new());
    for employer in people::employers() {
        let registered = centre_party::employer_register(tx, &employer).await.context("演示单位")?;
        numbers.push(registered.no);
        names.push(registered.name);
    }
    Ok((numbers, names))
}

async fn register_people(
    app: &App,
    tx: &mut Tx,
    people: &[people::DemoPerson],
    employers: &[EmployerNo],
    this: Month,
) -> anyhow::Result<Vec<PersonNo>> {
    let mut numbers = Vec::new();
    for (serial, person) in (1_u32..).zip(people) {
        let new = people::registration(person, serial);
        let registered = centre_party::person_register(tx, &new).await.context("演示人员")?;
        let category = Category::from_code(person.category).context("退休类别")?;
        let first_work = person.since.first_day();
        centre_party::person_set_category(
            tx,
            &registered.no,
            category,
            "演示数据",
            Some(person.birth),
            Some(first_work),
        )
        .await?;
        let employer = &employers[person.employer];
        history::bring_in(app, tx, &registered.no, employer, person, this)
            .await
            .with_context(|| format!("{} 的缴费历史", person.name))?;
        numbers.push(registered.no);
    }
    Ok(numbers)
}

/// Accounts of citizens and of employer operators.
fn outside_users(
    people: &[people::DemoPerson],
    numbers: &[PersonNo],
    employers: &[EmployerNo],
    names: &[String],
) -> Vec<DemoUser> {
    let account = |kind, login: &str, name: &str| NewAccount {
        kind,
        login: login.to_owned(),
        name: name.to_owned(),
        person: None,
        employer: None,
        employer_name: None,
        organisation: None,
    };
    let mut users = Vec::new();
    for (person, number) in people.iter().zip(numbers) {
        if let Some(login) = person.login {
            let account = NewAccount {
                person: Some(number.clone()),
                ..account(AccountKind::Citizen, login, person.name)
            };
            users.push(DemoUser { account, roles: Vec::new() });
        }
    }
    for (place, (login, name)) in
        [("qianjingban", "钱经办"), ("sunjingban", "孙经办")].into_iter().enumerate()
    {
        let account = NewAccount {
            employer: Some(employers[place].clone()),
            employer_name: Some(names[place].clone()),
            ..account(AccountKind::Employer, login, name)
        };
        users.push(DemoUser { account, roles: Vec::new() });
    }
    users
}

/// What each login is for, printed beside it.
fn purpose(login: &str) -> &'static str {
    let purposes = BTreeMap::from([
        ("shouli1", "受理岗"),
        ("shouli2", "受理岗"),
        ("chushen1", "初审岗"),
        ("chushen2", "初审岗"),
        ("fuhe1", "复核岗"),
        ("fuhe2", "复核岗"),
        ("shenpi1", "审批岗（科长），可办理工作交接"),
        ("caiwu1", "财务审核岗，可启动发放"),
        ("chuna1", "出纳岗"),
        ("dangan1", "档案岗"),
        ("canshu1", "参数/事项管理员"),
        ("fenguan1", "分管领导，审定参数"),
        ("xitong1", "系统管理员"),
        ("anquan1", "安全管理员，授予角色"),
        ("zhouyaqin", "个人：周雅琴（已退休）"),
        ("wujianguo", "个人：吴建国（在职）"),
        ("zhengxiaomei", "个人：郑晓梅（在职）"),
        ("qianjingban", "单位：上海浦江精密制造有限公司"),
        ("sunjingban", "单位：上海申城信息服务有限公司"),
    ]);
    purposes.get(login).copied().unwrap_or("演示账号")
}

fn read_accounts(file: &Path) -> anyhow::Result<Vec<(String, String, String)>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("读取 {}", file.display()))?;
    Ok(text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(login, password)| (login.to_owned(), password.to_owned(), purpose(login).to_owned()))
        .collect())
}
