//! Sending and reading.

use std::collections::BTreeSet;

use base_db::Tx;
use base_slice::Event;
use serde_json::Value;
use uuid::Uuid;

use crate::model::{Payload, Recipient, Send};
use crate::{Error, Templates, store};

/// Sends a message to each recipient who has not had it; how many were new.
///
/// # Errors
/// [`Error::UnknownTemplate`] or [`Error::MissingVariable`]: nobody gets half a message.
pub async fn send(tx: &mut Tx, templates: &Templates, send: &Send) -> Result<usize, Error> {
    let composed = templates.compose(&send.template, &send.variables)?;
    let mut sent = 0;
    let recipients: BTreeSet<&Recipient> = send.recipients.iter().collect();
    for recipient in recipients {
        sent += usize::from(store::insert(tx, recipient, send, &composed).await?);
    }
    Ok(sent)
}

/// Turns an event into messages.
pub(crate) async fn receive(tx: &mut Tx, templates: &Templates, event: &Event) -> Result<(), Error> {
    let payload: Payload = serde_json::from_value(event.payload.clone())
        .map_err(|source| Error::Payload { topic: event.topic.clone(), source })?;
    let Some(template) = payload.template else { return Ok(()) };
    let mut variables = payload.variables;
    let facts = [
        ("case_no", payload.case_no.as_ref().map(ToString::to_string)),
        ("item_code", payload.item_code),
        ("item_name", payload.item_name),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            variables.entry(name).or_insert(Value::String(value));
        }
    }
    let message = Send {
        event_key: format!("{}:{}", event.topic, event.key),
        template,
        case_no: payload.case_no,
        recipients: payload.recipients.into_iter().flat_map(|one| one.recipients()).collect(),
        variables,
    };
    send(tx, templates, &message).await?;
    Ok(())
}

/// Marks a message as read by the actor; doing so again changes nothing.
pub(crate) async fn mark_read(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    let readers = Recipient::of(tx.actor());
    if !store::exists(tx, &readers, id).await? {
        return Err(Error::NotFound);
    }
    store::mark_read(tx, &readers, id).await?;
    Ok(())
}
