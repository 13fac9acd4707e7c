//! The table: what was measured beside what is wanted, as Markdown, so that it can be read here and pasted there.

use super::{Measured, Measurements};

/// What a row shows of a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    /// Milliseconds for a run. Less is better.
    Milliseconds,
    /// Milliseconds for each of what is counted. Less is better.
    MillisecondsEach,
    /// How many times as long something else takes, which is what is counted. More is better.
    Times,
    /// Millions of what is counted, in a second. More is better.
    MillionsPerSecond,
    /// Bytes for each of what is counted. Less is better.
    BytesEach,
}

/// Where what a row compares with its target was measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Host,
    Browser,
    /// In the browser, built as the page is.
    Page,
}

/// A row.
struct Row {
    title: &'static str,
    workload: &'static str,
    shows: Shows,
    unit: &'static str,
    target: Option<f64>,
    place: Place,
}

/// The rows. The targets were set before anything was measured.
const ROWS: [Row; 14] = [
    row("etcd: 52 logs read and judged", "etcd", MS, Some(50.0)),
    row("etcd: the same, judged only", "etcd-judged", MS, None),
    row("etcd: the slowest log", "etcd-slowest", MS, Some(20.0)),
    row("100,000 operations judged", "history", MS, None),
    row("explore ABD", "explore", (Shows::MillionsPerSecond, "M states/s"), Some(1.0)),
    row("explore ABD: memory", "explore", (Shows::BytesEach, "bytes/state"), Some(100.0)),
    row("simulate ABD", "simulate", MESSAGES, Some(5.0)),
    Row { place: Place::Browser, ..row("simulate ABD, in the browser", "simulate", MESSAGES, Some(2.5)) },
    row("simulate ABD, netem on all links", "simulate-shaped", MESSAGES, None),
    row("quorums: a million trials", "pbs", MS, Some(500.0)),
    row("the template read and laid out", "template", MS, None),
    row("200 nodes laid out", "layout", MS, None),
    row("a node dragged among 200: one frame", "drag", (Shows::MillisecondsEach, "ms"), Some(4.0)),
    Row {
        place: Place::Page,
        ..row("the template drawn, as fast as by", "drawn", (Shows::Times, "times"), Some(40.0))
    },
];

const MS: (Shows, &str) = (Shows::Milliseconds, "ms");
const MESSAGES: (Shows, &str) = (Shows::MillionsPerSecond, "M messages/s");

const fn row(
    title: &'static str,
    workload: &'static str,
    (shows, unit): (Shows, &'static str),
    target: Option<f64>,
) -> Row {
    Row { title, workload, shows, unit, target, place: Place::Host }
}

impl Row {
    fn find<'a>(&self, all: &'a [Measured]) -> Option<&'a Measured> {
        all.iter().find(|measured| measured.name == self.workload)
    }

    fn value(&self, all: &[Measured]) -> Option<f64> {
        let one = self.find(all)?;
        Some(match self.shows {
            Shows::Milliseconds => one.milliseconds,
            Shows::MillisecondsEach => one.milliseconds / one.units,
            Shows::Times => one.units,
            Shows::MillionsPerSecond => one.units / one.milliseconds / 1e3,
            Shows::BytesEach => one.bytes / one.units,
        })
    }

    /// How many times as good the first is as the second.
    fn ratio(&self, value: f64, other: f64) -> f64 {
        match self.shows {
            Shows::MillionsPerSecond | Shows::Times => value / other,
            Shows::Milliseconds | Shows::MillisecondsEach | Shows::BytesEach => other / value,
        }
    }

    fn title(&self, all: &[Measured]) -> String {
        let about = self.find(all).and_then(|one| one.about.as_deref());
        about.map_or_else(|| self.title.to_owned(), |about| format!("{} ({about})", self.title))
    }

    /// Its cells; none if it was not measured.
    fn cells(&self, host: &Measurements, browser: Option<&[Measurements; 2]>) -> Option<Vec<String>> {
        let all = match self.place {
            Place::Host => host,
            Place::Browser => &browser?[0],
            Place::Page => &browser?[1],
        };
        let at_target = self.value(all)?;
        let mut cells = vec![self.title(all), self.unit.to_owned()];
        cells.extend([
            self.target.map(number).unwrap_or_default(),
            number(at_target),
            self.target.map(|target| two(self.ratio(at_target, target))).unwrap_or_default(),
        ]);
        for all in browser.into_iter().flatten() {
            let value = self.value(all).filter(|_| self.place == Place::Host);
            cells.push(value.map(number).unwrap_or_default());
            cells.push(value.map(|value| two(self.ratio(value, at_target))).unwrap_or_default());
        }
        Some(cells)
    }
}

