//! Unified social credit codes (统一社会信用代码, GB 32100-2015) and the organisation code inside (GB 11714).

use std::fmt;

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const BODY_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Why a text is not a unified social credit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsccError {
    /// Not 18 characters.
    #[error("统一社会信用代码应为 18 位，请核对后重新填写")]
    Length,
    /// A character outside the alphabet (I, O, S, V and Z are never used).
    #[error("统一社会信用代码含有不使用的字符（不使用 I、O、S、V、Z），请核对后重新填写")]
    Characters,
    /// The first character names no registering department.
    #[error("统一社会信用代码第 1 位不是有效的登记管理部门代码，请核对后重新填写")]
    Department,
    /// Characters 3–8 are not digits.
    #[error("统一社会信用代码第 3 至 8 位应为行政区划数字代码，请核对后重新填写")]
    Area,
    /// The organisation code's own check character does not fit.
    #[error("统一社会信用代码中的主体标识码（组织机构代码）校验位不符，请逐位核对后重新填写")]
    OrganisationCheck,
    /// The last character does not fit.
    #[error("统一社会信用代码校验位不符，请逐位核对后重新填写")]
    Check,
}

/// A valid unified social credit code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uscc([u8; 18]);

impl Uscc {
    /// Reads a code; surrounding blanks and lower case are accepted.
    ///
    /// # Errors
    /// [`UsccError`].
    pub fn parse(text: &str) -> Result<Self, UsccError> {
        let text = text.trim();
        let mut bytes: [u8; 18] = match text.as_bytes().try_into() {
            Ok(bytes) => bytes,
            Err(_) if text.chars().count() == 18 => return Err(UsccError::Characters),
            Err(_) => return Err(UsccError::Length),
        };
        bytes.make_ascii_uppercase();
        let mut sum = 0;
        for (byte, weight) in bytes.iter().zip(WEIGHTS) {
            sum += index_of(*byte).ok_or(UsccError::Characters)? * weight;
        }
        index_of(bytes[17]).ok_or(UsccError::Characters)?;
        let code = Self(bytes);
        code.department_name().ok_or(UsccError::Department)?;
        if !bytes[2..8].iter().all(u8::is_ascii_digit) {
            return Err(UsccError::Area);
        }
        if organisation_check(&bytes[8..16]) != bytes[16] {
            return Err(UsccError::OrganisationCheck);
        }
        if ALPHABET[(31 - sum % 31) % 31] == bytes[17] { Ok(code) } else { Err(UsccError::Check) }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only characters of the alphabet pass `parse`.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Registering department by the first character.
    #[must_use]
    pub fn department_name(&self) -> Option<&'static str> {
        Some(match self.0[0] {
            b'1' => "机构编制",
            b'2' => "外交",
            b'3' => "司法行政",
            b'4' => "文化",
            b'5' => "民政",
            b'6' => "旅游",
            b'7' => "宗教",
            b'8' => "工会",
            b'9' => "市场监督管理",
            b'A' => "军委编制",
            b'N' => "农业农村",
            b'Y' => "其他",
            _ => return None,
        })
    }

    /// Kind of body by the first two characters; none where the table does not name it.
    #[must_use]
    pub fn kind_name(&self) -> Option<&'static str> {
        Some(match &self.0[..2] {
            b"11" => "机关",
            b"12" => "事业单位",
            b"13" => "群众团体",
            b"51" => "社会团体",
            b"52" => "民办非企业单位",
            b"53" => "基金会",
            b"91" => "企业",
            b"92" => "个体工商户",
            b"93" => "农民专业合作社",
            b"19" | b"59" => "其他",
            _ => return None,
        })
    }

    /// Six-digit area of the registering body.
    #[must_use]
    pub fn area(&self) -> &str {
        &self.as_str()[2..8]
    }

    /// The nine-character organisation code (GB 11714).
    #[must_use]
    pub fn organisation_code(&self) -> &str {
        &self.as_str()[8..17]
    }
}

/// Whether `text` is a nine-character organisation code (GB 11714, with or without the hyphen before the check
/// character) whose check fits.
#[must_use]
pub fn organisation_code_fits(text: &str) -> bool {
    let code: Vec<u8> =
        text.trim().bytes().filter(|byte| *byte != b'-').map(|b| b.to_ascii_uppercase()).collect();
    code.len() == 9
        && code[..8].iter().all(u8::is_ascii_alphanumeric)
        && organisation_check(&code[..8]) == code[8]
}

fn index_of(byte: u8) -> Option<usize> {
    ALPHABET.iter().position(|letter| *letter == byte)
}

fn organisation_check(body: &[u8]) -> u8 {
    let value = |byte: u8| if byte.is_ascii_digit() { byte - b'0' } else { byte - b'A' + 10 };
    let sum: u32 = body.iter().zip(BODY_WEIGHTS).map(|(byte, weight)| u32::from(value(*byte)) * weight).sum();
    match 11 - sum % 11 {
        10 => b'X',
        11 => b'0',
        digit => b"0123456789"[digit as usize],
    }
}

impl fmt::Debug for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
