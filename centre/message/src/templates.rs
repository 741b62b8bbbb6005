//! Message templates: YAML files with a title and a body in minijinja, and the variables they use.
//!
//! All of them are read and checked at the start: syntax, that what is used is what is declared, and by composing the
//! example of each once with all of its values and once with the required ones alone, which also tries the filters. So
//! a slip of the pen shows when the program starts and not when somebody's message is due.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::Error;
use crate::filters;

/// Longest title, in characters.
const TITLE: usize = 100;

/// Longest text, in characters.
const BODY: usize = 2000;

/// The templates of the house. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Templates(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    environment: Environment<'static>,
    variables: BTreeMap<String, Variables>,
    /// Tried out once all templates are read.
    examples: BTreeMap<String, Map<String, Value>>,
}

/// Variables of one template: name and whether it must be given.
type Variables = Vec<(String, bool)>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    body: String,
    /// Names; a `?` at the end marks one that may be absent.
    variables: Vec<String>,
    /// A value for each variable, required or not.
    example: Map<String, Value>,
}

/// A composed message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// Title.
    pub title: String,
    /// Text.
    pub body: String,
}

impl Templates {
    /// Reads every `*.yaml` of `dir`.
    ///
    /// # Errors
    /// [`Error::Template`] names the first faulty file.
    pub fn read(dir: &Path) -> Result<Self, Error> {
        let mut parts =
            Parts { environment: environment(), variables: BTreeMap::new(), examples: BTreeMap::new() };
        for (name, text) in files(dir)? {
            let file: File = serde_yaml_ng::from_str(&text).map_err(|e| broken(&name, &e))?;
            parts.add(&name, file)?;
        }
        let examples = std::mem::take(&mut parts.examples);
        let templates = Self(Arc::new(parts));
        for (name, example) in examples {
            templates.try_out(&name, example)?;
        }
        Ok(templates)
    }

    /// Whether there is a template of that name; item files are checked with it.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.variables.contains_key(name)
    }

    /// Names of all templates.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.variables.keys().map(String::as_str)
    }

    fn try_out(&self, name: &str, mut example: Map<String, Value>) -> Result<(), Error> {
        self.compose(name, &example)?;
        for (variable, required) in self.0.variables.get(name).into_iter().flatten() {
            if !required {
                example.remove(variable);
            }
        }
        self.compose(name, &example)?;
        Ok(())
    }

    /// Composes a message. What the template does not declare is not shown to it.
    ///
    /// # Errors
    /// [`Error::UnknownTemplate`], [`Error::MissingVariable`], or [`Error::Template`] when a value is of a kind that
    /// the template can't show.
    pub fn compose(&self, name: &str, given: &Map<String, Value>) -> Result<Composed, Error> {
        let declared = self.0.variables.get(name).ok_or_else(|| Error::UnknownTemplate(name.to_owned()))?;
        let mut shown = Map::new();
        for (variable, required) in declared {
            match given.get(variable).filter(|value| !value.is_null()) {
                Some(value) => {
                    shown.insert(variable.clone(), value.clone());
                }
                None if *required => {
                    let (template, variable) = (name.to_owned(), variable.clone());
                    return Err(Error::MissingVariable { template, variable });
                }
                None => {}
            }
        }
        let part = |part: &str, longest| {
            let template = self.0.environment.get_template(&format!("{name}/{part}"));
            let text =
                template.and_then(|template| template.render(Serde(&shown))).map_err(|e| broken(name, &e))?;
            Ok::<_, Error>(shorten(text.trim(), longest))
        };
        Ok(Composed { title: part("title", TITLE)?, body: part("body", BODY)? })
    }
}

impl Parts {
    fn add(&mut self, name: &str, file: File) -> Result<(), Error> {
        let variables: Variables = file
            .variables
            .iter()
            .map(|variable| (variable.trim_end_matches('?').to_owned(), !variable.ends_with('?')))
            .collect();
        let mut used = BTreeSet::new();
        for (part, text) in [("title", file.title), ("body", file.body)] {
            let full = format!("{name}/{part}");
            self.environment.add_template_owned(full.clone(), text).map_err(|e| broken(name, &e))?;
            let template = self.environment.get_template(&full).map_err(|e| broken(name, &e))?;
            used.extend(template.undeclared_variables(false));
        }
        let declared: BTreeSet<String> = variables.iter().map(|(variable, _)| variable.clone()).collect();
        if used != declared {
            return Err(broken(name, &format!("declares {declared:?} but uses {used:?}")));
        }
        let exemplified: BTreeSet<String> = file.example.keys().cloned().collect();
        if exemplified != declared {
            return Err(broken(name, &format!("declares {declared:?} but exemplifies {exemplified:?}")));
        }
        self.variables.insert(name.to_owned(), variables);
        self.examples.insert(name.to_owned(), file.example);
        Ok(())
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.add_filter("yuan", filters::yuan);
    environment.add_filter("cn_date", filters::cn_date);
    environment.add_filter("cn_month", filters::cn_month);
    environment
}

fn files(dir: &Path) -> Result<BTreeMap<String, String>, Error> {
    let place = dir.display().to_string();
    let mut texts = BTreeMap::new();
    for entry in std::fs::read_dir(dir).map_err(|e| broken(&place, &e))?.flatten() {
        let path = entry.path();
        let is_template = path.extension().is_some_and(|extension| extension == "yaml");
        if let (true, Some(name)) = (is_template, path.file_stem().and_then(|stem| stem.to_str())) {
            let text = std::fs::read_to_string(&path).map_err(|e| broken(name, &e))?;
            texts.insert(name.to_owned(), text);
        }
    }
    Ok(texts)
}

fn broken(name: &str, detail: &dyn std::fmt::Display) -> Error {
    Error::Template { name: name.to_owned(), detail: detail.to_string() }
}

fn shorten(text: &str, longest: usize) -> String {
    if text.chars().count() <= longest {
        return text.to_owned();
    }
    text.chars().take(longest - 1).chain(['…']).collect()
}
