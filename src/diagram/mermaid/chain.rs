//! Nodes and the arrows between them: `A[Client] --> B & C:::lost -.-> D@{ shape: cyl }`.

use super::arrow::{self, Link, Remarks};
use super::diagnostic::Fault;
use super::scanner::Scanner;
use super::shape::Outline;
use super::{id, props, shape, strict};
use crate::diagram::{Label, Shape};

/// A node as one statement mentions it.
pub(super) struct Mention {
    /// Its id.
    pub id: String,
    /// Where it stands, with its label.
    pub span: (usize, usize),
    /// The label written behind it.
    pub label: Option<Label>,
    /// The shape written around that label.
    pub shape: Shape,
    /// Classes: `:::name`.
    pub classes: Vec<String>,
    /// Properties: `@{ … }`, to the letter.
    pub props: Vec<String>,
}

/// Groups of nodes and the arrows between them.
pub(super) struct Chain {
    /// The nodes, group by group.
    pub groups: Vec<Vec<Mention>>,
    /// The arrows; one fewer than there are groups.
    pub links: Vec<Link>,
}

/// Reads a chain and returns where it ends.
pub(super) fn read(start: Scanner<'_>, remarks: &mut Remarks) -> Result<(Chain, usize), Fault> {
    let mut chain = Chain { groups: Vec::new(), links: Vec::new() };
    let mut at = start;
    loop {
        chain.groups.push(group(&mut at, remarks)?);
        let Some((link, after)) = arrow::read(at, remarks)? else { return Ok((chain, at.at)) };
        let behind_props =
            chain.groups.last().and_then(|group| group.last()).is_some_and(|last| !last.props.is_empty());
        if behind_props && link.id.is_some() {
            let refused = "the id of an edge behind “}”; write the properties on a line of their own";
            remarks.push(strict::remark((at.at, after.at), refused));
        }
        chain.links.push(link);
        at = after;
        at.skip_space();
    }
}

/// `A & B & C`
fn group(at: &mut Scanner<'_>, remarks: &mut Remarks) -> Result<Vec<Mention>, Fault> {
    let mut mentions = vec![mention(at, remarks)?];
    loop {
        let mut next = *at;
        let before = next.skip_blanks() > 0;
        let ampersand = next.take("&");
        let behind = next.skip_blanks() > 0;
        if !(before && ampersand && behind) {
            return Ok(mentions);
        }
        *at = next;
        mentions.push(mention(at, remarks)?);
    }
}

fn mention(at: &mut Scanner<'_>, remarks: &mut Remarks) -> Result<Mention, Fault> {
    let start = *at;
    let Some(id::Read { id, after }) = id::read(start)? else { return Err(no_node(start)) };
    *at = after;
    let refused = strict::id(&id).or_else(|| touched(&id, start));
    remarks.extend(refused.map(|refused| strict::remark((start.at, after.at), &refused)));
    let mut mention = Mention {
        id,
        span: (start.at, at.at),
        label: None,
        shape: Shape::Plain,
        classes: Vec::new(),
        props: Vec::new(),
    };
    if let Some(outline) = shape::odd_behind_minus(*at) {
        mention.id.push('-');
        outlined(&mut mention, at, outline, remarks);
    } else if shape::begins(*at) {
        let outline = shape::read(*at).ok_or_else(|| unclosed(*at))?;
        outlined(&mut mention, at, outline, remarks);
    }
    while decoration(at, &mut mention, remarks)? {}
    Ok(mention)
}

/// An id `x` or `o` that touches its arrow is read as the arrow's start.
fn touched(id: &str, at: Scanner<'_>) -> Option<String> {
    let refused = id.starts_with(['x', 'o']) && arrow::begins(at);
    refused.then(|| "an id “x” or “o” that touches its arrow; put a blank between them".to_owned())
}

fn outlined<'a>(mention: &mut Mention, at: &mut Scanner<'a>, outline: Outline<'a>, remarks: &mut Remarks) {
    let span = (at.at, outline.after.at);
    remarks.extend(outline.refused.map(|refused| strict::label_remark(span, &refused, &outline.label)));
    mention.span.1 = outline.after.at;
    mention.shape = outline.shape;
    mention.label = Some(outline.label);
    *at = outline.after;
}

/// `:::class` or `@{ … }` behind a node.
fn decoration(at: &mut Scanner<'_>, mention: &mut Mention, remarks: &mut Remarks) -> Result<bool, Fault> {
    let mut after = *at;
    if after.take(":::") {
        let Some(id::Read { id, after }) = id::read(after)? else {
            return Err(Fault::new(at.at, at.at + 3, "The name of a class is missing behind “:::”."));
        };
        let late = !mention.classes.is_empty() || !mention.props.is_empty();
        let refused =
            late.then(|| "a second class here; write a class line instead".to_owned()).or_else(|| strict::id(&id));
        remarks.extend(refused.map(|refused| strict::remark((at.at, after.at), &refused)));
        mention.classes.push(id);
        *at = after;
        return Ok(true);
    }
    let Some(end) = props::end(*at)? else { return Ok(false) };
    mention.props.push(at.slice(at.at, end));
    let refused = props::refused(mention.props.last().map_or("", String::as_str));
    remarks.extend(refused.map(|refused| strict::remark((at.at, end), &refused)));
    at.at = end;
    Ok(true)
}

fn unclosed(at: Scanner<'_>) -> Fault {
    let mut behind = at;
    let length = behind.skip_while(|c| matches!(c, '[' | '(' | '{')).clamp(1, 3);
    let open = at.slice(at.at, at.at + length);
    let mirrored = open.chars().rev().map(|sign| match sign {
        '(' => ')',
        '{' => '}',
        _ => ']',
    });
    let close: String = mirrored.collect();
    let message = format!("The label that begins with this “{open}” is not closed: write “{close}” behind it.");
    Fault::new(at.at, at.at + length, message).fix(close)
}

fn no_node(at: Scanner<'_>) -> Fault {
    let length = usize::from(!at.is_done());
    let message = match at.peek() {
        None | Some('\n' | ';') => "A node is missing here: write its id.".to_owned(),
        Some(c) => format!("A node's id cannot begin with “{c}”: write letters and digits, as in “NodeA”."),
    };
    Fault::new(at.at, at.at + length, message)
}
