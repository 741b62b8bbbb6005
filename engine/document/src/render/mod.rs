//! Template and data in, PDF out.
//!
//! Same input, same bytes: the creation date is that of issue, nothing reads a clock, and the fonts are fixed. Data
//! reach a template only as the parsed content of a virtual file and never as markup, so that a name such as
//! `#import "x"` prints as those characters.

mod fonts;
mod qr;
mod shape;
mod templates;
mod world;

use std::path::Path;

use base_kernel::shanghai;
use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use serde_json::{Value, json};
use typst::foundations::{Bytes, Datetime, Smart};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::Error;
use fonts::Fonts;
use templates::{Template, Templates};
use world::OneDocument;

/// Largest data of one document, in bytes of JSON.
pub const MAX_DATA: usize = 1024 * 1024;

/// Most pages of one document.
pub const MAX_PAGES: usize = 200;

/// Stack of a rendering thread: nested tables go deep.
const STACK: usize = 32 * 1024 * 1024;

/// How many renders a remembered intermediate result outlives its last use. Enough to keep the shared style parsed,
/// too few for memory to grow.
const REMEMBERED: usize = 3;

/// A finished PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pdf(pub Vec<u8>);

/// What is printed on every document besides its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// Title, for example the name of the form.
    pub title: String,
    /// Number of the document.
    pub number: String,
    /// Sixteen digits.
    pub verify_code: String,
    /// Address the QR code leads to.
    pub verify_url: String,
    /// Moment of issue; also the creation date of the PDF.
    pub issued_at: DateTime<Utc>,
    /// Last day of validity.
    pub valid_until: Option<NaiveDate>,
    /// Organisation that issues, printed at the foot and under the seal.
    pub issuer: String,
}

/// Sets documents. Holds fonts and templates; share one per process.
pub struct Renderer {
    library: LazyHash<Library>,
    fonts: Fonts,
    templates: Templates,
}

impl Renderer {
    /// Reads the templates of a folder and finds the fonts of another.
    ///
    /// # Errors
    /// [`Error::FontMissing`] or [`Error::Template`].
    pub fn new(font_dir: &Path, template_dir: &Path) -> Result<Self, Error> {
        let fonts = Fonts::find(font_dir)?;
        let templates = Templates::read(template_dir)?;
        Ok(Self { library: LazyHash::new(Library::default()), fonts, templates })
    }

    /// Names of the templates.
    pub fn templates(&self) -> impl Iterator<Item = &str> {
        self.templates.names()
    }

    /// SM3 of a template with the shared style, in hexadecimal.
    ///
    /// # Errors
    /// [`Error::UnknownTemplate`].
    pub fn digest(&self, template: &str) -> Result<&str, Error> {
        Ok(&self.templates.get(template)?.digest)
    }

    /// Checks `data` against what the template declares, and hands back the declared part, cleaned of control
    /// characters. Done when a document is issued, so that a paper that can't be printed is never promised.
    ///
    /// # Errors
    /// [`Error::UnknownTemplate`], [`Error::Data`] with what is missing, [`Error::DataTooLarge`], or
    /// [`Error::Glyphs`] with the characters that no font has.
    pub fn accept(&self, template: &str, data: &Value) -> Result<Value, Error> {
        let template = self.templates.get(template)?;
        let mut taken = template.shape.take(data).map_err(Error::Data)?;
        clean(&mut taken);
        if taken.to_string().len() > MAX_DATA {
            return Err(Error::DataTooLarge);
        }
        self.require_glyphs(&taken)?;
        Ok(taken)
    }

