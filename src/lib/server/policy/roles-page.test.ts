import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { roles } from '#lib/protocol/accounts.ts';
import { actions, roleMay, ruleOf } from './policy.ts';

/** The table of docs/security/roles.md, as the policy has it. */
function table(): string[] {
	const cell = (role: string, action: string) =>
		roleMay(role, action) ? 'all' : roleMay(role, action, 'own') ? 'own' : '–';
	return actions.map((action) =>
		[`\`${action}\``, ruleOf(action).what, ...roles.map((role) => cell(role, action))].join(' | ')
	);
}

it('docs/security/roles.md says what the policy says', () => {
	const page = readFileSync('docs/security/roles.md', 'utf8');
	const rows = page
		.split('\n')
		.filter((line) => /^\| `[\w-]+:/.test(line))
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((part) => part.trim())
				.join(' | ')
		);
	expect(rows).toEqual(table());
});
