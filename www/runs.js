// What runs is in programs of its own: fetched when one goes where they are needed, or before, when the browser has nothing better to do.
{
  const folder = new URL(document.currentScript.dataset.folder, document.baseURI).href;
  // The programs, in the order in which they are fetched ahead: what they are called and the style sheets that they need.
  const programs = {
    runs: { path: "partition-lab-runs", sheets: ["prove", "goals", "run", "text", "share", "print"] },
    prove: { path: "prove/partition-lab-prove", sheets: ["prove", "prove/history", "prove/take", "prove/why", "prove/beyond", "prove/beat"] },
  };

  const dressed = {};
  const dress = (name) => (dressed[name] ??= new Promise((resolve, reject) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = `${folder}${name}.css`;
    sheet.onload = resolve;
    sheet.onerror = () => { sheet.remove(); delete dressed[name]; reject(new Error("a style sheet did not come")); };
    document.head.append(sheet);
  }));
  const fetchAll = async (program) => {
    // Some browsers remember for good, by its address, that a module could not be had.
    const again = program.tries ? `?${program.tries}` : "";
    program.tries = (program.tries ?? 0) + 1;
    const wasm = fetch(`${folder}${program.path}_bg.wasm`); // now, not when the script that knows its name has come
    const script = import(`${folder}${program.path}.js${again}`);
    const picture = import(`${folder}picture.js${again}`);
    const [module, paper] = await Promise.all([script, picture, wasm, ...program.sheets.map(dress)]);
    globalThis.__partitionLab.picture = paper;
    await module.default({ module_or_path: wasm });
    return new module.Program();
  };
  const load = (name) => {
    const program = programs[name];
    program.coming ??= fetchAll(program).then(
      (arrived) => (program.arrived = arrived),
      (why) => { program.coming = undefined; throw why; },
    );
    return program.coming;
  };

  globalThis.__partitionLab = { load, arrived: (name) => programs[name].arrived };
  if (location.hash.startsWith("#/prove")) load("prove").catch(() => {}); // beside the first program, not after it
  addEventListener("partitionlab:ready", async () => {
    const idle = () => new Promise((done) => (globalThis.requestIdleCallback ?? ((deed) => setTimeout(deed, 1500)))(done));
    for (const name of Object.keys(programs)) {
      await idle();
      await load(name).catch(() => {}); // a failure is shown when it is in somebody's way, not before
    }
  });
}
