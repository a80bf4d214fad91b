import { expect, it } from 'vitest';
import { broughtBack } from './directory-sign-in.ts';

it('a browser that comes back from the directory has a code, the code of an error, or nothing that is read', () => {
	expect(broughtBack('#code=0123456789')).toEqual({ code: '0123456789' });
	expect(broughtBack('#error=directory_unknown')).toEqual({ error: 'directory_unknown' });
	for (const other of ['', '#', '#main', '#code=', '#code=<script>', '#code=01234567890'])
		expect(broughtBack(other)).toBeUndefined();
});
