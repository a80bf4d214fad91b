import { Dexie } from 'dexie';
import { openDevice, openPublic } from '../../../src/lib/device/device.ts';
import { addVisit, readStamp } from '../../../src/lib/device/visits.ts';
import { newId } from '../../../src/lib/domain/ids.ts';
import { nextClock } from '../../../src/lib/domain/clock.ts';
import { opState } from '../../../src/lib/domain/record.ts';
const idb = (name: string, idx: boolean) => new Promise<IDBDatabase>((resolve, reject) => {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('visits', { keyPath: 'id' });
    const o = request.result.createObjectStore('outbox', { keyPath: 'seq', autoIncrement: true });
    if (idx) { o.createIndex('opId','opId',{unique:true}); o.createIndex('recordId','recordId'); o.createIndex('state','state'); }
  };
  request.onsuccess = () => resolve(request.result);
});
const rows = (v: any) => {
  const op = { opId: newId(v.now), collection:'visit', recordId: v.id, fields: v.fields, clock: nextClock(v.now,'0123456789abcdef'), base:{}, schema:1 };
  return [{id: v.id, codec:'plain', body: opState(op, 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa')}, {opId: op.opId, recordId: op.recordId, collection:'visit', state:'waiting', codec:'plain', body:{fields:op.fields,clock:op.clock,base:{},schema:1}}];
};
const compact = (v: any) => {
  const opId = newId(v.now), clock = nextClock(v.now,'0123456789abcdef');
  return [{id: v.id, codec:'plain', body: JSON.stringify(v.fields)}, {opId, recordId: v.id, collection:'visit', state:'waiting', codec:'plain', body: JSON.stringify({fields:v.fields,clock,base:{},schema:1})}];
};
const str = (v: any) => rows(v).map((r: any) => ({...r, body: JSON.stringify(r.body)}));
const mini = (v: any) => [v.document, { opId: newId(v.now), recordId: v.id, fields: v.fields }];
function saver(db: Promise<IDBDatabase>, make: any, commit: boolean) {
  return async (v: any) => { const d = await db; return new Promise<void>((resolve, reject) => {
    const t = d.transaction(['visits','outbox'],'readwrite',{durability:'strict'});
    t.oncomplete = () => resolve(); t.onerror = () => reject(t.error);
    const [a,b] = make(v);
    t.objectStore('visits').put(a); t.objectStore('outbox').put(b); if (commit) t.commit(); }); };
}
const dev = (async () => { const open = await openPublic(); const device = await openDevice(open, {id:newId(), organisation:newId(), organisationName:'B', role:'adviser', name:'b', device:newId(), database:'reppu-bench', key: undefined as any, usedAt:1}); return { device, stamp: await readStamp(device)}; })();
const m = idb('m',false), mi = idb('mi',true), r = idb('r', true), s = idb('s', true), c = idb('c', true), ro = idb('ro', false);
export const engines: Record<string,(v:any)=>Promise<unknown>> = {
  'mini commit': saver(m, mini, true),
  'mini nocommit': saver(m, mini, false),
  'mini indexes commit': saver(mi, mini, true),
  'rows noindex commit': saver(ro, rows, true),
  'rows indexes commit': saver(r, rows, true),
  'rows indexes nocommit': saver(r, rows, false),
  'str indexes commit': saver(s, str, true),
  'compact str indexes commit': saver(c, compact, true),
  'reppu': async (v) => { const {device, stamp} = await dev; return addVisit(device, stamp, v.fields, {now:v.now,id:v.id}); },
  'dexie raw idb': async (v) => { const {device:{db}} = await dev; const [a,b] = rows(v);
    const trans = db.backendDB().transaction(['visits','outbox'],'readwrite',{durability:'strict'});
    return new Promise<void>((resolve, reject) => { trans.oncomplete = () => { Dexie.on.storagemutated.fire({}); resolve(); }; trans.onerror = () => reject(trans.error);
     trans.objectStore('visits').add(a); trans.objectStore('outbox').add(b); trans.commit(); }); },
};
export async function save(engine: string, visits: any[]) { const t: number[] = []; for (const v of visits) { const s = performance.now(); await engines[engine]!(v); t.push(performance.now()-s);} return t; }
export const names = Object.keys(engines);
