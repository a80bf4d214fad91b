import { publicPath } from '../../src/lib/directory/take-away/public-address.ts';
import { hostileEntry } from '../hostile/entries.ts';
import { everyVector, packedTexts } from '../hostile/vectors.ts';
import { HttpPhone } from '../support/http-phone.ts';
import { deviceRows, expect, openDoor, openOffice, ready, test, type Page } from './fixtures.ts';

/** What every page must be after hostile texts stand on it; runs in the page. */
function harm(): string[] {
	const found: string[] = [];
	for (const element of document.querySelectorAll('*'))
		for (const { name, value } of element.attributes) {
			if (/^on/i.test(name) || name === 'srcdoc') found.push(`${element.tagName} ${name}`);
			const leads = ['href', 'src', 'action', 'formaction', 'data', 'xlink:href'].includes(name);
			if (
				leads &&
				!/^(https:|tel:|mailto:|sms:|geo:|\/|#|\?|\.|blob:|http:\/\/localhost:|data:(image|,))/i.test(value)
			)
				found.push(`${element.tagName} ${name}=${value.slice(0, 60)}`);
		}
	for (const tag of ['iframe', 'object', 'embed', 'base', 'math', 'marquee', 'template', 'xmp'])
		if (document.querySelector(tag)) found.push(tag);
	return found;
}

/** Whether some of it stands on the page, as text or in a field. */
function shown(): boolean {
	const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
	return [document.body.textContent, ...fields.map(({ value }) => value)].some((text) =>
		text.includes('hit()')
	);
}

test('hostile texts on screens are texts: nothing runs, no policy is broken, nothing stands in the way [faults 79, 80]', async ({
	page,
	context,
	server
}) => {
	test.setTimeout(60_000);
	const hits: string[] = [];
	await context.exposeFunction('hit', (where: string) => hits.push(where || 'somewhere'));
	const office = await HttpPhone.enrol(server.url, 'coordinator');
	const longs = packedTexts(everyVector, 7900);
	const entries = packedTexts(everyVector, 1500).map((short, index) =>
		office.op('service', hostileEntry(longs[index % longs.length] ?? '', short.slice(0, 1500)))
	);
	const reports = packedTexts(everyVector, 200)
		.filter((text) => text.length <= 200)
		.map((text) =>
			office.op('service-report', {
				service: entries[0]!.recordId,
				at: new Date().toISOString(),
				what: ['other'],
				text
			})
		);
	for (const ops of [entries, reports]) {
		const answer = await office.send(ops);
		const { receipts } = (await answer.json()) as { receipts: { outcome: string }[] };
		expect(receipts.map(({ outcome }) => outcome)).toEqual(ops.map(() => 'applied'));
	}
	for (const name of packedTexts(everyVector, 80).slice(0, 60))
		await fetch(`${server.url}/api/v1/invitations`, {
			method: 'POST',
			headers: { ...office.headers(''), 'content-type': 'application/json' },
			body: JSON.stringify({ name, role: 'adviser', delivery: 'sent' })
		});

	await openOffice(page, server);
	await openDoor(page, server, 'Avaa neuvojan puhelin');
	await page.getByRole('heading', { level: 2, name: 'Tämän päivän käynnit' }).waitFor();
	await ready(page);
	const known = async () => (await deviceRows(page, 'services')).map((row) => row['id']);
	await expect.poll(known).toEqual(expect.arrayContaining(entries.map(({ recordId }) => recordId)));
	const organisation = String((await deviceRows(page, 'memberships'))[0]?.['organisation']);

	/** Opens a page that shows some of it, and looks at what became of it. */
	const look = async (at: Page, path: string) => {
		await at.goto(`${server.url}${path}`);
		await expect.poll(() => at.evaluate(shown), { message: path }).toBe(true);
		expect([path, await at.evaluate(harm)]).toEqual([path, []]);
	};
	const [first, last] = [entries[0]!.recordId, entries.at(-1)!.recordId];
	for (const path of [
		`/services/${first}`,
		`/services/${last}`,
		`/show/${first}?lang=fi`,
		`/show/${first}?lang=ar`,
		`/handover?service=${first}`,
		'/office/people',
		`/office/services/${first}`,
		publicPath(organisation, first, 'fi'),
		publicPath(organisation, last, 'ar')
	])
		await look(page, path);
	expect(hits).toEqual([]);
});
