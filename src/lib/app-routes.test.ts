import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appPages, appRoutes, phonePages } from './app-routes.ts';

const ROUTES = join(import.meta.dirname, '..', 'routes');
const answered = (url: string) => appPages.some((page) => page.test(url));

describe('the pages that the shell answers for', () => {
	it('are the routes of phone and office', () => {
		const groups = ['(app)', '(office)']
			.map((group) => join(ROUTES, group))
			.filter((group) => existsSync(group));
		const folders = groups.flatMap((group) =>
			readdirSync(group, { withFileTypes: true })
				.filter((entry) => entry.isDirectory() && entry.name !== 'shell')
				.map((entry) => entry.name)
		);
		expect([...folders].sort()).toEqual([...appRoutes].sort());
	});

	it.each([
		'/',
		'/?source=pwa',
		'/log',
		'/visits/0190-a',
		'/start#ABC',
		'/services?q=kela',
		'/office/people',
		'/handover?service=0190-a'
	])('%s', (url) => {
		expect(answered(url.replace(/#.*/, ''))).toBe(true);
	});

	it.each([
		'/demo',
		'/api/v1/sync',
		'/api/health',
		'/privacy',
		'/s/AaH7ZxgAfTqsQZmJWdeQHA/AaH7ZxgAfTqsQZmJWdeQHA/ar',
		'/w/AaH7ZxgAfTqsQZmJWdeQHA/925/ar',
		'/w/AaH7ZxgAfTqsQZmJWdeQHA/925/ar/calendar.ics',
		'/logo.svg',
		'/startup',
		'/log.txt',
		'/shell'
	])('not %s', (url) => {
		expect(answered(url)).toBe(false);
	});

	it('and the office is no page of the phone', () => {
		const phone = (url: string) => phonePages.some((page) => page.test(url));
		expect(['/', '/log', '/show/1?lang=ar', '/office', '/office/people', '/demo'].filter(phone)).toEqual([
			'/',
			'/log',
			'/show/1?lang=ar'
		]);
	});
});
