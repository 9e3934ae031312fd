//! Runs written anew: cut where a comment begins or ends, their text struck out where a change takes it away.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::anchor::Story;
use super::markup::{Ids, Names, Splice, append_inside, splice};
use super::run::{keeps_blanks, trimmed};
use super::xml::{Element, Tree};
use crate::text::Span;

/// Something that happens at a byte of a run.
pub struct Event {
    at: u32,
    kind: Kind,
}

/// In the order in which they come at one byte.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// A deletion ends; this is inserted behind it.
    Kept(String),
    /// A comment ends.
    End(String),
    /// A comment begins.
    Start(String),
    /// A deletion begins, with its attributes.
    Struck(String),
}

impl Event {
    /// A comment begins here.
    pub fn start(at: u32, markup: String) -> Event {
        Event { at, kind: Kind::Start(markup) }
    }

    /// A comment ends here.
    pub fn end(at: u32, markup: String) -> Event {
        Event { at, kind: Kind::End(markup) }
    }
}

/// All that is to be written anew in a part.
pub struct Rewrites<'t> {
    tree: &'t Tree,
    story: &'t Story,
    names: &'t Names,
    runs: BTreeMap<u32, Vec<Event>>,
    /// Where each deletion of a run lies.
    struck: BTreeMap<u32, Vec<Span>>,
    splices: Vec<Splice<'t>>,
}

impl<'t> Rewrites<'t> {
    /// Nothing yet.
    pub fn new(tree: &'t Tree, story: &'t Story, names: &'t Names) -> Rewrites<'t> {
        Rewrites { tree, story, names, runs: BTreeMap::new(), struck: BTreeMap::new(), splices: Vec::new() }
    }

    /// The properties of a run for another run beside it.
    pub fn properties(&self, run: u32, ids: &mut Ids) -> String {
        let properties = self.element(self.story.runs[run as usize].element).and_then(|run| run.child("rPr"));
        properties.map_or_else(String::new, |properties| copied(properties, ids))
    }

    /// Something happens in a run.
    pub fn add(&mut self, run: u32, event: Event) {
        self.runs.entry(run).or_default().push(event);
    }

    /// Some bytes of a run are struck out, with these attributes of the deletion, and something is inserted behind them.
    pub fn change(&mut self, run: u32, raw: Span, deletion: Option<String>, insertion: String) {
        if let Some(deletion) = deletion {
            self.add(run, Event { at: raw.start, kind: Kind::Struck(deletion) });
            self.add(
                run,
                Event { at: raw.end, kind: Kind::Kept(format!("</{}del>", self.names.element) + &insertion) },
            );
            self.struck.entry(run).or_default().push(raw);
        } else {
            self.add(run, Event { at: raw.start, kind: Kind::Kept(insertion) });
        }
    }

    /// Markup between runs.
    pub fn insert(&mut self, at: u32, markup: String) {
        self.splices.push((Span::empty(at), Cow::Owned(markup)));
    }

    /// Markup at the end of a paragraph.
    pub fn append(&mut self, paragraph: u32, markup: String) {
        let element =
            self.story.paragraphs.get(paragraph as usize).and_then(|paragraph| self.element(paragraph.element));
        self.splices.extend(element.map(|element| append_inside(element, &markup)));
    }

    /// The part with everything written.
    pub fn write(mut self, ids: &mut Ids) -> String {
        for (run, mut events) in std::mem::take(&mut self.runs) {
            let Some(element) = self.element(self.story.runs[run as usize].element) else { continue };
            for event in &mut events {
                self.keep_whole(run, event);
            }
            events.sort_by(|a, b| (a.at, &a.kind).cmp(&(b.at, &b.kind)));
            let writer =
                RunWriter { element, names: self.names, out: String::new(), first: true, open: false, struck: false };
            let written = writer.write(events, ids);
            self.splices.push((self.story.runs[run as usize].element, Cow::Owned(written)));
        }
        splice(self.tree.source(), self.splices)
    }

    /// A comment that begins or ends inside a deletion takes it in whole.
    fn keep_whole(&self, run: u32, event: &mut Event) {
        let inside = |struck: &&Span| struck.start < event.at && event.at < struck.end;
        let Some(struck) = self.struck.get(&run).and_then(|struck| struck.iter().find(inside)) else { return };
        match event.kind {
            Kind::Start(_) => event.at = struck.start,
            Kind::End(_) => event.at = struck.end,
            _ => {}
        }
    }

    fn element(&self, span: Span) -> Option<Element<'t>> {
        self.tree.starting_at(span.start)
    }
}

