import { describe, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { ApiAnswer } from '#lib/components/office/api.ts';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { AuditAnswer } from '#lib/protocol/audit.ts';
import AuditList from './AuditList.svelte';
import { Trail } from './trail.svelte.ts';

overwriteGetLocale(() => 'fi');

const [me, other] = [
	{ membership: '01980000-0000-7000-8000-000000000001', name: 'Aino' },
	{ membership: '01980000-0000-7000-8000-000000000002', name: 'Minna' }
];
const entry = (number: number, changes: Partial<AuditAnswer['entries'][number]> = {}) => ({
	id: `01980000-0000-7000-8000-00000000a${String(number).padStart(3, '0')}`,
	at: Date.UTC(2026, 2, 4, 8, 42),
	event: 'read',
	by: other!,
	whose: me!,
	kind: 'visit',
	ids: ['01980000-0000-7000-8000-00000000b001', '01980000-0000-7000-8000-00000000b002'],
	...changes
});
const answer = (entries: AuditAnswer['entries'], next: string | null = null): ApiAnswer<AuditAnswer> => ({
	ok: true,
	value: { entries, next, people: [me!, other!], all: true }
});

describe('the list of the audit trail', () => {
	it('says what happened, who did it, when and to whose things, and what this version does not know', async () => {
		const trail = new Trail(async () =>
			answer([entry(1), entry(2, { event: 'of the future', by: null, whose: null, ids: [] })])
		);
		await trail.show({});
		await render(AuditList, { trail });
		const [first, second] = [page.getByRole('listitem').nth(0), page.getByRole('listitem').nth(3)];
		await expect
			.element(first)
			.toMatchTextContent(/Luettiin 2 kirjausta.*Minna · 4\.3\.2026 10\.42.*Ketä koskee: Aino/s);
		await page.getByText('Näytä tunnisteet').click();
		await expect.element(page.getByText('01980000-0000-7000-8000-00000000b002')).toBeVisible();
		await expect.element(second).toMatchTextContent(/Muu tapahtuma.*Palvelin/s);
	});

	it('brings the next page behind the first, and keeps what is there where that fails', async () => {
		const asked: string[] = [];
		const answers = [
			answer([entry(1)], entry(1).id),
			{ ok: false, failure: 'offline' } as const,
			answer([entry(3, { event: 'export' })])
		];
		const trail = new Trail(async (query) => {
			asked.push(query);
			return answers[asked.length - 1]!;
		});
		await trail.show({ event: 'read' });
		await render(AuditList, { trail });
		const more = page.getByRole('button', { name: 'Näytä lisää' });
		await more.click();
		await expect.element(page.getByRole('status')).toBeVisible();
		await expect.element(page.getByText('Luettiin 2 kirjausta')).toBeVisible();
		await more.click();
		await expect.element(page.getByText('Palveluhakemisto vietiin tiedostoon')).toBeVisible();
		await expect.element(page.getByText('Luettiin 2 kirjausta')).toBeVisible();
		expect(asked).toEqual([
			'event=read',
			`event=read&before=${entry(1).id}`,
			`event=read&before=${entry(1).id}`
		]);
		await expect.element(more).not.toBeInTheDocument();
	});
});
