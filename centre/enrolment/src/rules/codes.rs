//! Code tables of the roster (`items.md` §8.3–8.6); a test holds them against `catalogue/codes`.

use crate::model::Insurance;

pub(crate) type Codes = &'static [(&'static str, &'static str)];

pub(crate) const ID_TYPES: Codes = &[("01", "居民身份证")];

pub(crate) const HUKOUS: Codes =
    &[("11", "本地城镇"), ("12", "外地城镇"), ("21", "本地农村"), ("22", "外地农村")];

pub(crate) const EDUCATIONS: Codes = &[
    ("11", "博士研究生"),
    ("14", "硕士研究生"),
    ("21", "大学本科"),
    ("31", "大学专科"),
    ("41", "中等专科"),
    ("44", "职业高中"),
    ("47", "技工学校"),
    ("61", "普通中学"),
    ("71", "初级中学"),
    ("81", "小学"),
    ("90", "其他"),
];

pub(crate) const CONTRACTS: Codes =
    &[("1", "固定期限"), ("2", "无固定期限"), ("3", "以完成一定工作任务为期限")];

pub(crate) const ADD_REASONS: Codes = &[
    ("01", "新参加工作"),
    ("02", "本市单位调入"),
    ("03", "外省市转入"),
    ("04", "失业再就业"),
    ("05", "退役安置"),
    ("06", "刑满释放"),
    ("07", "灵活转单位"),
    ("08", "补登记"),
    ("99", "其他"),
];

/// The code that a cell names: the code itself (leading zeros may be lost in a sheet), the name, or `01 name`.
pub(crate) fn find(codes: Codes, text: &str) -> Option<&'static str> {
    let bare = |code: &str| code.trim_start_matches('0').to_owned();
    let first = text.split([' ', '-', '　', ':', '：']).next().unwrap_or_default();
    codes
        .iter()
        .find(|(code, name)| text == *name || bare(text) == bare(code) || bare(first) == bare(code))
        .map(|(code, _)| *code)
}

/// Insurances named in a cell by code or name, in order and once; the first part that names none.
pub(crate) fn insurances(text: &str) -> Result<Vec<Insurance>, String> {
    let mut found = Vec::new();
    let separators = [',', '，', '、', ';', '；', '/', '+', ' ', '　', '|'];
    for part in text.split(separators).map(str::trim).filter(|part| !part.is_empty()) {
        let insurance = Insurance::ALL
            .into_iter()
            .find(|one| part == one.code() || part == one.name() || part == one.short())
            .ok_or_else(|| part.to_owned())?;
        if !found.contains(&insurance) {
            found.push(insurance);
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Codes as the template explains them.
pub(crate) fn name_of_insurances() -> String {
    Insurance::ALL.map(|one| format!("{} {}", one.code(), one.name())).join("；")
}
