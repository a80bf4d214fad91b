import { expect, it } from 'vitest';
import type { ApiAnswer, ApiRequest } from '#lib/components/office/api.ts';
import type { ImportRun } from '#lib/protocol/imports.ts';
import { BringIn } from './bring-in.svelte.ts';

const ID = '01980000-0000-7000-8000-000000000001';
const request = { source: 'kunta', language: 'fi', partial: false };

function run(state: ImportRun['state']): ImportRun {
	return {
		id: ID,
		source: 'kunta',
		format: 'hsds-json',
		language: 'fi',
		partial: false,
		address: null,
		files: [],
		state,
		code: null,
		detail: null,
		result: null,
		madeBy: null,
		appliedBy: null,
		madeAt: 0,
		changedAt: 0
	};
}

/** An office whose server goes through these states, one a question; `offline` stands for a question without an answer. */
function officeThat(states: (ImportRun['state'] | 'offline')[], sent: 'ok' | 'offline' = 'ok') {
	const asked: string[] = [];
	const ask = async <T>({ path, method = 'GET' }: ApiRequest): Promise<ApiAnswer<T>> => {
		asked.push(`${method} ${path.replace(`/api/v1/imports`, '').replace(ID, ':id')}`);
		if (method === 'PUT' && sent === 'offline') return { ok: false, failure: 'offline' };
		if (method === 'POST' && path.endsWith('imports')) return { ok: true, value: { id: ID } as T };
		if (method !== 'GET') return { ok: true, value: undefined as T };
		const state = states.shift() ?? 'checked';
		if (state === 'offline') return { ok: false, failure: 'offline' };
		return { ok: true, value: { run: run(state), lines: [] } as T };
	};
	return { asked, ask };
}

const file = (name: string) => new File(['[]'], name);
const atOnce = async () => undefined;

it('sends the files one by one, has them checked and asks until the server is done', async () => {
	const office = officeThat(['checking', 'offline', 'checking', 'checked']);
	const bringIn = new BringIn(office, atOnce);
	await bringIn.check(request, [file('a b.json'), file('ä.csv')]);
	expect(office.asked).toEqual([
		'POST ',
		'PUT /:id/files/a%20b.json',
		'PUT /:id/files/%C3%A4.csv',
		'POST /:id',
		...Array.from({ length: 4 }, () => 'GET /:id')
	]);
	expect([bringIn.run?.state, bringIn.failure, bringIn.sending]).toEqual(['checked', undefined, undefined]);
});

it('that cannot send a file has nothing checked and says so', async () => {
	const office = officeThat([], 'offline');
	const bringIn = new BringIn(office, atOnce);
	await bringIn.check(request, [file('a.json')]);
	expect([bringIn.failure, bringIn.run]).toEqual(['not_sent', undefined]);
	expect(office.asked).not.toContain('POST /:id');
});

it('is given up on the server, but what was brought in is only put away', async () => {
	const office = officeThat(['checked', 'applied']);
	const bringIn = new BringIn(office, atOnce);
	await bringIn.follow(ID);
	await bringIn.giveUp();
	expect(office.asked.at(-1)).toBe('DELETE /:id');
	await bringIn.follow(ID);
	await bringIn.giveUp();
	expect(office.asked.filter((line) => line.startsWith('DELETE'))).toHaveLength(1);
	expect(bringIn.run).toBeUndefined();
});
