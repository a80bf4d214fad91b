import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { describe, expect, it } from 'vitest';

function search(...args: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/search.js', ...args], {
		encoding: 'utf8'
	});
	const lines = stdout.split('\n').filter((line) => line !== '');
	return {
		status,
		stderr,
		found: lines.map((line) => JSON.parse(line) as { id: string; names: Record<string, string> })
	};
}

describe('npm run search', () => {
	it('prints the first five services, one JSON object a line', () => {
		const { status, found } = search('oleskeluluvan jatkaminen');
		expect(status).toBe(0);
		expect(found.length).toBeLessThanOrEqual(5);
		expect(found[0]?.names.fi).toBe('Maahanmuuttovirasto (Migri)');
	});

	it('puts the name in the language that is asked for first', () => {
		const { found } = search('بدل السكن', '--lang', 'ar');
		expect(Object.keys(found[0]?.names ?? {})[0]).toBe('ar');
		expect(found[0]?.names.fi).toBe('Kela');
	});

	it('says how it is asked', () => {
		const { status, stderr } = search();
		expect(status).toBe(2);
		expect(stderr).toContain('npm run -s search');
	});
});
