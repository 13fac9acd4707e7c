//! A person's own writing, carried along when the diagram changes on the canvas.
//!
//! Printing the new diagram would cost the blank lines, the indentation and the places of the comments. So what changes
//! between the old print and the new one is done to the person's lines instead:
//!
//! ```text
//! print before   print after        own writing        result
//! A --> B        A --> B              A --> B            A --> B
//! B --> C        B -->|x| C         (blank)            (blank)
//!                                     B --> C            B -->|x| C
//! ```
//!
//! The result is used only if it reads as the new diagram; otherwise the print is.

use super::{print_module, read};

/// `own`, which reads as what prints as `before`, changed so that it reads as what prints as `after`; `after` itself
/// where that cannot be done line by line.
pub fn merged(own: &str, before: &str, after: &str) -> String {
    let lines = by_lines(own, before, after).filter(|text| {
        let reading = read(text);
        !reading.is_faulty() && print_module(&reading.diagram) == after
    });
    lines.unwrap_or_else(|| after.to_owned())
}

fn by_lines(own: &str, before: &str, after: &str) -> Option<String> {
    let lines: Vec<&str> = own.split('\n').collect();
    let trimmed: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    let own_of = partners(&old, &trimmed)?;
    let new_of = partners(&old, &new)?;
    // A diagram that is mostly another one is printed anew.
    if new_of.iter().flatten().count() * 2 < old.len() {
        return None;
    }
    let mut stays = vec![true; lines.len()];
    // What is to stand behind each line of the person's.
    let mut behind: Vec<Vec<&str>> = vec![Vec::new(); lines.len()];
    let (mut from, mut place) = (0, None::<usize>);
    for (at, own_line) in own_of.iter().enumerate() {
        if let Some(partner) = new_of[at] {
            if partner > from {
                behind[place?].extend(&new[from..partner]);
            }
            from = partner + 1;
        } else {
            stays[(*own_line)?] = false;
        }
        place = own_line.or(place);
    }
    if from < new.len() {
        behind[place?].extend(&new[from..]);
    }
    let mut written: Vec<String> = Vec::with_capacity(lines.len() + 1);
    for (at, line) in lines.iter().enumerate() {
        let blanks = &line[..line.len() - line.trim_start().len()];
        written.extend(stays[at].then(|| (*line).to_owned()));
        written.extend(behind[at].iter().map(|text| format!("{blanks}{text}")));
    }
    Some(written.join("\n"))
}

/// More cells than a keystroke should wait for.
const MOST: usize = 400_000;

/// For each line of `a` its line in `b`, by the longest common subsequence; `None` if that would take too long.
fn partners(a: &[&str], b: &[&str]) -> Option<Vec<Option<usize>>> {
    let same = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let end = a[same..].iter().rev().zip(b[same..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (rows, columns) = (a.len() - same - end, b.len() - same - end);
    if rows * columns > MOST {
        return None;
    }
    let width = columns + 1;
    // lengths[i * width + j]: the longest common subsequence of what follows.
    let mut lengths = vec![0_u16; (rows + 1) * width];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let here = i * width + j;
            lengths[here] = if a[same + i] == b[same + j] {
                lengths[here + width + 1] + 1
            } else {
                lengths[here + width].max(lengths[here + 1])
            };
        }
    }
    let mut found: Vec<Option<usize>> = (0..same).map(Some).collect();
    let mut j = 0;
    for i in 0..rows {
        while j < columns && a[same + i] != b[same + j] && lengths[i * width + j + 1] >= lengths[(i + 1) * width + j] {
            j += 1;
        }
        let met = j < columns && a[same + i] == b[same + j];
        found.push(met.then_some(same + j));
        j += usize::from(met);
    }
    found.extend((0..end).map(|at| Some(b.len() - end + at)));
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::{Diagram, Edit, Part};

    const OWN: &str = "graph TD\n\n%% first\n  A[One] --> B\n\n  %% second\n  B --> C\n";

    fn after(edit: impl Fn(&Diagram) -> Diagram) -> String {
        let before = read(OWN).diagram;
        merged(OWN, &print_module(&before), &print_module(&edit(&before)))
    }

    #[test]
    fn only_the_line_that_changed_is_written_anew() {
        let edit = Edit::Relabel { part: Part::Edge(1), text: "x".into() };
        let text = after(|diagram| diagram.edited(&edit).0);
        assert_eq!(text, OWN.replace("B --> C", "B -->|x| C"));
    }

    #[test]
    fn a_new_line_is_indented_as_the_one_before_it() {
        let edit = Edit::Connect { from: "A".into(), to: "C".into(), stroke: crate::diagram::Stroke::Dotted };
        let text = after(|diagram| diagram.edited(&edit).0);
        assert_eq!(text, format!("{OWN}  A -.-> C\n"));
    }

    #[test]
    fn what_is_deleted_leaves_the_comments() {
        let text = after(|diagram| diagram.edited(&Edit::Delete(vec![Part::Edge(1)])).0);
        assert!(text.contains("%% first\n  A[One] --> B\n\n  %% second\n"), "{text}");
        assert!(!text.contains("-->|") && !text.contains("B --> C"), "{text}");
    }

    #[test]
    fn another_diagram_takes_over_nothing_of_the_writing() {
        let other = "graph LR\nX --> Y\n";
        assert_eq!(merged(OWN, &print_module(&read(OWN).diagram), other), other);
    }

    #[test]
    fn a_line_written_otherwise_gives_way_to_the_print() {
        let own = "graph TD\nA --> B --> C\n";
        let before = read(own).diagram;
        let edited = before.edited(&Edit::Delete(vec![Part::Edge(0)])).0;
        let print = print_module(&edited);
        assert_eq!(merged(own, &print_module(&before), &print), print);
    }
}
