//! What 同条, 同項, 同号 and 同法 take up: the provision of each level cited last, and the document the sentence speaks of.

use crate::contract::UnitId;
use crate::marks::Marks;

/// A provision that was cited.
#[derive(Clone, Debug)]
pub enum Cited {
    /// A unit of this contract.
    Here(UnitId),
    /// A provision of another document, by its name if one was found.
    Elsewhere(Option<String>),
    /// A provision that is not there: nobody can say what 同条 behind it is.
    Unknown,
}

/// What has been cited so far.
#[derive(Debug, Default)]
pub struct Antecedents {
    /// The paragraph in which the slots were filled; they hold for it alone.
    block: Option<UnitId>,
    article: Option<Cited>,
    paragraph: Option<Cited>,
    item: Option<Cited>,
    /// The other document cited in the sentence.
    foreign: Option<Option<String>>,
    /// The paragraph in which another document was cited last, and that document.
    foreign_block: Option<(UnitId, Option<String>)>,
    /// How far the text has been read, and how deep in brackets.
    at: usize,
    depth: u32,
}

/// Which levels a citation fills.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    /// The article, or the one that holds what is cited.
    pub article: Option<Cited>,
    /// The paragraph.
    pub paragraph: Option<Cited>,
    /// The item.
    pub item: Option<Cited>,
}

impl Antecedents {
    /// Reads on to a citation: a new sentence outside of brackets forgets the other document.
    pub fn advance(&mut self, marks: &Marks, to: usize) {
        for (_, character) in marks.within(self.at..to.max(self.at)) {
            match character {
                '（' => self.depth += 1,
                '）' => self.depth = self.depth.saturating_sub(1),
                '\n' => {
                    self.depth = 0;
                    self.foreign = None;
                }
                '。' if self.depth == 0 => self.foreign = None,
                _ => {}
            }
        }
        self.at = self.at.max(to);
    }

    /// The other document that was cited before in the sentence: its name, if one was found.
    pub fn foreign(&self) -> Option<&Option<String>> {
        self.foreign.as_ref()
    }

    /// The article cited last in a block.
    pub fn article(&self, block: UnitId) -> Option<&Cited> {
        self.article.as_ref().filter(|_| self.block == Some(block))
    }

    /// The paragraph cited last in a block.
    pub fn paragraph(&self, block: UnitId) -> Option<&Cited> {
        self.paragraph.as_ref().filter(|_| self.block == Some(block))
    }

    /// The item cited last in a block.
    pub fn item(&self, block: UnitId) -> Option<&Cited> {
        self.item.as_ref().filter(|_| self.block == Some(block))
    }

    /// The other document that was cited before in a block, in whichever sentence.
    pub fn foreign_in_block(&self, block: UnitId) -> Option<&Option<String>> {
        self.foreign_block.as_ref().filter(|(at, _)| *at == block).map(|(_, name)| name)
    }

    /// Another document was cited in a block.
    pub fn set_foreign(&mut self, block: UnitId, name: Option<String>) {
        self.foreign_block = Some((block, name.clone()));
        self.foreign = Some(name);
    }

    /// Fills the slots of the levels that were cited in a block.
    pub fn fill(&mut self, block: UnitId, slots: Slots) {
        if self.block != Some(block) {
            (self.article, self.paragraph, self.item) = (None, None, None);
            self.block = Some(block);
        }
        self.article = slots.article.or(self.article.take());
        self.paragraph = slots.paragraph.or(self.paragraph.take());
        self.item = slots.item.or(self.item.take());
    }
}
