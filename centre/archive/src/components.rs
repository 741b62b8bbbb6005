//! From what an event gives to the list of a record's components.

use base_db::Tx;
use base_files::{hex, sm3};
use engine_document::Documents;
use serde_json::Value;

use crate::model::{Component, ComponentKind, Given, Material};
use crate::{Error, canonical};

/// Lists the components, one for each file, in the order given.
pub(crate) async fn gather(
    tx: &mut Tx,
    documents: &Documents,
    given: Vec<Given>,
) -> Result<Vec<Component>, Error> {
    let mut components = Vec::new();
    for one in given {
        match one.kind {
            ComponentKind::Material => components.extend(files(one)),
            ComponentKind::Document => components.push(document(tx, documents, one).await?),
            _ => components.push(data(one)),
        }
    }
    for (seq, component) in (1..).zip(&mut components) {
        component.seq = seq;
    }
    Ok(components)
}

/// A material is a set of files; one that was not handed in as a file (a licence looked up) is kept by its data.
fn files(given: Given) -> Vec<Component> {
    let material: Option<Material> =
        given.data.as_ref().and_then(|data| serde_json::from_value(data.clone()).ok());
    let Some(material) = material.filter(|material| !material.files.is_empty()) else {
        return vec![data(Given { name: given.name.or(Some("材料.json".into())), ..given })];
    };
    let title = given.name.or(material.name).unwrap_or_default();
    let heading =
        [material.code, title].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let named = |file: &str| if heading.is_empty() { file.to_owned() } else { format!("{heading}：{file}") };
    let component = |file: crate::model::MaterialFile| Component {
        seq: 0,
        kind: ComponentKind::Material,
        name: named(&file.name),
        sm3: file.sm3,
        size: file.size,
        reference: Some(file.id.to_string()),
    };
    material.files.into_iter().map(component).collect()
}

async fn document(tx: &mut Tx, documents: &Documents, given: Given) -> Result<Component, Error> {
    let rendered = match given.document_id {
        Some(id) if given.sm3.is_none() => documents.find(tx, id).await?.sm3,
        _ => given.sm3,
    };
    let name = [given.name.unwrap_or_else(|| "结果文书".into()), given.number.unwrap_or_default()];
    Ok(Component {
        seq: 0,
        kind: ComponentKind::Document,
        name: name.join(" ").trim().to_owned(),
        sm3: rendered,
        size: given.size,
        reference: given.document_id.map(|id| id.to_string()),
    })
}

fn data(given: Given) -> Component {
    let text = given.data.as_ref().filter(|data| !data.is_null()).map(canonical::text);
    let size = text.as_ref().and_then(|text| i64::try_from(text.len()).ok());
    Component {
        seq: 0,
        kind: given.kind,
        name: given.name.unwrap_or_else(|| default_name(given.kind).into()),
        sm3: given.sm3.or_else(|| text.as_ref().map(|text| hex(&sm3(text.as_bytes())))),
        size: given.size.or(size),
        reference: given
            .data
            .as_ref()
            .and_then(|data| data.get("id"))
            .and_then(Value::as_str)
            .map(Into::into),
    }
}

fn default_name(kind: ComponentKind) -> &'static str {
    match kind {
        ComponentKind::Form => "申请表",
        ComponentKind::Material => "申请材料",
        ComponentKind::Opinion => "审核意见",
        ComponentKind::Document => "结果文书",
        ComponentKind::Log => "办理记录",
    }
}
