// The diagram as a picture that needs no page around it, and as a sheet of paper. See src/ui/share/picture.rs.
//
// What is drawn on the canvas is copied, rid of all that is there for working on it, and put on the page out of sight, so that the
// style sheets can be asked what each part looks like. That is then written on the part itself, in the plain words of SVG 1.1, for
// programs that know neither style sheets nor the newer ways to name a colour.

const SVG = "http://www.w3.org/2000/svg";
// What is on the canvas for working on it; data-chrome marks whatever else is of the kind.
const CHROME = ".hit, .band, .writing, foreignObject, [data-chrome]";
// Classes of what is selected, or just being done.
const STATES = ["chosen", "starts"];
// A part hands these down to the parts in it.
const LOOKS = ["stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "font-family", "font-size", "font-style",
  "font-weight", "letter-spacing", "text-anchor"];
const PAINTS = ["fill", "stroke"];
const LONGEST = 8000; // the longest side of a PNG, in pixels, that every browser can make

// All of the picture at 100 %, however much of it the canvas shows; it still has its classes.
const bare = () => {
  const live = document.getElementById("canvas");
  if (!live) return undefined;
  const copy = live.cloneNode(true);
  for (const chrome of copy.querySelectorAll(CHROME)) chrome.remove();
  for (const state of STATES) for (const part of copy.querySelectorAll(`.${state}`)) part.classList.remove(state);
  for (const moved of copy.querySelectorAll(":scope > g[transform]")) moved.removeAttribute("transform");
  const shown = live.viewBox.baseVal;
  const width = Math.ceil(Number(live.dataset.width) || shown.width);
  const height = Math.ceil(Number(live.dataset.height) || shown.height);
  copy.removeAttribute("style");
  for (const named of [copy, ...copy.querySelectorAll("[id]:not(marker)")]) named.removeAttribute("id");
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  return copy;
};

// A colour as three numbers to 255 and how opaque it is; undefined for `none` and for what is no colour.
const colour = (value) => {
  const numbers = value.match(/[\d.]+(e-?\d+)?/g)?.map(Number);
  if (!numbers || value.startsWith("url")) return undefined;
  const [red, green, blue, alpha = 1] = numbers;
  const scale = value.startsWith("color(") ? 255 : 1; // a mixed colour is written in shares of 1
  return { rgb: `rgb(${[red, green, blue].map((part) => Math.round(part * scale)).join(", ")})`, alpha };
};

// What a part looks like, in attributes.
const look = (part) => {
  const style = getComputedStyle(part);
  const found = Object.fromEntries(LOOKS.map((name) => [name, style.getPropertyValue(name)]));
  found["font-weight"] = String(Math.round(found["font-weight"] / 100) * 100); // a fine weight is an unknown word to many
  for (const name of PAINTS) {
    const paint = colour(style.getPropertyValue(name));
    found[name] = paint?.rgb ?? "none";
    found[`${name}-opacity`] = String(Number(style.getPropertyValue(`${name}-opacity`)) * (paint?.alpha ?? 1));
  }
  return { found, opacity: style.opacity };
};

// Writes on a part what differs from the part around it, in the place of all that means something to the page alone.
const dress = (part, { found, opacity }, around) => {
  for (const { name } of [...part.attributes]) {
    if (/^(class|style|role|tabindex|aria-.*|data-.*)$/.test(name)) part.removeAttribute(name);
  }
  for (const [name, value] of Object.entries(found)) if (value !== around?.found[name]) part.setAttribute(name, value);
  if (opacity !== "1") part.setAttribute("opacity", opacity);
};

// Gives each line an arrowhead that `finish` has made its own, under a name for all lines of that kind.
const ownMarkers = (picture, kindOf, finish) => {
  const made = new Map();
  for (const end of ["marker-start", "marker-mid", "marker-end"]) {
    for (const part of picture.querySelectorAll(`[${end}]`)) {
      const id = part.getAttribute(end).match(/^url\(#(.+)\)$/)?.[1];
      const marker = id && picture.querySelector(`marker[id="${id}"]`);
      if (!marker) continue;
      const name = `${id}-${kindOf(part)}`;
      if (!made.has(name)) {
        const own = marker.cloneNode(true);
        own.id = name;
        finish(own, part);
        made.set(name, own);
      }
      part.setAttribute(end, `url(#${name})`);
    }
  }
  for (const marker of picture.querySelectorAll("marker")) marker.remove();
  picture.querySelector("defs")?.append(...made.values());
};

/** The picture as an SVG file, in the colours of the theme that is on; undefined if there is no canvas. */
export const asSvg = () => {
  const picture = bare();
  if (!picture) return undefined;
  const canvas = document.getElementById("canvas").parentElement;
  picture.setAttribute("style", "position:absolute;visibility:hidden");
  canvas.append(picture);
  // All are asked before any is changed: an attribute of one would change what the next says.
  const looks = new Map([picture, ...picture.querySelectorAll("*")].map((part) => [part, look(part)]));
  const paper = getComputedStyle(canvas).getPropertyValue("--paper").trim();
  picture.remove();
  for (const [part, its] of looks) dress(part, its, looks.get(part.parentElement));
  // Few programs know `context-stroke`: each arrowhead says itself that it has the colour of its line.
  const stroke = (part) => looks.get(part).found.stroke;
  ownMarkers(picture, (part) => stroke(part).match(/\d+/g)?.join("-") ?? "none", (marker, part) => {
    for (const line of marker.children) line.setAttribute("stroke", stroke(part));
  });
  const ground = document.createElementNS(SVG, "rect");
  for (const [name, value] of [["width", "100%"], ["height", "100%"], ["fill", paper], ["stroke", "none"]]) ground.setAttribute(name, value);
  picture.prepend(ground);
  return `${new XMLSerializer().serializeToString(picture)}\n`;
};

/** An SVG file as a PNG file, so many pixels for each of its own. Rejects if the browser cannot. */
export const asPng = async (svg, scale) => {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const size = [image.naturalWidth, image.naturalHeight].map((side) => side * scale);
    if (Math.max(...size) > LONGEST) throw new Error("too large");
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = size;
    canvas.getContext("2d").drawImage(image, 0, 0, ...size);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))));
    });
  } finally {
    URL.revokeObjectURL(url);
  }
};

/** Lays a sheet of paper under the page, which the style sheet for printing shows instead of it. */
export const laySheet = (title, texts, goals) => {
  removeSheet();
  const picture = bare();
  if (!picture) return;
  ownMarkers(picture, () => "on-paper", () => {}); // those of the page are hidden with it
  const make = (tag, className, ...inside) => {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...inside);
    return element;
  };
  const panes = texts.map(([name, text]) => make("section", "sheet-text", make("h2", "", name), make("pre", "", text)));
  const list = goals.map(([met, text]) => make("li", met ? "met" : "open", met ? "✓ " : "○ ", text));
  const sheet = make("div", "sheet", make("h1", "", title), make("div", "canvas sheet-picture", picture));
  sheet.id = "sheet";
  if (list.length) sheet.append(make("ul", "sheet-goals", ...list));
  sheet.append(make("div", "sheet-texts", ...panes));
  document.body.append(sheet);
};

export const removeSheet = () => document.getElementById("sheet")?.remove();
