// In the built page: how long it takes from a text in Mermaid's language to a picture that is laid out, here and with
// Mermaid's own `render`. Both on the same text, in the same page, in turns.
//
// The clock stops when the SVG is in the document and the browser has laid it out, which asking for its bounding box
// makes it do at once. Painting is left out on both sides: it is the browser's work, and the same kind of picture.

const WARM_UP = 5;

/** Measures both in turns; the times of each in milliseconds. */
window.compare = async (text, samples) => {
  window.mermaid.initialize({ startOnLoad: false });
  const stage = document.createElement('div');
  document.body.append(stage);
  const times = { lab: [], mermaid: [] };
  for (let sample = -WARM_UP; sample < samples; sample += 1) {
    const lab = await draw(text);
    const mermaid = await render(stage, text, sample + WARM_UP);
    if (sample >= 0) {
      times.lab.push(lab);
      times.mermaid.push(mermaid);
    }
  }
  stage.remove();
  return times;
};

/** Loads a text into the room Draw as somebody would who opens it: everything of before is gone. */
async function draw(text) {
  window.partitionLab.load('graph TD\nbefore');
  await shown('before');
  laidOut(document.getElementById('canvas'));
  const start = performance.now();
  window.partitionLab.load(text);
  await shown('NodeA_CP');
  laidOut(document.getElementById('canvas'));
  return performance.now() - start;
}

/** The page draws in a microtask: one waits for microtasks, and for a frame only when these do not help. */
async function shown(id) {
  const there = () => document.getElementById(`part-node-${id}`);
  for (let turn = 0; turn < 1_000 && !there(); turn += 1) await null;
  while (!there()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

async function render(stage, text, number) {
  stage.innerHTML = '';
  laidOut(document.body);
  const start = performance.now();
  const { svg } = await window.mermaid.render(`drawing${number}`, text);
  stage.innerHTML = svg;
  laidOut(stage.firstElementChild);
  return performance.now() - start;
}

/** Has the browser lay out what has changed. */
function laidOut(element) {
  element.getBBox?.();
  element.getBoundingClientRect();
}
