//! Who is in the demonstration: synthetic people and employers, staff of one district.

use base_kernel::{Month, OrgCode};
use centre_party::{NewEmployer, NewPerson};
use chrono::{Datelike, NaiveDate};
use government_access::Wanted;
use government_identity::{AccountKind, DemoUser, NewAccount};

/// District of the demonstration: its path in the organisation tree.
pub(crate) const AREA: &str = "310000/310104";
const DISTRICT: &str = "310104";
const CITY: &str = "310000";

/// A staff account of the demonstration.
struct Officer(&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Every post the five items need, two of each where four eyes are asked for, and the administrators.
const OFFICERS: &[Officer] = &[
    Officer("shouli1", "陆受理", &[("R02", DISTRICT)]),
    Officer("shouli2", "顾受理", &[("R02", DISTRICT)]),
    Officer("chushen1", "沈初审", &[("R03", DISTRICT)]),
    Officer("chushen2", "徐初审", &[("R03", DISTRICT)]),
    Officer("fuhe1", "朱复核", &[("R04", DISTRICT)]),
    Officer("fuhe2", "马复核", &[("R04", DISTRICT)]),
    Officer("shenpi1", "秦科长", &[("R05", DISTRICT)]),
    Officer("caiwu1", "许财务", &[("R07", CITY)]),
    Officer("chuna1", "何出纳", &[("R08", CITY)]),
    Officer("dangan1", "吕档案", &[("R09", DISTRICT)]),
    Officer("canshu1", "施参数", &[("R21", CITY)]),
    Officer("fenguan1", "张分管", &[("R06", CITY)]),
    Officer("xitong1", "孔系统", &[("R27", CITY)]),
    Officer("anquan1", "曹安全", &[("R28", CITY)]),
];

/// Staff accounts.
pub(crate) fn staff() -> Vec<DemoUser> {
    OFFICERS
        .iter()
        .map(|Officer(login, name, roles)| DemoUser {
            account: NewAccount {
                kind: AccountKind::Staff,
                login: (*login).to_owned(),
                name: (*name).to_owned(),
                person: None,
                employer: None,
                employer_name: None,
                organisation: Some(OrgCode(roles.first().map_or(CITY, |(_, org)| org).to_owned())),
            },
            roles: roles.iter().map(|(role, org)| wanted(role, org)).collect(),
        })
        .collect()
}

fn wanted(role: &str, org: &str) -> Wanted {
    Wanted { role: role.to_owned(), org: org.to_owned(), until: None }
}

/// Employers: credit codes are the synthetic vectors of `policy.md` §12.2.
pub(crate) fn employers() -> Vec<NewEmployer> {
    let employer = |uscc: &str, name: &str, injury_class, operator: &str, mobile: &str| NewEmployer {
        uscc: uscc.to_owned(),
        name: name.to_owned(),
        area: AREA.to_owned(),
        industry: Some("0965".to_owned()),
        injury_class,
        operator_name: Some(operator.to_owned()),
        operator_mobile: Some(mobile.to_owned()),
    };
    vec![
        employer("91310115MA1K3ABC99", "上海浦江精密制造有限公司", 1, "钱经办", "13800000001"),
        employer("913100001234567883", "上海申城信息服务有限公司", 1, "孙经办", "13800000002"),
    ]
}

/// A person of the demonstration.
pub(crate) struct DemoPerson {
    pub(crate) name: &'static str,
    pub(crate) birth: NaiveDate,
    pub(crate) female: bool,
    pub(crate) category: &'static str,
    pub(crate) employer: usize,
    /// First month of contributions.
    pub(crate) since: Month,
    /// Wage as a share of the average wage, in per cent.
    pub(crate) wage_percent: u32,
    pub(crate) login: Option<&'static str>,
}

/// The people. The first reaches the statutory age in `retires` or just before, whenever the demonstration is started.
pub(crate) fn people(retires: Month, since: Month) -> Vec<DemoPerson> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    let birth = birth_for(retires);
    let person = |name, birth, female, category, employer, since, wage_percent, login| DemoPerson {
        name,
        birth,
        female,
        category,
        employer,
        since,
        wage_percent,
        login,
    };
    vec![
        person("周雅琴", birth, true, "F50", 0, since, 80, Some("zhouyaqin")),
        person("吴建国", day(1980, 3, 12), false, "M60", 0, since, 120, Some("wujianguo")),
        person("郑晓梅", day(1988, 11, 5), true, "F55", 1, since.plus(36), 110, Some("zhengxiaomei")),
        person("王海峰", day(1992, 6, 21), false, "M60", 1, since.plus(60), 150, None),
        person("冯丽华", day(1978, 9, 30), true, "F50", 0, since, 70, None),
        // Two more who reach the age in the same month, for whoever tries the application by hand or by test.
        person("孟秀珍", birth, true, "F50", 0, since, 90, None),
        person("唐玉兰", birth, true, "F50", 0, since, 75, None),
    ]
}

/// The birthday of a woman worker who reaches the statutory age by `retires`: fifty years and the delay of the months.
fn birth_for(retires: Month) -> NaiveDate {
    let first = Month::new(1975, 1).unwrap_or_else(|_| unreachable!("a constant month"));
    let age = |birth: Month| {
        let delay = birth.months_since(first).max(-1) / 2 + 1;
        birth.plus(600 + if birth < first { 0 } else { delay.min(60) })
    };
    // Not every month is somebody's: the latest birth month whose age is reached by then.
    let birth = (0..240).rev().map(|n| first.plus(n)).find(|birth| age(*birth) <= retires).unwrap_or(first);
    NaiveDate::from_ymd_opt(birth.year(), birth.month(), 16).unwrap_or_default()
}

/// A valid synthetic identity number.
pub(crate) fn identity_number(person: &DemoPerson, serial: u32) -> String {
    let sequence = (serial * 2 + u32::from(!person.female)) % 1000;
    let body = format!(
        "310104{:04}{:02}{:02}{sequence:03}",
        person.birth.year(),
        person.birth.month(),
        person.birth.day()
    );
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize =
        body.bytes().zip(weights).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    let check = "10X98765432".as_bytes()[sum % 11];
    format!("{body}{}", char::from(check))
}

/// The registration of a person.
pub(crate) fn registration(person: &DemoPerson, serial: u32) -> NewPerson {
    NewPerson {
        name: person.name.to_owned(),
        id_type: "01".to_owned(),
        id_no: identity_number(person, serial),
        birth: None,
        sex: None,
        hukou: Some("11".to_owned()),
        mobile: Some(format!("139000000{:02}", 10 + serial)),
        address: Some("上海市徐汇区示例路 1 号".to_owned()),
        area: AREA.to_owned(),
        first_work_date: Some(person.since.first_day()),
    }
}
