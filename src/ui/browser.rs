//! The browser, in the few ways the page uses it: elements by id, storage, the clipboard, downloads, the crash banner.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    AddEventListenerOptions, Blob, BlobPropertyBag, Document, Element, HtmlAnchorElement, HtmlElement,
    HtmlTextAreaElement, Storage, Url, WheelEvent, Window,
};
use yew::{hook, use_effect_with, use_state};

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The page's document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The document's root element.
pub fn root() -> Option<Element> {
    document()?.document_element()
}

/// Says, for who waits for it, that the page can be used. That it has come so far also tells the crash banner that a
/// promise somebody broke is no longer the end of it.
pub fn announce_ready() {
    if let Some(root) = root() {
        let _ = root.set_attribute("data-ready", "true");
    }
}

/// The element of that id.
pub fn by_id(id: &str) -> Option<Element> {
    document()?.get_element_by_id(id)
}

/// What follows the `#` in the address, with it.
pub fn address() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// The address, followed as it changes.
#[hook]
pub fn use_address() -> String {
    let current = use_state(address);
    let setter = current.setter();
    use_event("hashchange", move || setter.set(address()));
    (*current).clone()
}

/// The address of the page, without what follows the `#`.
pub fn home() -> String {
    let address = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// Puts another `#…` into the address, in the place of the one that is there: the way back does not lead through it.
pub fn replace_address(hash: &str) {
    if let Some(window) = window().filter(|_| address() != hash) {
        let _ = window.location().replace(hash);
    }
}

/// Gives the keyboard focus to the element of that id, if it is there.
pub fn focus(id: &str) {
    if let Some(element) = by_id(id) {
        focus_element(&element);
    }
}

/// Scrolls until the first element that a selector finds is at the top of what is seen.
pub fn reveal(selector: &str) {
    if let Some(element) = document().and_then(|document| document.query_selector(selector).ok().flatten()) {
        element.scroll_into_view();
    }
}

/// Gives the keyboard focus to the first element that a selector finds.
pub fn focus_first(selector: &str) {
    if let Some(element) = document().and_then(|document| document.query_selector(selector).ok().flatten()) {
        focus_element(&element);
    }
}

/// Gives the keyboard focus to an element. SVG elements can be focused too, but are no `HtmlElement`: the method is
/// looked up by name.
pub fn focus_element(element: &Element) {
    let focus = js_sys::Reflect::get(element, &"focus".into()).ok().and_then(|f| f.dyn_into::<js_sys::Function>().ok());
    if let Some(focus) = focus {
        let options = js_sys::Object::new();
        let _ = js_sys::Reflect::set(&options, &"preventScroll".into(), &JsValue::TRUE);
        let _ = focus.call1(element, &options);
    }
}

fn storage() -> Option<Storage> {
    window()?.local_storage().ok()?
}

/// What is stored under that key.
pub fn stored(key: &str) -> Option<String> {
    storage()?.get_item(&format!("partition-lab/{key}")).ok()?
}

/// Stores a text under that key; `false` when the browser refuses.
pub fn store(key: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(&format!("partition-lab/{key}"), text).is_ok())
}

/// Hands a text to the person as a file.
pub fn download(name: &str, text: &str) -> Option<()> {
    download_blob(name, &blob(text, "text/plain;charset=utf-8")?)
}

/// A text as a file of that type.
pub fn blob(text: &str, kind: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&text.into()), &options).ok()
}

/// Hands a file to the person.
pub fn download_blob(name: &str, blob: &Blob) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let anchor: HtmlAnchorElement = document()?.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    Url::revoke_object_url(&url).ok()
}

/// Copies a text to the clipboard. Where there is no clipboard interface the older way is taken.
pub async fn copy(text: String) -> bool {
    if let Some(clipboard) = clipboard()
        && wasm_bindgen_futures::JsFuture::from(clipboard.write_text(&text)).await.is_ok()
    {
        return true;
    }
    copy_by_selection(&text).unwrap_or(false)
}

/// What the clipboard holds; `None` when the browser does not tell.
pub async fn clipboard_text() -> Option<String> {
    let text = clipboard()?.read_text();
    wasm_bindgen_futures::JsFuture::from(text).await.ok()?.as_string()
}

/// The clipboard. Pages served without TLS have none.
fn clipboard() -> Option<web_sys::Clipboard> {
    let navigator = window()?.navigator();
    js_sys::Reflect::get(&navigator, &"clipboard".into()).ok()?.dyn_into().ok()
}

fn copy_by_selection(text: &str) -> Option<bool> {
    let document = document()?;
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_value(text);
    field.set_class_name("offstage");
    document.body()?.append_child(&field).ok()?;
    field.select();
    let page: web_sys::HtmlDocument = document.dyn_into().ok()?;
    let copied = page.exec_command("copy").unwrap_or(false);
    field.remove();
    Some(copied)
}

/// Shows the banner of `index.html` when the program panics, with what it said. What was drawn is in the storage, from
/// where the banner offers it.
pub fn show_banner_on_panic() {
    yew::set_custom_panic_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
        if let Some(banner) = by_id("crash").and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            banner.set_hidden(false);
            if let Some(details) = by_id("crash-details") {
                details.set_text_content(Some(&panic.to_string()));
            }
        }
    }));
}

/// Whether a media query matches, followed as it changes.
#[hook]
pub fn use_media(query: &'static str) -> bool {
    let matches = move || {
        window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|query| query.matches())
    };
    let state = use_state(matches);
    let setter = state.setter();
    use_event("resize", move || setter.set(matches()));
    *state
}

/// Calls back at every event of that name on the window, while the component is there.
#[hook]
pub fn use_event(name: &'static str, run: impl Fn() + 'static) {
    use_effect_with((), move |()| {
        let listener = Closure::<dyn Fn()>::new(run);
        let window = window();
        if let Some(window) = &window {
            let _ = window.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        }
        move || {
            if let Some(window) = window {
                let _ = window.remove_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            }
        }
    });
}

/// Listens to the wheel over an element, by hand, because only so can the page be kept from scrolling. What is returned
/// ends it.
pub fn listen_to_wheel(element: Option<Element>, on_wheel: impl Fn(WheelEvent) + 'static) -> impl FnOnce() {
    let listener = Closure::<dyn Fn(WheelEvent)>::new(move |event: WheelEvent| {
        event.prevent_default();
        on_wheel(event);
    });
    let options = AddEventListenerOptions::new();
    options.set_passive(false);
    if let Some(element) = &element {
        let listener = listener.as_ref().unchecked_ref();
        let _ = element.add_event_listener_with_callback_and_add_event_listener_options("wheel", listener, &options);
    }
    move || {
        if let Some(element) = element {
            let _ = element.remove_event_listener_with_callback("wheel", listener.as_ref().unchecked_ref());
        }
    }
}