struct RunWriter<'t> {
    element: Element<'t>,
    names: &'t Names,
    out: String,
    /// No run has been written yet: the first keeps its properties as they are.
    first: bool,
    open: bool,
    struck: bool,
}

impl RunWriter<'_> {
    fn write(mut self, events: Vec<Event>, ids: &mut Ids) -> String {
        let mut events = events.into_iter().peekable();
        for child in self.element.written_children().filter(|child| child.word() != "rPr") {
            let source = child.tree_source();
            let mut inner = child.inner();
            if !keeps_blanks(child)
                && let [first, .., last] | [first @ last] = &trimmed(child)[..]
            {
                // Nobody has seen the blanks at the ends, and what is written keeps its blanks.
                inner = first.raw.start..last.raw.end;
            }
            let is_text = child.word() == "t" && !inner.is_empty();
            let start = if is_text { inner.start } else { child.range().start };
            while let Some(event) = events.next_if(|event| event.at as usize <= start) {
                self.happen(event);
            }
            if !is_text {
                self.put(child.source(), ids);
                continue;
            }
            let mut at = start;
            while let Some(event) = events.next_if(|event| (event.at as usize) < inner.end) {
                let cut = event.at as usize;
                self.put_text(&source[at..cut], ids);
                at = cut;
                self.happen(event);
            }
            match at == start && !self.struck {
                true => self.put(child.source(), ids),
                false => self.put_text(&source[at..inner.end], ids),
            }
        }
        events.for_each(|event| self.happen(event));
        self.close();
        self.out
    }

    fn happen(&mut self, event: Event) {
        self.close();
        match event.kind {
            Kind::Kept(markup) => {
                self.out.push_str(&markup);
                self.struck = false;
            }
            Kind::End(markup) | Kind::Start(markup) => self.out.push_str(&markup),
            Kind::Struck(stamp) => {
                self.out += &format!("<{}del{} {stamp}>", self.names.element, self.names.declaration);
                self.struck = true;
            }
        }
    }

    fn put_text(&mut self, text: &str, ids: &mut Ids) {
        if text.is_empty() {
            return;
        }
        let name = if self.struck { "delText" } else { "t" };
        let (p, declare) = (&self.names.element, &self.names.declaration);
        let markup = format!("<{p}{name}{declare} xml:space=\"preserve\">{text}</{p}{name}>");
        self.put(&markup, ids);
    }

    fn put(&mut self, markup: &str, ids: &mut Ids) {
        if !self.open {
            self.out.push_str(self.element.tag());
            if let Some(properties) = self.element.child("rPr") {
                let properties = if self.first { properties.source().to_string() } else { copied(properties, ids) };
                self.out.push_str(&properties);
            }
            (self.open, self.first) = (true, false);
        }
        self.out.push_str(markup);
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.open) {
            self.out += &format!("</{}>", self.element.qualified_name());
        }
    }
}

/// The properties of a run for another run beside it: a tracked change of the format needs an id of its own.
fn copied(properties: Element, ids: &mut Ids) -> String {
    let source = properties.source();
    let Some(change) = properties.child("rPrChange") else { return source.to_string() };
    let tag = change.tag();
    let Some(at) = tag.find("id=") else { return source.to_string() };
    let (before, rest) = tag.split_at(at + "id=".len());
    let Some(quote) = rest.chars().next().filter(|quote| matches!(quote, '"' | '\'')) else {
        return source.to_string();
    };
    let behind = rest[1..].find(quote).map_or("", |end| &rest[1 + end..]);
    source.replacen(tag, &format!("{before}{quote}{}{behind}", ids.take()), 1)
}
