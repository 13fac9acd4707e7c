// Runs inside the page: `draw(source)` renders with whichever Mermaid is loaded and reads the labels back.

let drawings = 0;

globalThis.draw = async function draw(source) {
  const id = `drawing${drawings++}`;
  const stage = document.getElementById('stage');
  let svg;
  try {
    svg = await render(id, source);
  } catch (error) {
    return { error: String(error?.message ?? error?.str ?? error) };
  } finally {
    // After an error Mermaid leaves its scratch elements behind.
    document.getElementById(`d${id}`)?.remove();
    document.getElementById(id)?.remove();
  }
  stage.innerHTML = svg;
  // From 9 on, some errors are drawn (the "bomb") instead of thrown.
  if (stage.querySelector('.error-icon, .error-text')) {
    return { error: stage.textContent.replace(/\s+/g, ' ').trim() };
  }
  if (source.startsWith('sequenceDiagram')) return readSequence(stage);
  const found = { clipped: [], markup: [] };
  const labels = (selector) =>
    [...stage.querySelectorAll(selector)].map((group) => readLabel(group, found)).filter((text) => text !== '');
  found.nodes = labels('g.node');
  found.edges = labels('g.edgeLabel');
  found.subgraphs = labels('g.cluster');
  return found;
};

/** 8 calls back, 9 has `renderAsync`, 10 and later return a promise of `{ svg }`. */
async function render(id, source) {
  const { mermaid } = globalThis;
  if (mermaid.renderAsync) return mermaid.renderAsync(id, source);
  if (mermaid.render) {
    const result = await mermaid.render(id, source);
    return result.svg ?? result;
  }
  return mermaid.mermaidAPI.render(id, source, () => {});
}

/** A sequence diagram: who takes part, what is sent (a lost one with its cross, an answer with its dashes), what is noted. */
function readSequence(stage) {
  const texts = (selector) => [...stage.querySelectorAll(selector)].map((text) => tidy(text.textContent));
  const lines = [...stage.querySelectorAll('.messageLine0, .messageLine1')].map((line) => {
    const lost = line.getAttribute('marker-end')?.includes('crosshead');
    return (line.classList.contains('messageLine1') ? '⇠' : '→') + (lost ? '╳' : '');
  });
  const words = texts('text.messageText');
  return {
    // Each stands at the top and at the bottom.
    actors: [...new Set(texts('text.actor'))],
    messages: words.map((text, at) => `${lines[at]} ${text}`),
    notes: texts('text.noteText'),
    markup: [...stage.querySelectorAll('text.actor, text.messageText, text.noteText')].flatMap((text) =>
      [...text.querySelectorAll('*')].map((part) => part.tagName.toLowerCase()).filter((name) => name !== 'tspan'),
    ),
  };
}

const PLAIN = new Set(['DIV', 'SPAN', 'P', 'BR']);

/** The text of one node, edge or subgraph, as a person reads it. */
function readLabel(group, found) {
  const box = group.querySelector('foreignObject');
  if (!box) return readSvgText(group);
  const text = tidy(box.firstElementChild?.innerText ?? '');
  for (const element of box.querySelectorAll('*')) {
    if (!PLAIN.has(element.tagName)) found.markup.push(element.tagName.toLowerCase());
  }
  if (text !== '' && sticksOut(box)) found.clipped.push(text);
  return text;
}

/** Without HTML labels each line is an outer <tspan>. */
function readSvgText(group) {
  const lines = [...group.querySelectorAll('text > tspan')].map((line) => line.textContent);
  return tidy(lines.length > 0 ? lines.join('\n') : [...group.querySelectorAll('text')].map((t) => t.textContent).join('\n'));
}

function tidy(text) {
  return text
    .split('\n')
    .map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Whether the words are wider than the box that clips them (2 px of grace for rounding). */
function sticksOut(box) {
  const outer = box.getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(box);
  const inner = range.getBoundingClientRect();
  return inner.right > outer.right + 2 || inner.left < outer.left - 2;
}
