// Tasks that keep a page from answering: those over 50 ms, as the browser's own observer reports them.

/** Begins to listen. The answer is a function that says how long each was, in milliseconds, and how much time has passed. */
export async function longTasks(page) {
  await page.evaluate(() => {
    globalThis.longTasks = { from: performance.now(), tasks: [] };
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.longTasks.tasks.push(Math.round(entry.duration));
    }).observe({ type: 'longtask' });
  });
  return () =>
    page.evaluate(async () => {
      const { from, tasks } = globalThis.longTasks;
      const passed = performance.now() - from;
      await new Promise((resolve) => setTimeout(resolve, 100)); // the observer is told a moment later
      return { tasks, passed };
    });
}

/**
 * Which part of the time the page could not answer, from 0 to 1. Work in slices has 0, or little when the machine is busy with
 * something else; the same work in one piece has nearly 1. So a test can hold to it without asserting a speed; the
 * milliseconds are for the benchmarks.
 */
export const blocked = ({ tasks, passed }) => tasks.reduce((sum, task) => sum + task, 0) / passed;