/// The whole table. What was measured in the browser is first the build for speed, then the one for size.
pub fn of(host: &Measurements, browser: Option<&[Measurements; 2]>) -> String {
    let mut head = vec!["workload", "unit", "target", "measured", "÷ target"];
    if browser.is_some() {
        head.extend(["wasm for speed", "÷ native", "wasm of the page", "÷ native"]);
    }
    let mut lines: Vec<Vec<String>> = vec![head.into_iter().map(str::to_owned).collect()];
    lines.extend(ROWS.iter().filter_map(|row| row.cells(host, browser)));
    format!("{}\nRatios are of speed, or of thrift: 1.00 and more meets the target.\n", aligned(&lines))
}

/// Lines of cells as a Markdown table; the first line is its head, the first two columns are words.
fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let words = |column: usize| column < 2;
    let rule = (0..)
        .zip(&widths)
        .map(|(column, &width)| format!("|{}{}", "-".repeat(width + 1), if words(column) { '-' } else { ':' }));
    let mut rows: Vec<String> = lines
        .iter()
        .map(|line| {
            let cells = (0..).zip(line).zip(&widths).map(|((column, cell), &width)| {
                if words(column) { format!("| {cell:<width$} ") } else { format!("| {cell:>width$} ") }
            });
            cells.chain(["|\n".to_owned()]).collect()
        })
        .collect();
    rows.insert(1, rule.chain(["|\n".to_owned()]).collect());
    rows.concat()
}

fn two(ratio: f64) -> String {
    format!("{ratio:.2}")
}

/// A number with the three digits that count.
fn number(value: f64) -> String {
    match value {
        ..1.0 => format!("{value:.3}"),
        ..10.0 => format!("{value:.2}"),
        ..100.0 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(name: &str, milliseconds: f64) -> Measured {
        Measured { name: name.to_owned(), about: None, milliseconds, units: 1e6, bytes: 80e6 }
    }

    #[test]
    fn what_is_twice_as_good_as_its_target_says_so_whether_less_or_more_is_better() {
        let host = vec![measured("pbs", 250.0), measured("simulate", 100.0), measured("explore", 500.0)];
        let expected = "\
| workload                  | unit         | target | measured | ÷ target |
|---------------------------|--------------|-------:|---------:|---------:|
| explore ABD               | M states/s   |   1.00 |     2.00 |     2.00 |
| explore ABD: memory       | bytes/state  |    100 |     80.0 |     1.25 |
| simulate ABD              | M messages/s |   5.00 |     10.0 |     2.00 |
| quorums: a million trials | ms           |    500 |      250 |     2.00 |

Ratios are of speed, or of thrift: 1.00 and more meets the target.
";
        assert_eq!(of(&host, None), expected);
    }

    #[test]
    fn what_is_drawn_is_compared_in_the_build_of_the_page() {
        let drawn = |units| Measured { about: Some("Mermaid".to_owned()), units, ..measured("drawn", 2.0) };
        let table = of(&Vec::new(), Some(&[vec![drawn(60.0)], vec![drawn(50.0)]]));
        let cells: Vec<&str> = table.lines().nth(2).unwrap_or_default().split('|').map(str::trim).collect();
        assert_eq!(cells[1..6], ["the template drawn, as fast as by (Mermaid)", "times", "40.0", "50.0", "1.25"]);
        let host = vec![Measured { units: 20.0, ..measured("drag", 40.0) }];
        assert!(of(&host, None).contains("| ms   |   4.00 |     2.00 |     2.00 |"), "{}", of(&host, None));
    }

    #[test]
    fn the_browser_is_compared_with_the_host_and_has_one_target_of_its_own() {
        let host = vec![Measured { about: Some("etcd_071".to_owned()), ..measured("simulate", 100.0) }];
        let browser = [vec![measured("simulate", 200.0)], vec![measured("simulate", 500.0)]];
        let table = of(&host, Some(&browser));
        let row = |start: &str| {
            let line = table.lines().find(|line| line.starts_with(start)).unwrap_or_default();
            line.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect::<Vec<_>>()
        };
        let expected = ["M messages/s", "5.00", "10.0", "2.00", "5.00", "0.50", "2.00", "0.20"];
        assert_eq!(row("| simulate ABD (etcd_071)")[1..], expected);
        assert_eq!(row("| simulate ABD, in the browser")[1..], ["M messages/s", "2.50", "5.00", "2.00"]);
    }

    #[test]
    fn numbers_have_the_digits_that_count() {
        assert_eq!([0.0428, 3.057, 38.16, 1_234.5].map(number), ["0.043", "3.06", "38.2", "1234"]);
    }
}
