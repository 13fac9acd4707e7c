//! Numbers and counts in words.

use crate::check::words::grouped;

/// So many of something.
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}
