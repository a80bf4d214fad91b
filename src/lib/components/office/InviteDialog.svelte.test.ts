import { expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { Wanted } from './invitation.ts';
import InviteDialog from './InviteDialog.svelte';
import type { Person } from './people.ts';

overwriteGetLocale(() => 'fi');

const person: Person = {
	membership: '01980000-0000-7000-8000-000000000001',
	name: 'Helmi Esimerkki',
	role: 'viewer',
	devices: [],
	invitedUntil: null
};

function open(inviter: 'coordinator' | 'administrator', who?: Person) {
	const asked: Wanted[] = [];
	const screen = render(InviteDialog, {
		person: who,
		inviter,
		onmake: async (wanted: Wanted) => {
			asked.push(wanted);
			return { code: 'ABCDE12345', expires: Date.now() + 600_000, name: wanted.name };
		},
		onclose: () => undefined
	});
	return screen.then((shown) => ({ ...shown, asked }));
}

test('a name is asked for before a code is made', async () => {
	const { getByRole, getByText, getByLabelText, asked } = await open('coordinator');
	await getByRole('button', { name: 'Tee koodi' }).click();
	await expect.element(getByText('Kirjoita nimi')).toBeVisible();
	await expect.element(getByRole('textbox', { name: 'Nimi' })).toHaveFocus();
	expect(asked).toEqual([]);
	await getByRole('textbox', { name: 'Nimi' }).fill('  Uusi Neuvoja ');
	await getByLabelText(/Lähetän sen/).click();
	await getByRole('button', { name: 'Tee koodi' }).click();
	await expect.element(getByText('ABCDE 12345')).toBeVisible();
	await expect.element(getByRole('img', { name: 'Koodi puhelimen kameralle' })).toBeVisible();
	expect(asked).toEqual([{ name: 'Uusi Neuvoja', role: 'adviser', delivery: 'sent' }]);
});

test('only an administrator makes administrators', async () => {
	const coordinator = await open('coordinator');
	expect(coordinator.getByRole('radio', { name: 'Pääkäyttäjä' }).elements()).toHaveLength(0);
	await coordinator.unmount();
	const administrator = await open('administrator');
	await expect.element(administrator.getByRole('radio', { name: 'Pääkäyttäjä' })).toBeInTheDocument();
});

test('a viewer is invited with words on what they see', async () => {
	const { getByRole, getByLabelText, getByText, asked } = await open('coordinator');
	await getByRole('textbox', { name: 'Nimi' }).fill('Rahoittaja');
	await getByLabelText('Lukija').click();
	await expect.element(getByText(/näkee vain pyöristetyt luvut/)).toBeVisible();
	await getByRole('button', { name: 'Tee koodi' }).click();
	await expect.element(getByText('ABCDE 12345')).toBeVisible();
	expect(asked).toMatchObject([{ name: 'Rahoittaja', role: 'viewer' }]);
});

test('somebody who is there gets a code for the membership that is there', async () => {
	const { getByRole, getByText, asked } = await open('coordinator', person);
	expect(getByRole('textbox').elements()).toHaveLength(0);
	await getByRole('button', { name: 'Tee koodi' }).click();
	await expect.element(getByText('ABCDE 12345')).toBeVisible();
	expect(asked).toMatchObject([{ membership: person.membership, delivery: 'face-to-face' }]);
});
