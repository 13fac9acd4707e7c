//! A space-time diagram as an SVG file of its own: no style sheet, no script, no font to be fetched.
//!
//! Every part says itself what it looks like, in the plain words of SVG 1.1, so that a text processor shows it as a
//! browser does. Words are words, to be found and read out; the title and the story of the run are in it for those who
//! cannot see the rest. It has the places of the page (`space_time_layout`), with more room where a word needs it, and
//! the colours of its themes.

use super::geometry::{Rect, Spot, px};
use super::measure::{width, wrap};
use super::space_time::{Bar, Fate, Held, Outage, Party, Rift, Slant, SpaceTime, Tear, Tone};
use super::space_time_colours::{Palette, mixed};
use super::space_time_layout::{DETAIL, Grid, LETTER, NAME, TOP, VALUE, below};
use super::svg::escaped;

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Picture<'a> {
    /// The run, to its end.
    pub diagram: &'a SpaceTime,
    /// What each column is called, and where it stands if that is said.
    pub heads: &'a [(String, String)],
    /// How many rows there are.
    pub rows: usize,
    /// What it is called.
    pub title: &'a str,
    /// What stands below the title: what the run comes to.
    pub lines: &'a [String],
    /// The whole story, for those who cannot see the picture.
    pub story: &'a str,
    /// In which colours.
    pub palette: Palette,
}

const SANS: &str = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Helvetica Neue, Arial, sans-serif";
const MONO: &str = "ui-monospace, SF Mono, Cascadia Code, JetBrains Mono, Menlo, DejaVu Sans Mono, monospace";
/// The font size of the title, in pixels.
const TITLE: f64 = 15.0;
/// Where the heads stand in the grid; the title is above them.
const HEADS: f64 = 50.0;
/// The room to the left and right of the title.
const MARGIN: f64 = 14.0;

/// The picture, as the text of a file.
pub fn picture(picture: &Picture) -> String {
    let Picture { diagram, heads, rows, title, lines, story, palette } = *picture;
    let grid = Grid::roomy(diagram, heads, rows);
    let mut pen = Pen { palette, svg: String::new() };
    let down = pen.captions(title, lines, grid.width) - HEADS;
    pen.svg += &["<g transform=\"translate(0 ", &px(down), ")\">"].concat();
    for column in 0..diagram.columns.len() {
        let x = grid.x(column);
        let foot = grid.y(rows.saturating_sub(1)) + 30.0;
        pen.line(Spot { x, y: TOP - 20.0 }, Spot { x, y: foot }, palette.line, " stroke-width=\"1.25\"");
    }
    diagram.outages.iter().for_each(|outage| pen.outage(outage, grid));
    diagram.tears.iter().for_each(|tear| pen.tear(tear, grid));
    diagram.bars.iter().for_each(|bar| pen.bar(bar, grid));
    diagram.slants.iter().for_each(|slant| pen.arrow(slant, diagram, grid));
    diagram.slants.iter().for_each(|slant| pen.words(slant, diagram, grid));
    diagram.held.iter().for_each(|held| pen.value(held, grid));
    for (column, party) in diagram.columns.iter().enumerate() {
        let nameless = (String::new(), String::new());
        let (name, place) = heads.get(column).unwrap_or(&nameless);
        pen.head(*party, grid, column, name, &below(column, place, diagram));
    }
    pen.svg += "</g>";
    let height = grid.y(rows.saturating_sub(1)) + 38.0 + down;
    let size = ["width=\"", &px(grid.width), "\" height=\"", &px(height), "\""].concat();
    [
        "<svg xmlns=\"http://www.w3.org/2000/svg\" ",
        &size,
        " viewBox=\"0 0 ",
        &px(grid.width),
        " ",
        &px(height),
        "\" role=\"img\" aria-labelledby=\"title story\" font-family=\"",
        SANS,
        "\">\n<title id=\"title\">",
        &safe(title),
        "</title>\n<desc id=\"story\">",
        &safe(story),
        "</desc>\n<defs>",
        &[("plain", palette.quiet), ("good", palette.good), ("bad", palette.bad)].map(marker).concat(),
        "</defs>\n<rect ",
        &size,
        " fill=\"",
        palette.paper,
        "\"/>\n",
        &pen.svg,
        "\n</svg>\n",
    ]
    .concat()
}

