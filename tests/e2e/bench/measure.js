// The page of the benchmarks: runs a workload and looks at the clock.
//
// A browser's clock is coarse (a tenth of a millisecond) and its compiler warms up. So a workload runs for a while before
// it counts, and what takes less than SAMPLE is run as often as fills it.

/** The shortest sample, in milliseconds: long beside a tick of the clock. */
const SAMPLE = 100;

const THOROUGH = { warmUp: 500, samples: 10, time: 6_000 };
const QUICK = { warmUp: 100, samples: 3, time: 1_000 };

/** Never fewer samples than this, however long they take. */
const FEWEST = 3;

const now = () => performance.now();

/** Loads the wasm of that folder: `Speed`, see `benches/speed/browser.rs`. */
async function load(folder, logs) {
  const module = await import(new URL(`${folder}/speed.js`, location.origin));
  await module.default();
  return new module.Speed(JSON.stringify(logs), now);
}

/** The names of the workloads. */
window.names = async (folder, logs) => (await load(folder, logs)).names();

/** Measures the workload at that place: the median time of a run, and how much it does. */
window.measure = async (folder, logs, at, quick) => {
  const { warmUp, samples, time } = quick ? QUICK : THOROUGH;
  const speed = await load(folder, logs);
  const { runs } = repeat(() => speed.run(at), warmUp);
  const batch = Math.max(1, Math.ceil((runs * SAMPLE) / warmUp));
  const times = [];
  const start = now();
  while (times.length < FEWEST || (times.length < samples && now() - start < time)) {
    const before = now();
    for (let run = 0; run < batch; run += 1) speed.run(at);
    times.push((now() - before) / batch);
  }
  const { units, bytes } = speed.run(at);
  return { name: speed.names()[at], about: speed.about(at) ?? null, milliseconds: median(times), units, bytes };
};

/**
 * How long it takes from a text to its picture, here and with Mermaid's own `render`: both on the same text, in this
 * page, in turns. The clock stops when the SVG is in the document and laid out. Painting is left out on both sides.
 */
window.compare = async (folder, text, quick) => {
  const { Speed, default: start } = await import(new URL(`${folder}/speed.js`, location.origin));
  await start();
  window.mermaid.initialize({ startOnLoad: false });
  const stage = document.body.appendChild(document.createElement('div'));
  const ours = [];
  const theirs = [];
  const { warmUp, samples } = quick ? { warmUp: 3, samples: 5 } : { warmUp: 20, samples: 40 };
  for (let sample = -warmUp; sample < samples; sample += 1) {
    const own = await timed(stage, () => Speed.draw(text));
    const its = await timed(stage, async () => (await window.mermaid.render(`drawing${sample + warmUp}`, text)).svg);
    if (sample >= 0) {
      ours.push(own);
      theirs.push(its);
    }
  }
  return { name: 'drawn', milliseconds: median(ours), units: median(theirs) / median(ours), bytes: 0 };
};

async function timed(stage, draw) {
  stage.replaceChildren();
  document.body.getBoundingClientRect();
  const start = now();
  stage.innerHTML = await draw();
  // Asking for sizes has the browser lay it out now.
  stage.firstElementChild.getBBox();
  stage.getBoundingClientRect();
  return now() - start;
}

/** Runs something for at least so many milliseconds, and at least once. */
function repeat(run, milliseconds) {
  const start = now();
  let runs = 0;
  do {
    run();
    runs += 1;
  } while (now() - start < milliseconds);
  return { runs };
}

function median(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

window.ready = true;