    /// Sets one document.
    ///
    /// # Errors
    /// As [`Renderer::accept`]; [`Error::TooManyPages`]; [`Error::Typesetting`] when the template is faulty.
    pub fn render(&self, template: &str, data: &Value, meta: &Meta) -> Result<Pdf, Error> {
        let data = self.accept(template, data)?;
        let mut shown = meta.shown();
        clean(&mut shown);
        self.require_glyphs(&shown)?;
        let template = self.templates.get(template)?;
        let world = OneDocument {
            library: &self.library,
            fonts: &self.fonts,
            templates: &self.templates,
            main: template.main,
            data: Bytes::new(json!({ "data": data, "meta": shown }).to_string().into_bytes()),
            qr: Bytes::new(qr::svg(&meta.verify_url)?.into_bytes()),
        };
        let outcome = on_own_stack(|| set(&world, template, meta));
        // Also after a failure: what a failed document left behind is memory all the same.
        typst::comemo::evict(REMEMBERED);
        outcome
    }

    fn require_glyphs(&self, value: &Value) -> Result<(), Error> {
        let mut missing = Vec::new();
        each_text(value, &mut |text| {
            let lacking = |c: &char| !c.is_whitespace() && !self.fonts.covers(*c);
            missing.extend(text.chars().filter(lacking));
        });
        missing.sort_unstable();
        missing.dedup();
        if missing.is_empty() { Ok(()) } else { Err(Error::Glyphs(missing)) }
    }
}

impl Meta {
    fn shown(&self) -> Value {
        let issued = shanghai(self.issued_at);
        json!({
            "title": self.title,
            "number": self.number,
            "verify_code": self.verify_code,
            "verify_url": self.verify_url,
            "issued_on": issued.format("%Y-%m-%d").to_string(),
            "issued_at": issued.format("%Y-%m-%d %H:%M").to_string(),
            "valid_until": self.valid_until.map(|day| day.to_string()),
            "issuer": self.issuer,
        })
    }

    fn timestamp(&self) -> Option<Timestamp> {
        let at = shanghai(self.issued_at);
        let part = |number: u32| u8::try_from(number).ok();
        let datetime = Datetime::from_ymd_hms(
            at.year(),
            part(at.month())?,
            part(at.day())?,
            part(at.hour())?,
            part(at.minute())?,
            part(at.second())?,
        )?;
        Timestamp::new_local(datetime, 8 * 60)
    }
}

fn set(world: &OneDocument<'_>, template: &Template, meta: &Meta) -> Result<Pdf, Error> {
    let told = |diagnostics: &[typst::diag::SourceDiagnostic]| {
        let texts: Vec<&str> = diagnostics.iter().map(|found| found.message.as_str()).collect();
        Error::Typesetting(format!("template {}: {}", template.digest, texts.join("; ")))
    };
    let document: PagedDocument = typst::compile(world).output.map_err(|errors| told(&errors))?;
    if document.pages().len() > MAX_PAGES {
        return Err(Error::TooManyPages(document.pages().len()));
    }
    let standards = PdfStandards::new(&[PdfStandard::A_2a])
        .map_err(|error| Error::Typesetting(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(format!("{} {}", meta.number, meta.verify_code)),
        creator: Smart::Custom(Some("renshe".into())),
        timestamp: meta.timestamp(),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map(Pdf).map_err(|errors| told(&errors))
}

/// Runs `work` on a thread with a deep stack; a panic of the typesetter becomes an error.
fn on_own_stack<T: Send>(work: impl FnOnce() -> Result<T, Error> + Send) -> Result<T, Error> {
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .name("typeset".into())
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .map_err(|error| Error::Typesetting(error.to_string()))?
            .join()
            .unwrap_or_else(|_| Err(Error::Typesetting("the typesetter panicked".into())))
    })
}

/// Removes what has no place on paper and could make it read differently from its data: control characters and the
/// marks that turn the direction of text.
fn clean(value: &mut Value) {
    let unfit = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
    };
    match value {
        Value::String(text) => text.retain(|c| !unfit(c)),
        Value::Array(rows) => rows.iter_mut().for_each(clean),
        Value::Object(fields) => fields.values_mut().for_each(clean),
        _ => {}
    }
}

fn each_text(value: &Value, visit: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => visit(text),
        Value::Array(rows) => rows.iter().for_each(|row| each_text(row, visit)),
        Value::Object(fields) => fields.values().for_each(|field| each_text(field, visit)),
        _ => {}
    }
}
