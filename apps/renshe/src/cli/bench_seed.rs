//! `renshe bench-seed`: citizens and staff for a measurement, signed in.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use base_db::Tx;
use base_kernel::{Channel, IdentityNumber, OrgCode, PersonNo};
use centre_party::NewPerson;
use chrono::{Days, NaiveDate};
use clap::Args;
use government_access::{Level, Organisation, Wanted};
use government_identity::{AccountKind, DemoUser, Identity, NewAccount};
use rand::rngs::SysRng;
use serde::Serialize;

use crate::app::App;
use crate::config::{Config, Mode};
use crate::serve;

/// The roles that a two-level review passes through, in order.
const ROLES: [&str; 3] = ["R02", "R03", "R04"];

/// 压测账号.
#[derive(Debug, Args)]
pub(crate) struct BenchSeedArgs {
    /// 个人账号数
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    citizens: u32,
    /// 工作人员账号数，平均分配到各区的受理、初审、复核岗
    #[arg(long, default_value_t = 480, value_parser = clap::value_parser!(u32).range(3..=10_000))]
    staff: u32,
    /// 只用这个区（区划代码），默认全部 16 个区
    #[arg(long)]
    district: Option<String>,
    /// 账号与会话令牌写入此文件（仅属主可读）
    #[arg(long)]
    file: PathBuf,
}

/// What the load generator reads.
#[derive(Debug, Serialize)]
struct Seeded {
    password: String,
    citizens: Vec<SignedIn>,
    staff: Vec<SignedIn>,
}

/// An account with an open session.
#[derive(Debug, Serialize)]
struct SignedIn {
    login: String,
    name: String,
    token: String,
}

/// Runs the command.
///
/// # Errors
/// A Chinese sentence for the operator.
pub(crate) async fn run(args: &BenchSeedArgs, config: &Config, out: &mut impl Write) -> anyhow::Result<()> {
    ensure!(config.mode == Mode::Trial, "bench-seed 只能在 trial 模式下使用，请勿在生产库上运行");
    serve::logs(config)?;
    // Opened first: tokens that can't be written down are lost.
    let mut options = std::fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&args.file)
        .with_context(|| format!("写入 {}（文件不能已存在）", args.file.display()))?;
    let ready = serve::database(config).await?;
    let seeded = match App::build(config, ready.db.clone(), None).await {
        Ok(app) => seed(&app, args).await,
        Err(error) => Err(error),
    };
    ready.stop().await?;
    let seeded = seeded?;
    file.write_all(&serde_json::to_vec(&seeded)?)?;
    let (citizens, staff) = (seeded.citizens.len(), seeded.staff.len());
    writeln!(out, "已建立个人账号 {citizens} 个、工作人员账号 {staff} 个，写入 {}", args.file.display())?;
    Ok(())
}

async fn seed(app: &App, args: &BenchSeedArgs) -> anyhow::Result<Seeded> {
    let mut tx = app.db.begin_system().await?;
    let districts = districts(&mut tx, args.district.as_deref()).await?;
    // Every run makes accounts of its own: the second it began stands in the logins.
    let run = tx.now().timestamp();
    let people = people(args.citizens, run, &districts, tx.today());
    let registered = centre_party::person_register_many(&mut tx, &people).await.context("压测人员")?;
    let numbers: Vec<PersonNo> = registered.into_iter().map(|(number, _)| number).collect();
    let mut users = citizens(&people, &numbers, run);
    users.extend(staff(args.staff, run, &districts));
    let seeded = enter(&app.identity, &mut tx, &users).await?;
    tx.commit().await?;
    Ok(seeded)
}

async fn districts(tx: &mut Tx, only: Option<&str>) -> anyhow::Result<Vec<Organisation>> {
    let all = government_access::organisations(tx).await?;
    let found: Vec<_> = all
        .into_iter()
        // The bodies of a district are of its level too, one step further down.
        .filter(|one| one.level == Level::District && one.path.matches('/').count() == 1)
        .filter(|one| only.is_none_or(|code| one.code.as_str() == code))
        .collect();
    ensure!(!found.is_empty(), "机构树中没有这个区，请检查 --district");
    Ok(found)
}

/// Accounts and sessions.
async fn enter(identity: &Identity, tx: &mut Tx, users: &[DemoUser]) -> anyhow::Result<Seeded> {
    let made = identity.demo_seed_alike(tx, users, &mut SysRng).await.context("压测账号")?;
    let password = made.first().map(|one| one.password.to_string()).unwrap_or_default();
    let mut seeded = Seeded { password, citizens: Vec::new(), staff: Vec::new() };
    for (one, user) in made.into_iter().zip(users) {
        let (list, channel) = match user.account.kind {
            AccountKind::Staff => (&mut seeded.staff, Channel::Window),
            _ => (&mut seeded.citizens, Channel::Web),
        };
        let token = identity.open_session(tx, one.user, channel).await.context("压测会话")?;
        let (name, token) = (user.account.name.clone(), token.as_str().to_owned());
        list.push(SignedIn { login: one.login, name, token });
    }
    Ok(seeded)
}

