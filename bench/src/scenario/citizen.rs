//! A citizen: looks an item up, fills in, hands in, submits, follows the case, rates it.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Actor, Ask, Body, CaseSeen, ITEM, Op, Receipt, read};

/// Looks at the case and around it before the first look whether it is closed.
const ROUNDS: u32 = 4;

/// A one-page PDF, standing for a scanned page of the household register; no two are alike.
fn scan(serial: u32, cases: u32) -> Vec<u8> {
    format!(
        "%PDF-1.4\n% {serial} {cases}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
         2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    )
    .into_bytes()
}

/// A citizen who applies for a change of name, again and again.
#[derive(Debug)]
pub struct Citizen {
    serial: u32,
    cases: u32,
    at: At,
}

#[derive(Debug, Clone, PartialEq)]
enum At {
    Items,
    Item,
    Draft,
    Upload {
        draft: String,
    },
    Fill {
        draft: String,
    },
    Submit {
        draft: String,
    },
    /// Follows the case; what is asked goes round.
    Follow {
        case: String,
        round: u32,
    },
    Messages {
        case: String,
        code: String,
    },
    Verify {
        case: String,
        code: String,
    },
    Rate {
        case: String,
    },
}

#[derive(Deserialize)]
struct DraftSeen {
    id: String,
}

impl Citizen {
    /// The citizen with this number.
    #[must_use]
    pub fn new(serial: u32) -> Self {
        Self { serial, cases: 0, at: At::Items }
    }

    /// A name unlike the one before and unlike everybody else's.
    fn new_name(&self) -> String {
        const SIGNS: [char; 16] =
            ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥', '金', '木', '水', '火'];
        let sign = |number: u32| SIGNS[(number & 15) as usize];
        let (one, two) = (self.serial, self.cases);
        ['周', sign(one >> 8), sign(one >> 4), sign(one), sign(two >> 8), sign(two >> 4), sign(two)]
            .into_iter()
            .collect()
    }

    fn fields(&self) -> Value {
        json!({ "fields": {
            "change_items": ["name"],
            "new_name": self.new_name(),
            "basis": "rename",
            "basis_doc_no": format!("沪公户〔2026〕{}-{}号", self.serial, self.cases),
            "basis_date": "2026-06-01",
        } })
    }

    /// Looks at the case, then at something beside it, and so on.
    fn follow(case: &str, round: u32) -> Ask {
        match round % 8 {
            1 => Ask::get(Op::Cases, "/cases?size=20"),
            3 => Ask::get(Op::Unread, "/messages/unread_count"),
            5 => Ask::get(Op::Insurance, "/me/insurance"),
            7 => Ask::get(Op::Items, "/items?audience=person&size=20"),
            _ => Ask::get(Op::Case, format!("/cases/{case}")),
        }
    }

    fn begin_anew(&mut self) {
        self.cases += 1;
        self.at = At::Items;
    }
}

impl Actor for Citizen {
    fn next(&self) -> Ask {
        match &self.at {
            At::Items => Ask::get(Op::Items, "/items?audience=person&size=20"),
            At::Item => Ask::get(Op::Item, format!("/items/{ITEM}")),
            At::Draft => Ask::post(Op::Draft, "/drafts", json!({ "item_code": ITEM })),
            At::Upload { draft } => {
                let body = Body::File("户籍变更证明.pdf", scan(self.serial, self.cases));
                Ask { op: Op::Upload, path: format!("/drafts/{draft}/materials/HUKOU"), body }
            }
            At::Fill { draft } => {
                Ask { op: Op::Fill, path: format!("/drafts/{draft}"), body: Body::Patch(self.fields()) }
            }
            At::Submit { draft } => Ask::post(Op::Submit, format!("/drafts/{draft}/submission"), json!({})),
            At::Follow { case, round } => Self::follow(case, *round),
            At::Messages { .. } => Ask::get(Op::Messages, "/messages?size=20"),
            At::Verify { code, .. } => Ask::get(Op::Verify, format!("/verification/{code}")),
            At::Rate { case } => Ask::post(Op::Rate, format!("/cases/{case}/rating"), json!({ "score": 1 })),
        }
    }

    fn learn(&mut self, answer: &[u8]) -> anyhow::Result<u64> {
        self.at = match std::mem::replace(&mut self.at, At::Items) {
            At::Items => At::Item,
            At::Item => At::Draft,
            At::Draft => At::Upload { draft: read::<DraftSeen>(answer)?.id },
            At::Upload { draft } => At::Fill { draft },
            At::Fill { draft } => At::Submit { draft },
            At::Submit { .. } => At::Follow { case: read::<Receipt>(answer)?.case_no, round: 0 },
            At::Follow { case, round } => {
                let seen =
                    if round % 2 == 0 && round >= ROUNDS { Some(read::<CaseSeen>(answer)?) } else { None };
                match seen.filter(|seen| seen.state == "CLOSED") {
                    Some(seen) => {
                        let code = seen.documents.into_iter().next().map(|document| document.verify_code);
                        At::Messages { case, code: code.unwrap_or_default() }
                    }
                    None => At::Follow { case, round: round + 1 },
                }
            }
            At::Messages { case, code } => At::Verify { case, code },
            At::Verify { case, .. } => At::Rate { case },
            At::Rate { .. } => {
                self.begin_anew();
                At::Items
            }
        };
        Ok(0)
    }

    fn refused(&mut self) {
        self.begin_anew();
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]

    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_case_from_draft_to_rating() {
        let mut citizen = Citizen::new(7);
        let mut asked = Vec::new();
        let mut looks = 0;
        for _ in 0..40 {
            let ask = citizen.next();
            asked.push(ask.op);
            let answer = match ask.op {
                Op::Draft => json!({ "id": "d1" }),
                Op::Submit => json!({ "case_no": "C1" }),
                Op::Case => {
                    looks += 1;
                    let closed = looks > 4;
                    json!({ "state": if closed { "CLOSED" } else { "IN_REVIEW" },
                        "documents": if closed { json!([{ "verify_code": "42" }]) } else { json!([]) } })
                }
                _ => json!({}),
            };
            citizen.learn(answer.to_string().as_bytes()).unwrap();
            if ask.op == Op::Rate {
                break;
            }
        }
        assert_eq!(asked[..7], [Op::Items, Op::Item, Op::Draft, Op::Upload, Op::Fill, Op::Submit, Op::Case]);
        assert_eq!(asked[asked.len() - 4..], [Op::Case, Op::Messages, Op::Verify, Op::Rate]);
        assert_eq!(citizen.next().op, Op::Items);
        assert_eq!(citizen.cases, 1);
    }

    #[test]
    fn names_differ() {
        let mut names = BTreeSet::new();
        for serial in 0..50 {
            let mut citizen = Citizen::new(serial);
            for _ in 0..50 {
                assert!(names.insert(citizen.new_name()));
                citizen.begin_anew();
            }
        }
    }

    #[test]
    fn an_unexpected_answer_is_told() {
        let mut citizen = Citizen::new(1);
        citizen.at = At::Draft;
        assert!(citizen.learn(b"<html>").unwrap_err().to_string().contains("<html>"));
    }
}
