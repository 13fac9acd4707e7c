// What runs is a second program: fetched when one goes where it is needed, or before, when the browser has nothing better to do.
{
  const folder = new URL(document.currentScript.dataset.folder, document.baseURI).href;
  let arrived;
  let coming;
  let tries = 0;

  const dress = (name) => new Promise((resolve, reject) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = folder + name;
    sheet.onload = resolve;
    sheet.onerror = () => { sheet.remove(); reject(new Error("a style sheet did not come")); };
    document.head.append(sheet);
  });
  const fetchAll = async () => {
    // Some browsers remember for good, by its address, that a module could not be had.
    const again = tries++ ? `?${tries}` : "";
    const wasm = fetch(`${folder}partition-lab-runs_bg.wasm`); // now, not when the script that knows its name has come
    const script = import(`${folder}partition-lab-runs.js${again}`);
    const picture = import(`${folder}picture.js${again}`);
    const [program, paper] = await Promise.all([script, picture, wasm, ...["prove", "beat", "goals", "run", "text", "share", "print"].map((name) => dress(`${name}.css`))]);
    globalThis.__partitionLab.picture = paper;
    await program.default({ module_or_path: wasm });
    return new program.Runs();
  };
  const load = () => {
    coming ??= fetchAll().then(
      (runs) => { arrived = runs; return runs; },
      (why) => { coming = undefined; throw why; },
    );
    return coming;
  };

  globalThis.__partitionLab = { load, arrived: () => arrived };
  if (location.hash.startsWith("#/prove")) load().catch(() => {}); // beside the first program, not after it
  addEventListener("partitionlab:ready", () => {
    const whenIdle = globalThis.requestIdleCallback ?? ((deed) => setTimeout(deed, 1500));
    whenIdle(() => load().catch(() => {})); // a failure is shown when it is in somebody's way, not before
  });
}