fn citizens(people: &[NewPerson], numbers: &[PersonNo], run: i64) -> Vec<DemoUser> {
    (1_u32..)
        .zip(people.iter().zip(numbers))
        .map(|(serial, (person, number))| {
            let login = format!("bench-{run}-c{serial}");
            let account = NewAccount {
                person: Some(number.clone()),
                ..account(AccountKind::Citizen, login, &person.name)
            };
            DemoUser { account, roles: Vec::new() }
        })
        .collect()
}

/// One role each, the roles and districts in turn, so that every district can carry a case to its end.
fn staff(count: u32, run: i64, districts: &[Organisation]) -> Vec<DemoUser> {
    (0..count)
        .zip(districts.iter().flat_map(|district| ROLES.map(|role| (role, district))).cycle())
        .map(|(serial, (role, district))| {
            let login = format!("bench-{run}-s{}", serial + 1);
            let organisation = Some(OrgCode(district.code.0.clone()));
            let account = NewAccount { organisation, ..account(AccountKind::Staff, login, &name(serial)) };
            let role = Wanted { role: role.to_owned(), org: district.code.0.clone(), until: None };
            DemoUser { account, roles: vec![role] }
        })
        .collect()
}

fn account(kind: AccountKind, login: String, name: &str) -> NewAccount {
    NewAccount {
        kind,
        login,
        name: name.to_owned(),
        person: None,
        employer: None,
        employer_name: None,
        organisation: None,
    }
}

fn people(count: u32, run: i64, districts: &[Organisation], today: NaiveDate) -> Vec<NewPerson> {
    let first = u64::try_from(run).unwrap_or(0);
    (0..count)
        .zip(districts.iter().cycle())
        .filter_map(|(serial, district)| {
            let id_no = identity_number(first * 7919 + u64::from(serial), district.code.as_str(), today)?;
            Some(NewPerson {
                name: name(serial),
                id_type: "01".to_owned(),
                id_no,
                birth: None,
                sex: None,
                hukou: Some("11".to_owned()),
                mobile: None,
                address: None,
                area: district.path.clone(),
                first_work_date: None,
            })
        })
        .collect()
}

/// A valid synthetic number: the `which`-th of those born from 1970 to 1999 in an area, beginning anew after all.
fn identity_number(which: u64, area: &str, today: NaiveDate) -> Option<String> {
    let sequence = which % 1000;
    let birth = NaiveDate::from_ymd_opt(1970, 1, 1)?.checked_add_days(Days::new(which / 1000 % 10_950))?;
    let body = format!("{area}{}{sequence:03}", birth.format("%Y%m%d"));
    // The eighteenth place is the one that fits.
    "0123456789X"
        .chars()
        .map(|last| format!("{body}{last}"))
        .find(|id| IdentityNumber::parse(id, today).is_ok())
}

/// A name that nobody bears.
fn name(serial: u32) -> String {
    const SIGNS: [char; 16] =
        ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸', '子', '丑', '寅', '卯', '辰', '巳'];
    let digits = (0..4).rev().map(|place| SIGNS[(serial >> (4 * place)) as usize % 16]);
    std::iter::once('测').chain(digits).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn district(code: &str) -> Organisation {
        Organisation {
            code: OrgCode(code.to_owned()),
            name: code.to_owned(),
            level: Level::District,
            parent: None,
            path: format!("310000/{code}"),
        }
    }

    #[test]
    fn people_are_distinct_and_valid() {
        let today = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap_or_default();
        let people = people(2_500, 1_795_000_000, &[district("310104"), district("310101")], today);
        assert_eq!(people.len(), 2_500);
        assert!(people.iter().all(|person| IdentityNumber::parse(&person.id_no, today).is_ok()));
        assert_eq!(people.iter().map(|person| &person.id_no).collect::<BTreeSet<_>>().len(), 2_500);
        assert_eq!(people.iter().map(|person| &person.name).collect::<BTreeSet<_>>().len(), 2_500);
    }

    #[test]
    fn every_district_has_every_role() {
        let staff = staff(12, 1, &[district("310104"), district("310101")]);
        let posts: BTreeSet<_> = staff.iter().map(|user| (&user.roles[0].org, &user.roles[0].role)).collect();
        assert_eq!(posts.len(), 6);
        assert!(staff.iter().all(|user| user.account.organisation.as_ref().map(OrgCode::as_str)
            == Some(user.roles[0].org.as_str())));
    }
}
