//! When something was kept, in the time of the person who kept it.

use js_sys::Date;
use wasm_bindgen::JsValue;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Now, in milliseconds since 1970.
pub fn now() -> f64 {
    Date::now()
}

/// A time as one would say it: `23 Nov 18:40`.
pub fn words(milliseconds: f64) -> String {
    let date = Date::new(&JsValue::from(milliseconds));
    let month = MONTHS.get(date.get_month() as usize).copied().unwrap_or_default();
    format!("{} {month} {:02}:{:02}", date.get_date(), date.get_hours(), date.get_minutes())
}

/// Now, as machines write it: `2026-11-23T18:40:00.000Z`.
pub fn iso() -> String {
    Date::new_0().to_iso_string().into()
}