/// An arrowhead in a colour of its own: few programs can take it over from the line.
fn marker((name, colour): (&str, &str)) -> String {
    [
        "<marker id=\"",
        name,
        "\" viewBox=\"0 0 10 10\" refX=\"8.5\" refY=\"5\" markerUnits=\"userSpaceOnUse\" markerWidth=\"13\" \
         markerHeight=\"13\" orient=\"auto\"><path d=\"M1 1L9 5 1 9\" fill=\"none\" stroke=\"",
        colour,
        "\" stroke-width=\"1.75\"/></marker>",
    ]
    .concat()
}

/// A text as XML shows it to the letter; what XML has no way to write is left out.
fn safe(text: &str) -> String {
    let can_be_written = |letter: &char| matches!(letter, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    escaped(&text.chars().filter(can_be_written).collect::<String>())
}

/// Where a text has its place: what the attribute `text-anchor` says.
#[derive(Clone, Copy)]
enum Anchor {
    Start,
    Middle,
}

/// Draws, one part after the other.
struct Pen {
    palette: Palette,
    svg: String,
}

impl Pen {
    fn text(&mut self, at: Spot, anchor: Anchor, size: f64, colour: &str, more: &str, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
        };
        let place = ["<text x=\"", &px(at.x), "\" y=\"", &px(at.y), "\" font-size=\"", &px(size), "\""].concat();
        self.svg += &[&place, anchor, " fill=\"", colour, "\"", more, ">", &safe(words), "</text>"].concat();
    }

    fn line(&mut self, from: Spot, to: Spot, colour: &str, more: &str) {
        let path = ["<path d=\"M", &from.svg(), "L", &to.svg(), "\" fill=\"none\" stroke=\""].concat();
        self.svg += &[&path, colour, "\"", more, "/>"].concat();
    }

    fn rect(&mut self, rect: Rect, radius: f64, fill: &str, stroke: &str, more: &str) {
        let place = ["<rect x=\"", &px(rect.x), "\" y=\"", &px(rect.y), "\" width=\"", &px(rect.w)].concat();
        let size = ["\" height=\"", &px(rect.h), "\" rx=\"", &px(radius), "\" fill=\"", fill].concat();
        self.svg += &[&place, &size, "\" stroke=\"", stroke, "\"", more, "/>"].concat();
    }

    /// The title and the lines below it; how much room they take from the top.
    fn captions(&mut self, title: &str, lines: &[String], across: f64) -> f64 {
        let room = across - 2.0 * MARGIN;
        let mut y = 10.0;
        for line in wrap(title, TITLE, room) {
            y += 18.0;
            self.text(
                Spot { x: MARGIN, y },
                Anchor::Start,
                TITLE,
                self.palette.text,
                " font-weight=\"bold\"",
                line.trim_end(),
            );
        }
        for line in lines.iter().flat_map(|line| wrap(line, LETTER, room)) {
            y += 17.0;
            self.text(Spot { x: MARGIN, y }, Anchor::Start, LETTER, self.palette.quiet, "", line.trim_end());
        }
        y + 16.0
    }

    fn tone(&self, tone: Tone) -> &'static str {
        match tone {
            Tone::Plain => self.palette.quiet,
            Tone::Good => self.palette.good,
            Tone::Bad => self.palette.bad,
        }
    }

    /// A node that is down: its line is interrupted.
    fn outage(&mut self, outage: &Outage, grid: Grid) {
        let (x, from, to) = grid.outage(outage);
        let (bad, paper) = (self.palette.bad, self.palette.paper);
        self.line(Spot { x, y: from }, Spot { x, y: to }, paper, " stroke-width=\"3\"");
        self.line(Spot { x, y: from }, Spot { x, y: to }, bad, " stroke-width=\"1.5\" stroke-dasharray=\"2 6\"");
        self.cross(Spot { x, y: from }, bad);
        self.text(Spot { x, y: from - 13.0 }, Anchor::Middle, LETTER, bad, "", "crashed");
        if outage.end.is_some() {
            self.text(Spot { x, y: to + 2.0 }, Anchor::Middle, LETTER, self.palette.text, "", "up again");
        }
    }

    /// The mark of what ends here, in a circle.
    fn cross(&mut self, at: Spot, colour: &str) {
        let place = ["<circle cx=\"", &px(at.x), "\" cy=\"", &px(at.y), "\" r=\"8.5\" fill=\""].concat();
        self.svg += &[&place, self.palette.paper, "\" stroke=\"", colour, "\" stroke-width=\"1.6\"/>"].concat();
        let thick = " stroke-width=\"2\" stroke-linecap=\"round\"";
        self.line(at.plus(-3.2, -3.2), at.plus(3.2, 3.2), colour, thick);
        self.line(at.plus(3.2, -3.2), at.plus(-3.2, 3.2), colour, thick);
    }

    /// A link that is held: two lines that nothing passes.
    fn hold(&mut self, tear: &Tear, grid: Grid) {
        let (clasp, gold) = (grid.clasp(tear), self.palette.cut);
        for aside in [-3.0, 3.0] {
            self.line(clasp.top.plus(aside, 0.0), clasp.bottom.plus(aside, 0.0), gold, " stroke-width=\"1.75\"");
        }
        self.text(clasp.top.plus(12.0, 6.0), Anchor::Start, LETTER, gold, "", "held");
        if tear.end.is_some() {
            self.text(clasp.bottom.plus(12.0, 6.0), Anchor::Start, LETTER, gold, "", "released");
        }
    }

    fn tear(&mut self, tear: &Tear, grid: Grid) {
        if tear.rift == Rift::Held {
            return self.hold(tear, grid);
        }
        let (rip, gold) = (grid.rip(tear), self.palette.cut);
        let jags = ["<polyline points=\"", &rip.points, "\" fill=\"none\" stroke=\"", gold].concat();
        self.svg += &[&jags, "\" stroke-width=\"1.75\" stroke-linejoin=\"round\"/>"].concat();
        self.text(rip.top.plus(14.0, 6.0), Anchor::Start, LETTER, gold, "", "cut");
        if tear.end.is_some() {
            self.text(rip.bottom.plus(14.0, 2.0), Anchor::Start, LETTER, gold, "", "healed");
        }
    }

    fn bar(&mut self, bar: &Bar, grid: Grid) {
        let (from, to) = grid.span(bar);
        let colour = self.tone(bar.tone);
        let fill = mixed(colour, self.palette.paper, 26);
        let more = if bar.end.is_none() { " stroke-dasharray=\"3 3\"" } else { "" };
        self.rect(Rect { x: grid.x(bar.column) - 6.0, y: from, w: 12.0, h: to - from }, 6.0, &fill, colour, more);
    }

    fn arrow(&mut self, slant: &Slant, diagram: &SpaceTime, grid: Grid) {
        let shaft = grid.shaft(slant, diagram);
        let colour = self.tone(slant.tone);
        match slant.fate {
            Fate::Arrived(_) => {
                let head = match slant.tone {
                    Tone::Plain => " stroke-width=\"1.75\" marker-end=\"url(#plain)\"",
                    Tone::Good => " stroke-width=\"1.75\" marker-end=\"url(#good)\"",
                    Tone::Bad => " stroke-width=\"1.75\" marker-end=\"url(#bad)\"",
                };
                self.line(shaft.tail, shaft.tip, colour, head);
            }
            Fate::Lost(_) => {
                let gold = self.palette.cut;
                self.line(shaft.tail, shaft.tip, gold, " stroke-width=\"1.75\" stroke-dasharray=\"5 5\"");
                self.cross(shaft.end, gold);
            }
            Fate::UnderWay => {
                self.line(shaft.tail, shaft.tip, colour, " stroke-width=\"1.75\" stroke-opacity=\"0.6\"");
                let place = ["<circle cx=\"", &px(shaft.tip.x), "\" cy=\"", &px(shaft.tip.y), "\" r=\"3.5\""].concat();
                self.svg += &[&place, " fill=\"", colour, "\"/>"].concat();
            }
        }
    }

    /// The words of an arrow, on a strip of paper: what runs below does not run through them.
    fn words(&mut self, slant: &Slant, diagram: &SpaceTime, grid: Grid) {
        let Some(at) = grid.shaft(slant, diagram).words else { return };
        let colour = match (slant.fate, slant.tone) {
            (Fate::Lost(_), _) => self.palette.cut,
            (_, Tone::Plain) => self.palette.text,
            (_, tone) => self.tone(tone),
        };
        let strip = Rect::around(at.plus(0.0, -4.5), width(&slant.words, LETTER) + 2.0, 15.0);
        self.rect(strip, 3.0, self.palette.paper, "none", " fill-opacity=\"0.82\"");
        self.text(at, Anchor::Middle, LETTER, colour, "", &slant.words);
    }

    fn value(&mut self, held: &Held, grid: Grid) {
        let (stroke, colour) = match (held.tone, held.found) {
            (Tone::Bad, _) => (self.palette.bad, self.palette.bad),
            (_, true) => (self.palette.line, self.palette.text),
            (_, false) => (self.palette.quiet, self.palette.text),
        };
        let card = grid.card(held);
        self.rect(card, 6.0, self.palette.panel, stroke, "");
        let mono = [" font-family=\"", MONO, "\""].concat();
        self.text(card.centre().plus(0.0, 4.5), Anchor::Middle, VALUE, colour, &mono, &held.value.to_string());
    }

    fn head(&mut self, party: Party, grid: Grid, column: usize, name: &str, below: &str) {
        let (fill, radius) = match party {
            Party::Client(_) => (self.palette.client, 23.0),
            Party::Node(_) => (self.palette.node, 11.0),
        };
        let x = grid.x(column);
        let frame = Rect { x: x - grid.head / 2.0, y: HEADS, w: grid.head, h: 48.0 };
        self.rect(frame, radius, fill, self.palette.line, " stroke-width=\"1.5\"");
        let bold = " font-weight=\"bold\"";
        self.text(Spot { x, y: 71.0 }, Anchor::Middle, NAME, self.palette.text, bold, name);
        self.text(Spot { x, y: 88.0 }, Anchor::Middle, DETAIL, self.palette.quiet, "", below);
    }
}

#[cfg(test)]
mod tests {
    use super::super::space_time_colours::LIGHT;
    use super::*;

    #[test]
    fn no_name_and_no_title_can_end_the_text_it_is_in_or_be_run() {
        let hostile = "</text></title><script>alert(1)</script>\"\u{0}\u{b}\u{1b}&<!--";
        let diagram = SpaceTime { columns: vec![Party::Node(crate::sim::NodeId(0))], ..SpaceTime::default() };
        let heads = [(hostile.to_owned(), hostile.to_owned())];
        let lines = [hostile.to_owned()];
        let palette = LIGHT;
        let given = Picture {
            diagram: &diagram,
            heads: &heads,
            rows: 1,
            title: hostile,
            lines: &lines,
            story: hostile,
            palette,
        };
        let drawn = picture(&given);
        assert!(!drawn.contains("<script") && !drawn.contains("<!--"), "{drawn}");
        assert!(drawn.chars().all(|letter| letter == '\n' || letter >= ' '), "{drawn}");
        assert_eq!(drawn.matches("<text").count(), drawn.matches("</text>").count());
    }
}
