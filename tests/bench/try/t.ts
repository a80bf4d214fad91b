import { createServer } from 'node:http';
import { Profile } from '../support/browser.ts';
import { bundle } from '../support/bundle.ts';
import { documentOf, fixtureVisits } from '../support/fixture.ts';
import { median, quantile } from '../support/numbers.ts';
const script = await bundle('try/page.ts');
const host = createServer((_, r) => { r.setHeaders(new Headers({'content-type':'text/html','cross-origin-opener-policy':'same-origin','cross-origin-embedder-policy':'require-corp'})); r.end('<!doctype html>'); });
await new Promise<void>((r) => host.listen(0,'localhost',r));
const p = new Profile(); const ctx = await p.open(); const page = ctx.pages()[0]!; page.on('pageerror', e => console.error(e));
await page.goto(`http://localhost:${(host.address() as any).port}/`); await page.addScriptTag({content: script});
const names = await page.evaluate(() => (globalThis as any).page.names) as string[];
const T = new Map(names.map(n => [n, [] as number[]]));
for (let turn = 0; turn < 26; turn++) for (let i = 0; i < names.length; i++) { const n = names[(i+turn)%names.length]!;
  const t = await page.evaluate(([n, v]) => (globalThis as any).page.save(n, v), [n, fixtureVisits(20, turn*100+i).map(v => ({...v, document: documentOf(v)}))] as const);
  if (turn > 1) T.get(n)!.push(...t); }
const base = median(T.get(names[0]!)!);
for (const [n, t] of T) console.log(n.padEnd(30), median(t).toFixed(3), quantile(t,.95).toFixed(2), (median(t)/base).toFixed(2));
await p.remove(); host.close(); process.exit();
