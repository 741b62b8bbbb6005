//! Administrative divisions (行政区划代码, GB/T 2260) with Shanghai's current and historical codes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A six-digit code. Codes outside Shanghai are accepted by shape; Shanghai's are known by name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RegionCode([u8; 6]);

/// Why a text is not a code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}”不是有效的行政区划代码，请填写 6 位数字")]
pub struct RegionError(pub String);

/// How long a code was in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegionUse {
    /// In use now.
    Current,
    /// Withdrawn; the last year it was in use.
    Until(i32),
}

struct Row(&'static str, &'static str, RegionUse, Option<&'static str>);

use RegionUse::{Current, Until};

/// `policy.md` §12.3. The fourth column is where cases of that code go now: the mergers of 2000, 2009, 2011 and 2015,
/// and for the former counties the district that took their place. The numbering before 1982 has no fixed successor.
const SHANGHAI: &[Row] = &[
    Row("310000", "上海市", Current, None),
    Row("310100", "市辖区", Current, None),
    Row("310101", "黄浦区", Current, None),
    Row("310104", "徐汇区", Current, None),
    Row("310105", "长宁区", Current, None),
    Row("310106", "静安区", Current, None),
    Row("310107", "普陀区", Current, None),
    Row("310109", "虹口区", Current, None),
    Row("310110", "杨浦区", Current, None),
    Row("310112", "闵行区", Current, None),
    Row("310113", "宝山区", Current, None),
    Row("310114", "嘉定区", Current, None),
    Row("310115", "浦东新区", Current, None),
    Row("310116", "金山区", Current, None),
    Row("310117", "松江区", Current, None),
    Row("310118", "青浦区", Current, None),
    Row("310120", "奉贤区", Current, None),
    Row("310151", "崇明区", Current, None),
    Row("310102", "南市区", Until(1999), Some("310101")),
    Row("310103", "卢湾区", Until(2010), Some("310101")),
    Row("310108", "闸北区", Until(2014), Some("310106")),
    Row("310111", "吴淞区", Until(1987), Some("310113")),
    Row("310119", "南汇区", Until(2008), Some("310115")),
    Row("310221", "上海县", Until(1991), Some("310112")),
    Row("310222", "嘉定县", Until(1991), Some("310114")),
    Row("310223", "宝山县", Until(1987), Some("310113")),
    Row("310224", "川沙县", Until(1991), Some("310115")),
    Row("310225", "南汇县", Until(2000), Some("310115")),
    Row("310226", "奉贤县", Until(2000), Some("310120")),
    Row("310227", "松江县", Until(1997), Some("310117")),
    Row("310228", "金山县", Until(1996), Some("310116")),
    Row("310229", "青浦县", Until(1998), Some("310118")),
    Row("310230", "崇明县", Until(2015), Some("310151")),
    Row("310201", "郊县（1981 年前编码）", Until(1981), None),
    Row("310202", "郊县（1981 年前编码）", Until(1981), None),
    Row("310203", "郊县（1981 年前编码）", Until(1981), None),
    Row("310204", "郊县（1981 年前编码）", Until(1981), None),
    Row("310205", "郊县（1981 年前编码）", Until(1981), None),
    Row("310206", "郊县（1981 年前编码）", Until(1981), None),
    Row("310207", "郊县（1981 年前编码）", Until(1981), None),
    Row("310208", "郊县（1981 年前编码）", Until(1981), None),
    Row("310209", "郊县（1981 年前编码）", Until(1981), None),
    Row("310210", "郊县（1981 年前编码）", Until(1981), None),
];

impl RegionCode {
    /// The whole country, for parameters that hold everywhere.
    pub const NATION: Self = Self(*b"000000");
    /// Shanghai.
    pub const SHANGHAI: Self = Self(*b"310000");

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only digits pass `from_str`.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    fn row(&self) -> Option<&'static Row> {
        SHANGHAI.iter().find(|row| row.0 == self.as_str())
    }

    /// Name, for codes of Shanghai.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        self.row().map(|row| row.1)
    }

    /// Whether it lies in Shanghai by its prefix.
    #[must_use]
    pub fn in_shanghai(&self) -> bool {
        self.0.starts_with(b"31")
    }

    /// In use or withdrawn, for codes of Shanghai.
    #[must_use]
    pub fn usage(&self) -> Option<RegionUse> {
        self.row().map(|row| row.2)
    }

    /// The current code that takes this one's cases: itself when in use, the successor when withdrawn, none when
    /// there is no fixed successor or the code is not known here.
    #[must_use]
    pub fn current(&self) -> Option<Self> {
        let row = self.row()?;
        match (row.2, row.3) {
            (Current, _) => Some(*self),
            (Until(_), Some(successor)) => successor.parse().ok(),
            (Until(_), None) => None,
        }
    }

    /// This code and the wider ones it lies in, narrowest first: 310115 → 310100 → 310000 → 000000.
    pub fn widening(self) -> impl Iterator<Item = Self> {
        let [a, b, c, d, ..] = self.0;
        let steps =
            [self, Self([a, b, c, d, b'0', b'0']), Self([a, b, b'0', b'0', b'0', b'0']), Self::NATION];
        (0..4).filter(move |i| !steps[..*i].contains(&steps[*i])).map(move |i| steps[i])
    }

    /// Districts of Shanghai in use, in the order of their codes.
    pub fn shanghai_districts() -> impl Iterator<Item = (Self, &'static str)> {
        SHANGHAI
            .iter()
            .filter(|row| row.2 == Current && !row.0.ends_with("00"))
            .filter_map(|row| Some((row.0.parse().ok()?, row.1)))
    }
}

impl FromStr for RegionCode {
    type Err = RegionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match <[u8; 6]>::try_from(text.as_bytes()) {
            Ok(bytes) if bytes.iter().all(u8::is_ascii_digit) => Ok(Self(bytes)),
            _ => Err(RegionError(text.chars().take(20).collect())),
        }
    }
}

impl TryFrom<String> for RegionCode {
    type Error = RegionError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<RegionCode> for String {
    fn from(code: RegionCode) -> Self {
        code.as_str().to_owned()
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
